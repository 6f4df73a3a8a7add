SELECT id FROM silver.orders LIMIT (SELECT max(units) FROM silver.sales)
