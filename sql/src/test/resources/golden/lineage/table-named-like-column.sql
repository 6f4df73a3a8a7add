SELECT status.status FROM (SELECT status FROM silver.orders) AS status
