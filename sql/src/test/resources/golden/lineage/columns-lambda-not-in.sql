SELECT COLUMNS(lambda c: lower(c) NOT IN ('id', 'tags')) FROM silver.orders
