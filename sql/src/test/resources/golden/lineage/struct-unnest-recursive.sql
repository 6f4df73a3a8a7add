SELECT unnest(address, recursive := true), unnest(contacts, recursive := true) FROM silver.customers
