SELECT id FROM silver.orders USING SAMPLE 10%
