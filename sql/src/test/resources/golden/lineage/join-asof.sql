SELECT o.id, p.price FROM silver.orders o ASOF JOIN silver.prices p ON o.status = p.sku AND o.ordered_at >= p.valid_from
