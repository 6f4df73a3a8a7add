/*
description: One row per product - what it sold, earned and lost by returns, and how often looking became buying.
key: sku
columns:
  units: Pieces sold and not cancelled
  return_rate: Share of the pieces that came back
  sessions_viewed: Tracked visits that saw the product
  sessions_carted: Tracked visits that put it into the cart
  rank_in_category: 1 for the product with the most revenue of its category
checks:
  - unique: sku
  - not_null: [sku, category, units, revenue, rank_in_category]
  - range: {return_rate: {min: 0, max: 1}}
*/
WITH sold AS (
  SELECT
    sku,
    CAST(sum(quantity) FILTER (status <> 'cancelled') AS BIGINT) AS units,
    CAST(sum(quantity) FILTER (status = 'returned') AS BIGINT) AS units_returned,
    sum(revenue) AS revenue,
    sum(margin) AS margin
  FROM gold.fact_order_lines
  GROUP BY sku
),

looked_at AS (
  SELECT
    sku,
    count(DISTINCT session_id) FILTER (type = 'product_view') AS sessions_viewed,
    count(DISTINCT session_id) FILTER (type = 'add_to_cart') AS sessions_carted
  FROM silver.clicks
  WHERE sku IS NOT NULL
  GROUP BY sku
)

SELECT
  products.sku,
  products.name,
  products.category,
  products.price_band,
  coalesce(sold.units, 0) AS units,
  CAST(coalesce(sold.revenue, 0) AS DECIMAL(18, 2)) AS revenue,
  CAST(coalesce(sold.margin, 0) AS DECIMAL(18, 2)) AS margin,
  round(coalesce(sold.units_returned, 0) / nullif(sold.units, 0), 4) AS return_rate,
  coalesce(looked_at.sessions_viewed, 0) AS sessions_viewed,
  coalesce(looked_at.sessions_carted, 0) AS sessions_carted,
  row_number() OVER (
    PARTITION BY products.category ORDER BY coalesce(sold.revenue, 0) DESC, products.sku
  ) AS rank_in_category
FROM gold.dim_product AS products
LEFT JOIN sold USING (sku)
LEFT JOIN looked_at USING (sku)
