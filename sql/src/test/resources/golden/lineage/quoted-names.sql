WITH "My Table" AS (SELECT id AS "Order Id", status AS "from" FROM silver.orders) SELECT "Order Id", "My Table"."from" FROM "My Table"
