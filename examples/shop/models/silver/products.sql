/*
description: One row per product, as the latest catalogue has it.
key: sku
checks:
  - unique: sku
  - not_null: [sku, name, category, list_price, cost]
  - accepted: {category: [Books, Clothing, Electronics, Kitchen, Outdoor, Toys]}
  - range: {list_price: {min: 0.01, max: 10000}}
  - pattern: {sku: '^[A-Z]{2}-[0-9]{5}$'}
  - {sql: "SELECT * FROM this WHERE cost >= list_price", name: sold_at_a_loss}
  - {not_null: weight_g, on_fail: warn}
*/
SELECT
  sku,
  name,
  -- Categories are typed by hand: 'BOOKS', 'Books '.
  upper(left(trim(category), 1)) || lower(substr(trim(category), 2)) AS category,
  brand,
  list_price,
  cost,
  coalesce(weight_g, CAST(weight_kg * 1000 AS INTEGER)) AS weight_g,
  valid_from
FROM bronze.products
QUALIFY row_number() OVER (PARTITION BY sku ORDER BY valid_from DESC) = 1
