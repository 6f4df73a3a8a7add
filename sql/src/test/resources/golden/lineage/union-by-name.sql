SELECT id, name FROM silver.staff UNION ALL BY NAME SELECT email, id FROM silver.customers
