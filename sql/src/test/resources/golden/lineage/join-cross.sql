SELECT o.id, p.price FROM silver.orders o, silver.prices p WHERE p.sku = o.status
