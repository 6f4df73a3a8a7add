SELECT total: sum(amount), n: count(*) FROM silver.orders
