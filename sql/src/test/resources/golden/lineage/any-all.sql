SELECT id FROM silver.orders WHERE amount > ALL (SELECT price FROM silver.prices) OR amount = ANY (SELECT revenue FROM silver.sales)
