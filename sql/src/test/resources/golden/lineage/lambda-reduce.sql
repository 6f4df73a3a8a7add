SELECT list_reduce(tags, lambda a, b: a || b || status) AS r FROM silver.orders
