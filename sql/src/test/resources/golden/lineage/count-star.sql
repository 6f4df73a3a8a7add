SELECT count(*) FROM silver.orders
