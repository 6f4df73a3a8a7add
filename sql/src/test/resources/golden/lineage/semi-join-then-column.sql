SELECT o.* EXCLUDE (tags) FROM silver.orders o SEMI JOIN silver.customers c ON c.id = o.customer_id WHERE o.amount > 0
