SELECT NOT status = 'x', -amount, status IN ('a', 'b'), amount IS NULL, tags[1], tags[1:2], status LIKE 'a%', ordered_at AT TIME ZONE 'UTC' FROM silver.orders
