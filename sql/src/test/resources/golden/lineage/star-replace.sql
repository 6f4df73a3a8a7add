SELECT * REPLACE (amount * 1.2 AS amount, concat(status, customer_id) AS status) FROM silver.orders
