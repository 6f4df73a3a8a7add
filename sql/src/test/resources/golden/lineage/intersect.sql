SELECT id FROM silver.staff INTERSECT ALL SELECT customer_id FROM silver.orders
