FROM silver.prices
