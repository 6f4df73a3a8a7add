SELECT sum(amount) OVER (PARTITION BY status ORDER BY id) FROM silver.orders
