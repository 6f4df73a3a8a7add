SELECT amount * 2 AS twice, twice + 1 AS more, more || status AS text FROM silver.orders
