SELECT x, y, price FROM silver.prices AS p(x, y)
