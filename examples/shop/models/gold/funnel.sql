/*
description: One row per month and device - how many sessions went how far on their way to an order.
key: [month, device]
tags: [marketing]
columns:
  sessions: Visits that began in this month
  viewed_product: Visits that saw a product
  added_to_cart: Visits that put something into the cart
  checked_out: Visits that reached the checkout
  purchased: Visits that ended with an order
  conversion_rate: Share of the visits that ended with an order
checks:
  - unique: [month, device]
  - not_null: [month, device, sessions, purchased]
  - {sql: "SELECT * FROM this WHERE viewed_product > sessions OR purchased > checked_out", name: funnel_widens}
  - range: {conversion_rate: {min: 0, max: 1}}
*/
WITH sessions AS (
  SELECT
    session_id,
    device,
    CAST(date_trunc('month', min(occurred_at)) AS DATE) AS month,
    bool_or(type = 'product_view') AS viewed_product,
    bool_or(type = 'add_to_cart') AS added_to_cart,
    bool_or(type = 'checkout') AS checked_out,
    bool_or(type = 'purchase') AS purchased
  FROM silver.clicks
  GROUP BY session_id, device
)

SELECT
  month,
  device,
  count(*) AS sessions,
  count(*) FILTER (viewed_product) AS viewed_product,
  count(*) FILTER (added_to_cart) AS added_to_cart,
  count(*) FILTER (checked_out) AS checked_out,
  count(*) FILTER (purchased) AS purchased,
  round(count(*) FILTER (purchased) / count(*), 4) AS conversion_rate
FROM sessions
GROUP BY month, device
