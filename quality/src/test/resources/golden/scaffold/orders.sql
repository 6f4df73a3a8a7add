/*
description: The rows of bronze.orders, typed, the latest of each key.
key: order_id
checks:
  - unique: order_id
  - not_null: [order_id, customer_id, status, currency, amount, updated_at, "Größe \"x\""]
  - {accepted: {currency: [EUR, USD]}, on_fail: warn}
  - {range: {amount: {min: 0}}, on_fail: warn}
*/
SELECT
  TRY_CAST(trim(order_id) AS BIGINT) AS order_id,
  TRY_CAST(trim(customer_id) AS BIGINT) AS customer_id,
  nullif(trim(status), '') AS status,
  nullif(trim(currency), '') AS currency,
  TRY_CAST(trim(amount) AS DECIMAL(18,2)) AS amount,
  TRY_CAST(trim(ordered_at) AS DATE) AS ordered_at /* 2 of 200 values are not DATE and become NULL */,
  TRY_CAST(trim(updated_at) AS TIMESTAMP) AS updated_at,
  nullif(trim("Größe ""x"""), '') AS "Größe ""x"""
FROM bronze.orders AS t
QUALIFY row_number() OVER (PARTITION BY TRY_CAST(trim(t.order_id) AS BIGINT) ORDER BY TRY_CAST(trim(t.updated_at) AS TIMESTAMP) DESC NULLS LAST, _ingested_at DESC, _position DESC) = 1
