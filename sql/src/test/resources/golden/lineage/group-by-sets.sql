SELECT status, customer_id, sum(amount) AS total, grouping(status) AS g FROM silver.orders GROUP BY GROUPING SETS ((status), (customer_id), ())
