SELECT id FROM silver.orders ORDER BY amount
