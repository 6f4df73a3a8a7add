SELECT id, status AS s FROM silver.orders ORDER BY s, amount DESC LIMIT 10
