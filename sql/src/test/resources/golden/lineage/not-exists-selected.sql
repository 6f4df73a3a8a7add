SELECT NOT EXISTS (FROM silver.customers c WHERE c.id = o.customer_id) AS orphan FROM silver.orders o
