/*
description: One row per product to analyse by, with its margin and its place in the price range of its category.
key: sku
columns:
  margin_rate: Share of the list price that remains after cost
  price_band: Third of its category by price - low, middle or high
checks:
  - unique: sku
  - not_null: [sku, name, category, margin_rate]
  - accepted: {price_band: [low, middle, high]}
  - range: {margin_rate: {min: 0, max: 1}}
*/
SELECT
  sku,
  name,
  category,
  brand,
  list_price,
  cost,
  round(1 - cost / list_price, 4) AS margin_rate,
  weight_g,
  CASE ntile(3) OVER (PARTITION BY category ORDER BY list_price, sku)
    WHEN 1 THEN 'low'
    WHEN 2 THEN 'middle'
    ELSE 'high'
  END AS price_band
FROM silver.products
