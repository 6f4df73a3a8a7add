SELECT id FROM silver.staff EXCEPT SELECT customer_id FROM silver.orders WHERE status = 'x'
