SELECT * EXCLUDE (tags, customer_id) FROM silver.orders
