SELECT * FROM (SELECT id, name FROM silver.staff) s NATURAL JOIN (SELECT name, id, email FROM silver.customers) c
