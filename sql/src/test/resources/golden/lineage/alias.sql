SELECT id AS order_id, amount * 2 AS double_amount, 'x' AS constant, upper(status) FROM silver.orders
