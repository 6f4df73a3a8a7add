SELECT * EXCLUDE (c.id, address, contacts, tags) FROM silver.orders o JOIN silver.customers c ON o.customer_id = c.id
