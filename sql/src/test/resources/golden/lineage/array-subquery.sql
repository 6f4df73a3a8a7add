SELECT ARRAY(SELECT name FROM silver.staff ORDER BY salary) AS names
