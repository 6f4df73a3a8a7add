SELECT DISTINCT status, customer_id FROM silver.orders
