SELECT * RENAME (id AS order_id) FROM silver.orders
