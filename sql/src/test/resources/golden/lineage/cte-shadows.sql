WITH orders AS (SELECT id FROM silver.orders) SELECT * FROM orders WHERE id IN (WITH orders AS (SELECT customer_id AS id FROM silver.orders) SELECT id FROM orders)
