SELECT COLUMNS('^.*_(id|at)$') FROM silver.orders
