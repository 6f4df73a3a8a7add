SELECT name FROM silver.staff UNION SELECT email FROM silver.customers
