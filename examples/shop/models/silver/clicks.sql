/*
description: One row per event of a human visitor, flat.
key: event_id
partition: month(occurred_at)
checks:
  - unique: event_id
  - not_null: [event_id, occurred_at, type, session_id, visitor_id]
  - accepted: {type: [page_view, product_view, add_to_cart, checkout, purchase]}
  - {sql: "SELECT * FROM this WHERE type = 'purchase' AND order_id IS NULL", name: purchase_of_nothing}
  - {references: {sku: silver.products.sku}, where: "sku IS NOT NULL"}
*/
WITH events AS (
  SELECT
    event_id,
    occurred_at,
    type,
    session.id AS session_id,
    session.visitor AS visitor_id,
    session.device AS device,
    session.os AS os,
    session.browser AS browser,
    customer_id,
    page.path AS path,
    page.referrer AS referrer,
    page.campaign AS campaign,
    product.sku AS sku,
    product.price AS price,
    order_id,
    experiment
  FROM bronze.clicks
  -- The tracker delivers at least once: the same event may come twice.
  QUALIFY row_number() OVER (PARTITION BY event_id ORDER BY occurred_at) = 1
)

SELECT *
FROM events
-- Crawlers that say what they are are no visitors.
WHERE NOT contains(browser, 'Bot')
