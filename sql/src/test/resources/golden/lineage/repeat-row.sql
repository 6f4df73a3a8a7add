SELECT * FROM range(3) a, generate_series(1, 2) b(n)
