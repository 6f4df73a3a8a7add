SELECT id, o.status, c.email, s.salary FROM silver.orders o JOIN silver.customers c USING (id) JOIN silver.staff s USING (id)
