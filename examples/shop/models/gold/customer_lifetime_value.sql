/*
description: >
  One row per known customer who ordered - what they brought so far, and which segment that makes them.
  "Lately" counts back from the last order in the shop, not from today, so that old data gives the same answer for ever.
key: customer_id
tags: [finance, marketing]
columns:
  revenue_decile: 1 for the tenth of the customers who brought most
  days_since_last_order: Counted back from the last order in the shop
  segment: champion, loyal, new, sleeping or occasional
checks:
  - unique: customer_id
  - not_null: [customer_id, orders, revenue, segment]
  - references: {customer_id: gold.dim_customer.customer_id}
  - accepted: {segment: [champion, loyal, new, sleeping, occasional]}
  - {sql: "SELECT * FROM this WHERE last_order_on < first_order_on", name: last_before_first}
*/
WITH last_day AS (
  SELECT max(order_date) AS date
  FROM gold.fact_orders
),

customers AS (
  SELECT
    customer_id,
    min(order_date) AS first_order_on,
    max(order_date) AS last_order_on,
    count(*) AS orders,
    CAST(sum(revenue) AS DECIMAL(18, 2)) AS revenue,
    CAST(sum(margin) AS DECIMAL(18, 2)) AS margin,
    CAST(sum(refunded_amount) AS DECIMAL(18, 2)) AS refunded
  FROM gold.fact_orders
  WHERE customer_id > 0
    AND status <> 'cancelled'
  GROUP BY customer_id
)

SELECT
  customers.customer_id,
  dim.country,
  dim.origin,
  dim.cohort_month,
  customers.first_order_on,
  customers.last_order_on,
  customers.orders,
  customers.revenue,
  customers.margin,
  customers.refunded,
  CAST(customers.revenue / customers.orders AS DECIMAL(18, 2)) AS average_order,
  last_day.date - customers.last_order_on AS days_since_last_order,
  ntile(10) OVER (ORDER BY customers.revenue DESC, customers.customer_id) AS revenue_decile,
  CASE
    WHEN customers.orders >= 10 AND last_day.date - customers.last_order_on <= 90 THEN 'champion'
    WHEN customers.orders >= 4 AND last_day.date - customers.last_order_on <= 180 THEN 'loyal'
    WHEN last_day.date - customers.first_order_on <= 90 THEN 'new'
    WHEN last_day.date - customers.last_order_on > 365 THEN 'sleeping'
    ELSE 'occasional'
  END AS segment
FROM customers
JOIN gold.dim_customer AS dim USING (customer_id)
CROSS JOIN last_day
