SELECT id, name FROM silver.staff UNION ALL SELECT id, email FROM silver.customers
