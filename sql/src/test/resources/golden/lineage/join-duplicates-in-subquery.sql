SELECT * FROM (SELECT * FROM silver.prices p JOIN silver.monthly m ON p.sku = m.sku)
