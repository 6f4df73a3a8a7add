SELECT #2, #3 + 1 AS n FROM silver.prices
