SELECT avg(amount) OVER w AS a, rank() OVER w AS r FROM silver.orders WINDOW w AS (PARTITION BY customer_id ORDER BY ordered_at ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)
