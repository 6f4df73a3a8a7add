SELECT * FROM bronze.mystery UNION ALL SELECT id, name FROM silver.staff
