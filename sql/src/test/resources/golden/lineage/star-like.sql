SELECT * LIKE '%_id' FROM silver.orders
