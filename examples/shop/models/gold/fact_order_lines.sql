/*
description: >
  One row per order line that can be counted: its order is known and was placed on a day. Cancelled orders
  are in, with a revenue of 0.
key: [order_id, line_number]
partition: month(order_date)
tags: [finance]
columns:
  customer_id: The customer, or -1 when the CRM does not know them
  net_amount: Quantity times price, less discount
  revenue: As net_amount, but 0 for cancelled orders
  margin: Revenue less what the goods cost
checks:
  - unique: [order_id, line_number]
  - not_null: [order_id, line_number, order_date, customer_id, sku, revenue]
  - references: {sku: gold.dim_product.sku}
  - references: {customer_id: gold.dim_customer.customer_id}
  - references: {order_date: gold.dim_date.date}
  - range: {revenue: {min: 0}}
*/
SELECT
  lines.order_id,
  lines.line_number,
  CAST(orders.ordered_at AS DATE) AS order_date,
  coalesce(customers.customer_id, -1) AS customer_id,
  lines.sku,
  orders.channel,
  orders.status,
  orders.shipping_country,
  lines.quantity,
  lines.unit_price,
  lines.discount,
  lines.net_amount,
  CASE WHEN orders.status = 'cancelled' THEN 0 ELSE lines.net_amount END AS revenue,
  CASE WHEN orders.status = 'cancelled' THEN 0 ELSE lines.net_amount - lines.quantity * products.cost END AS margin
FROM silver.order_lines AS lines
JOIN silver.orders AS orders USING (order_id)
JOIN silver.products AS products USING (sku)
LEFT JOIN silver.customers AS customers USING (customer_id)
WHERE orders.ordered_at IS NOT NULL
  AND lines.unit_price >= 0
