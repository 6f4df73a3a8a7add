SELECT id, tag FROM silver.orders, unnest(tags) tag
