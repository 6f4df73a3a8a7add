SELECT id FROM silver.orders o WHERE EXISTS (SELECT 1 FROM silver.customers c WHERE c.id = o.customer_id AND c.email IS NOT NULL)
