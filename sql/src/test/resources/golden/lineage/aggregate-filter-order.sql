SELECT sum(amount) FILTER (status = 'paid') AS paid, list(id ORDER BY ordered_at) AS ids, first(status ORDER BY ordered_at DESC) AS s FROM silver.orders
