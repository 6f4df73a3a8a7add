WITH a AS (WITH b AS (SELECT email AS e FROM silver.customers) SELECT e AS f FROM b) SELECT f FROM a
