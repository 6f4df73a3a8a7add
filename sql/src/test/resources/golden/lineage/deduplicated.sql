SELECT * FROM (SELECT id, id, id AS id_1 FROM silver.orders)
