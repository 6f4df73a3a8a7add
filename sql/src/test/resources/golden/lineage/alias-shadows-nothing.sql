SELECT customer_id AS id, id AS order_id FROM silver.orders
