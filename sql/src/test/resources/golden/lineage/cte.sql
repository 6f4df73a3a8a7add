WITH paid AS (SELECT * FROM silver.orders WHERE status = 'paid') SELECT customer_id, sum(amount) AS total FROM paid GROUP BY customer_id
