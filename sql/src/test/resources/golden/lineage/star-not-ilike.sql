SELECT * NOT ILIKE '%A%' FROM silver.customers
