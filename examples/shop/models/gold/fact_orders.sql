/*
description: One row per order that was placed on a day, with what it came to and what was paid for it.
key: order_id
partition: month(order_date)
tags: [finance]
columns:
  customer_id: The customer, or -1 when the CRM does not know them
  goods_amount: What the lines came to, after discount
  revenue: As goods_amount, but 0 for cancelled orders
  margin: Revenue less what the goods cost
  paid_amount: What was captured, shipping included
  order_of_customer: 1 for a customer's first order
checks:
  - unique: order_id
  - not_null: [order_id, order_date, customer_id, goods_amount, revenue, order_of_customer]
  - references: {customer_id: gold.dim_customer.customer_id}
  - references: {order_date: gold.dim_date.date}
  - equal_totals: {goods_amount: {table: gold.fact_order_lines, column: net_amount, by: channel}}
  - sql: SELECT * FROM this WHERE paid_amount > 0 AND paid_amount <> goods_amount + shipping_cost
    name: paid_something_else
    on_fail: warn
*/
WITH goods AS (
  SELECT
    order_id,
    count(*) AS line_count,
    sum(quantity) AS item_count,
    sum(net_amount) AS goods_amount,
    sum(revenue) AS revenue,
    sum(margin) AS margin
  FROM gold.fact_order_lines
  GROUP BY order_id
),

paid AS (
  SELECT
    order_id,
    sum(amount) FILTER (kind = 'capture') AS paid_amount,
    -sum(amount) FILTER (kind = 'refund') AS refunded_amount
  FROM silver.payments
  -- What the ledger got wrong is in quarantine, not here: no day, or a capture below zero.
  WHERE paid_at IS NOT NULL
    AND (kind = 'refund' OR amount >= 0)
  GROUP BY order_id
)

SELECT
  orders.order_id,
  CAST(orders.ordered_at AS DATE) AS order_date,
  orders.ordered_at,
  coalesce(customers.customer_id, -1) AS customer_id,
  orders.status,
  orders.channel,
  orders.shipping_country,
  orders.coupon,
  coalesce(goods.line_count, 0) AS line_count,
  CAST(coalesce(goods.item_count, 0) AS BIGINT) AS item_count,
  CAST(coalesce(goods.goods_amount, 0) AS DECIMAL(18, 2)) AS goods_amount,
  orders.shipping_cost,
  CAST(coalesce(goods.revenue, 0) AS DECIMAL(18, 2)) AS revenue,
  CAST(coalesce(goods.margin, 0) AS DECIMAL(18, 2)) AS margin,
  CAST(coalesce(paid.paid_amount, 0) AS DECIMAL(18, 2)) AS paid_amount,
  CAST(coalesce(paid.refunded_amount, 0) AS DECIMAL(18, 2)) AS refunded_amount,
  -- 1 for a customer's first order. The unknown customer's orders are counted too, and mean nothing.
  row_number() OVER (
    PARTITION BY coalesce(customers.customer_id, -1) ORDER BY orders.ordered_at, orders.order_id
  ) AS order_of_customer
FROM silver.orders AS orders
LEFT JOIN silver.customers AS customers USING (customer_id)
LEFT JOIN goods USING (order_id)
LEFT JOIN paid USING (order_id)
WHERE orders.ordered_at IS NOT NULL
