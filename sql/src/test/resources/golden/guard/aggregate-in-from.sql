SELECT * FROM histogram(silver.orders)
