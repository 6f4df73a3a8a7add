SELECT id, unnest(tags) AS tag FROM silver.orders
