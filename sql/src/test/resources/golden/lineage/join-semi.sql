SELECT * FROM silver.prices SEMI JOIN silver.monthly ON prices.sku = monthly.sku AND jan > 0
