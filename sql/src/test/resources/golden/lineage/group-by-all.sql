SELECT status, date_trunc('day', ordered_at) AS day, sum(amount) AS total, max(amount) - min(amount) AS spread FROM silver.orders GROUP BY ALL
