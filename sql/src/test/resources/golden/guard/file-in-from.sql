SELECT * FROM 'data/orders.parquet' o JOIN "x.csv" USING (id)
