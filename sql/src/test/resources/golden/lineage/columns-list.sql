SELECT COLUMNS(['id', 'status']) FROM silver.orders
