SELECT customer_id, sum(amount) AS total FROM silver.orders GROUP BY customer_id HAVING count(DISTINCT status) > 1 AND total > 5
