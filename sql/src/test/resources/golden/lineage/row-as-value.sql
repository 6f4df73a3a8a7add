SELECT p AS whole FROM silver.prices p
