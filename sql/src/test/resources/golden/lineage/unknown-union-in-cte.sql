WITH a AS (SELECT * FROM bronze.mystery UNION ALL SELECT id, name FROM silver.staff) SELECT email FROM a
