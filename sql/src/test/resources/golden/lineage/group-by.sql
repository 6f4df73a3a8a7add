SELECT status, sum(amount) AS total FROM silver.orders GROUP BY status
