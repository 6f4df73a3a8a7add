SELECT id, name FROM (SELECT id, amount FROM silver.orders) RIGHT JOIN (SELECT id, name FROM silver.customers) USING (id)
