SELECT customer_id, status, count(*) FROM silver.orders GROUP BY 1, 2
