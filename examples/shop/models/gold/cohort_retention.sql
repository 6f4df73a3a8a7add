/*
description: >
  One row per month of first orders and month since then - how many of those customers ordered again.
key: [cohort_month, months_since]
tags: [marketing]
columns:
  cohort_month: The month of these customers' first order
  months_since: 0 for that month itself
  cohort_size: How many customers started in that month
  customers: How many of them ordered in the month
  retention: Their share
checks:
  - unique: [cohort_month, months_since]
  - not_null: [cohort_month, months_since, cohort_size, customers]
  - range: {retention: {min: 0, max: 1}}
  - {sql: "SELECT * FROM this WHERE months_since = 0 AND customers <> cohort_size", name: everyone_starts_in_month_zero}
*/
WITH months AS (
  SELECT
    customer_id,
    CAST(date_trunc('month', order_date) AS DATE) AS month,
    sum(revenue) AS revenue
  FROM gold.fact_orders
  WHERE customer_id > 0
    AND status <> 'cancelled'
  GROUP BY customer_id, month
),

since_first AS (
  SELECT
    customer_id,
    min(month) OVER (PARTITION BY customer_id) AS cohort_month,
    month,
    revenue
  FROM months
)

SELECT
  cohort_month,
  datediff('month', cohort_month, month) AS months_since,
  first_value(count(*)) OVER cohort AS cohort_size,
  count(*) AS customers,
  round(count(*) / first_value(count(*)) OVER cohort, 4) AS retention,
  CAST(sum(revenue) AS DECIMAL(18, 2)) AS revenue
FROM since_first
GROUP BY cohort_month, month
WINDOW cohort AS (PARTITION BY cohort_month ORDER BY month)
