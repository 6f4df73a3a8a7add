SELECT * FROM silver.prices POSITIONAL JOIN silver.monthly
