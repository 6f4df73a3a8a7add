SELECT id, unnest(address) FROM silver.customers
