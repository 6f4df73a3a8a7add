SELECT id FROM silver.orders WHERE (id, status) IN (SELECT (id, name) FROM silver.staff)
