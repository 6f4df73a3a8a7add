FROM silver.orders SELECT status, amount WHERE amount > 0
