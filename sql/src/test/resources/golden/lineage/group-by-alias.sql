SELECT date_trunc('month', ordered_at) AS month, sum(amount) AS total FROM silver.orders GROUP BY month
