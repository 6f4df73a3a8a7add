SELECT id FROM silver.orders WHERE customer_id IN (SELECT id FROM silver.customers WHERE country = 'DE')
