SELECT id, row_number() OVER (PARTITION BY customer_id ORDER BY ordered_at DESC) AS rn FROM silver.orders QUALIFY rn = 1
