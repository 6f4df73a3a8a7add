/*
description: One row per day with orders - what was sold, to how many, and how that compares with the week before.
key: order_date
tags: [finance]
columns:
  orders: Orders that were not cancelled
  customers: Different customers among them
  first_orders: Orders by customers who had never ordered before
  revenue: Goods after discount, without shipping
  margin: Revenue less what the goods cost
  refunded: What was paid back for orders of this day, on whichever day
  average_order: Revenue by order
  revenue_7_days_average: Mean daily revenue of this day and the six before
  revenue_of_year_so_far: Revenue since 1 January
checks:
  - unique: order_date
  - not_null: [order_date, orders, revenue]
  - equal_totals: {revenue: {table: gold.fact_orders, column: revenue, by: order_date}}
  - range: {revenue: {min: 0}}
  - row_count: {min: 30, max: 1000}
*/
WITH days AS (
  SELECT
    order_date,
    count(*) FILTER (status <> 'cancelled') AS orders,
    count(DISTINCT customer_id) FILTER (status <> 'cancelled') AS customers,
    count(*) FILTER (order_of_customer = 1 AND customer_id > 0) AS first_orders,
    CAST(sum(item_count) AS BIGINT) AS items,
    CAST(sum(revenue) AS DECIMAL(18, 2)) AS revenue,
    CAST(sum(margin) AS DECIMAL(18, 2)) AS margin,
    CAST(sum(refunded_amount) AS DECIMAL(18, 2)) AS refunded
  FROM gold.fact_orders
  GROUP BY order_date
)

SELECT
  days.order_date,
  dates.weekday_name,
  days.orders,
  days.customers,
  days.first_orders,
  days.items,
  days.revenue,
  days.margin,
  days.refunded,
  CAST(days.revenue / nullif(days.orders, 0) AS DECIMAL(18, 2)) AS average_order,
  -- Seven days back from each day, days without orders counting as nothing.
  CAST(sum(days.revenue) OVER week / 7 AS DECIMAL(18, 2)) AS revenue_7_days_average,
  CAST(sum(days.revenue) OVER year AS DECIMAL(18, 2)) AS revenue_of_year_so_far
FROM days
JOIN gold.dim_date AS dates ON dates.date = days.order_date
WINDOW
  week AS (ORDER BY days.order_date RANGE BETWEEN INTERVAL 6 DAYS PRECEDING AND CURRENT ROW),
  year AS (PARTITION BY dates.year ORDER BY days.order_date)
