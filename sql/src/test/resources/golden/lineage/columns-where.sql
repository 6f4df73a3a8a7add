SELECT sku FROM silver.monthly WHERE COLUMNS('jan|feb') > 0
