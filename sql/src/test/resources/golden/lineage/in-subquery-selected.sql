SELECT customer_id IN (SELECT id FROM silver.customers) AS known FROM silver.orders
