SELECT o.id, t.tag FROM silver.orders o, unnest(o.tags) AS t(tag)
