SELECT id, name FROM silver.staff UNION ALL BY NAME SELECT * FROM bronze.mystery
