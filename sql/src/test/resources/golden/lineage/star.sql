SELECT * FROM silver.orders
