SELECT id, amount * 2 AS twice FROM silver.orders WHERE twice > 10
