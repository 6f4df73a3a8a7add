SELECT id FROM silver.orders o WHERE EXISTS (SELECT 1 FROM bronze.mystery m WHERE m.id = o.id AND customer_id = 7)
