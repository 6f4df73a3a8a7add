SELECT o.id, m.feb FROM silver.orders o JOIN (silver.prices p JOIN silver.monthly m ON p.sku = m.sku) ON o.status = p.sku
