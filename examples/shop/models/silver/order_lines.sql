/*
description: One row per line of an order, with what it came to after discount.
key: [order_id, line_number]
columns:
  discount: As a share of 1
  net_amount: Quantity times price less discount, rounded to cents
checks:
  - unique: [order_id, line_number]
  - not_null: [order_id, line_number, sku, quantity, unit_price, discount, net_amount]
  - {references: {order_id: silver.orders.order_id}, on_fail: quarantine, name: line_of_an_unknown_order}
  - references: {sku: silver.products.sku}
  - {range: {unit_price: {min: 0, max: 100000}}, on_fail: quarantine, name: negative_price}
  - range: {quantity: {min: 1, max: 100}}
  - range: {discount: {min: 0, max: 0.5}}
  - accepted: {tax_rate: [0.07, 0.19]}
  - schema: {order_id: bigint, line_number: integer, unit_price: "decimal(10,2)", net_amount: "decimal(12,2)"}
*/
WITH typed AS (
  SELECT
    TRY_CAST(order_id AS BIGINT) AS order_id,
    TRY_CAST(line_number AS INTEGER) AS line_number,
    sku,
    TRY_CAST(quantity AS INTEGER) AS quantity,
    TRY_CAST(unit_price AS DECIMAL(10, 2)) AS unit_price,
    -- A share ('0.10') until September 2024, a percentage ('10%') since.
    CASE
      WHEN ends_with(discount, '%') THEN TRY_CAST(rtrim(discount, '%') AS DECIMAL(4, 0)) * 0.01
      ELSE TRY_CAST(discount AS DECIMAL(4, 2))
    END AS discount,
    TRY_CAST(tax_rate AS DECIMAL(4, 2)) AS tax_rate,
    warehouse
  FROM bronze.order_lines
)

SELECT
  order_id,
  line_number,
  sku,
  quantity,
  unit_price,
  CAST(discount AS DECIMAL(4, 2)) AS discount,
  tax_rate,
  CAST(round(quantity * unit_price * (1 - discount), 2) AS DECIMAL(12, 2)) AS net_amount,
  warehouse
FROM typed
-- Lines that were exported twice are the same in every column.
QUALIFY row_number() OVER (PARTITION BY order_id, line_number ORDER BY net_amount DESC) = 1
