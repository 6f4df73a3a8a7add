SELECT c.country, date_trunc('month', o.ordered_at) AS month, count(DISTINCT o.customer_id) AS customers, sum(o.amount) AS revenue
FROM silver.orders o JOIN silver.customers c ON c.id = o.customer_id
WHERE o.status <> 'cancelled' GROUP BY ALL HAVING sum(o.amount) > 0 ORDER BY ALL
