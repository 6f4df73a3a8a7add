WITH q(a, b) AS (SELECT id, status, amount FROM silver.orders) SELECT * FROM q
