SELECT "sum(amount)", n FROM (SELECT sum(amount), count(*) AS n FROM silver.orders)
