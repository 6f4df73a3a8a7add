SELECT address.* FROM silver.customers
