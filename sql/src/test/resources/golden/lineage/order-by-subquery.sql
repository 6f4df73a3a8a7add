SELECT id FROM silver.orders ORDER BY (SELECT count(*) FROM silver.staff s WHERE s.id = orders.id) LIMIT 1
