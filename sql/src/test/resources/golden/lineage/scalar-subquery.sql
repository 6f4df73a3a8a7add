SELECT id, (SELECT max(price) FROM silver.prices WHERE sku = status) AS top FROM silver.orders
