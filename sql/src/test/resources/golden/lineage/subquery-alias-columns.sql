SELECT z, status FROM (SELECT id, status FROM silver.orders) q(z)
