SELECT s.x, s.y FROM (SELECT {'x': id, 'y': email} AS s FROM silver.customers)
