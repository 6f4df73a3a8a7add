SELECT nothing FROM silver.prices
