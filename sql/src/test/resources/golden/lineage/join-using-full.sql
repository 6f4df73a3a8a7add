SELECT * FROM (SELECT id, amount FROM silver.orders) a FULL JOIN (SELECT id, name FROM silver.customers) b USING (id)
