SELECT s.id, c.id, id FROM silver.staff s JOIN silver.customers c USING (id)
