SELECT DISTINCT ON (customer_id) customer_id, status FROM silver.orders ORDER BY customer_id, ordered_at DESC
