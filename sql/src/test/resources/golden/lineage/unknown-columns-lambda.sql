SELECT COLUMNS(lambda c: hash(c) > 7) FROM silver.prices
