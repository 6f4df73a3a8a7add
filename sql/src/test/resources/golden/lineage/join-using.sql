SELECT * FROM (SELECT id, amount FROM silver.orders) JOIN (SELECT id, name FROM silver.customers) USING (id)
