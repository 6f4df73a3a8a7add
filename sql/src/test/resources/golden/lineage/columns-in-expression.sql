SELECT max(COLUMNS('amount|id')), count(*) AS n FROM silver.orders
