SELECT o.*, c.name FROM silver.orders o JOIN silver.customers c ON o.customer_id = c.id
