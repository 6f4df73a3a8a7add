FROM silver.prices ANTI JOIN silver.monthly USING (sku)
