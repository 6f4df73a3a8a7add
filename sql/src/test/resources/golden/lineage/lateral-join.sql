SELECT c.id, last.amount FROM silver.customers c LEFT JOIN LATERAL (SELECT amount FROM silver.orders o WHERE o.customer_id = c.id ORDER BY ordered_at DESC LIMIT 1) AS last ON true
