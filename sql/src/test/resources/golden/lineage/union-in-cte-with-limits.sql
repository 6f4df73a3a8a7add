WITH a AS ((SELECT id FROM silver.staff ORDER BY salary LIMIT 1) UNION ALL (SELECT id FROM silver.orders)) SELECT id FROM a
