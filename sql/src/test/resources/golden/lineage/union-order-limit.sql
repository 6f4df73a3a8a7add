SELECT id AS k FROM silver.staff UNION ALL SELECT id FROM silver.customers ORDER BY k LIMIT 3
