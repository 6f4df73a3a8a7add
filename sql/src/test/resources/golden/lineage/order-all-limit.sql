SELECT id, status FROM silver.orders ORDER BY ALL LIMIT 10
