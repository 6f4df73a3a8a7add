/*
description: One row per order, typed, the latest version of each.
key: order_id
partition: month(ordered_at)
columns:
  ordered_at: When the customer ordered
  channel: web, app or phone
  updated_at: When this version was saved
checks:
  - unique: order_id
  - not_null: [order_id, customer_id, status, channel, updated_at]
  # An order that was placed on no day can be counted on no day: put aside until the shop system is asked.
  - {not_null: ordered_at, on_fail: quarantine, name: order_without_a_date}
  - accepted: {status: [placed, shipped, delivered, returned, cancelled]}
  - accepted: {channel: [web, app, phone]}
  - length: {shipping_country: {min: 2, max: 2}}
  - range: {shipping_cost: {min: 0, max: 100}}
  - pattern: {coupon: '^SAVE[0-9]+$'}
  # Revenue is real even when the CRM has lost the customer: kept, and told.
  - {references: {customer_id: silver.customers.customer_id}, on_fail: warn}
  - {sql: "SELECT * FROM this WHERE updated_at < ordered_at", name: updated_before_ordered}
*/
SELECT
  order_id,
  customer_id,
  TRY_CAST(ordered_at AS TIMESTAMP) AS ordered_at, -- NULL for '2024-13-45', '0000-00-00' and ''
  CASE lower(trim(status)) WHEN 'canceled' THEN 'cancelled' ELSE lower(trim(status)) END AS status,
  coalesce(sales_channel, channel) AS channel, -- renamed in April 2024
  shipping_country,
  shipping_city,
  shipping_cost,
  gift_note,
  coupon,
  updated_at
FROM bronze.orders
-- An order comes again when it changed, and now and then twice in the same file.
QUALIFY row_number() OVER (PARTITION BY order_id ORDER BY updated_at DESC) = 1
