SELECT COLUMNS(lambda c: c LIKE 'a%' OR ends_with(c, 'y')) FROM silver.customers
