/*
description: One row per capture or refund, read from the ledger's German dates and numbers.
key: payment_id
columns:
  amount: Positive for captures, negative for refunds
checks:
  - unique: payment_id
  - not_null: [payment_id, order_id, kind, amount]
  - {not_null: paid_at, on_fail: quarantine, name: payment_without_a_date}
  - {sql: "SELECT * FROM this WHERE kind = 'capture' AND amount < 0", name: negative_capture, on_fail: quarantine}
  - {sql: "SELECT * FROM this WHERE kind = 'refund' AND amount > 0", name: positive_refund}
  - accepted: {kind: [capture, refund]}
  - accepted: {currency: [EUR]}
  - {references: {order_id: silver.orders.order_id}, on_fail: warn}
  - {not_null: method, on_fail: warn}
*/
SELECT
  payment_id,
  TRY_CAST(order_id AS BIGINT) AS order_id,
  kind,
  method,
  try_strptime(paid_at, '%d.%m.%Y %H:%M:%S') AS paid_at,
  -- '1.234,56' is one thousand two hundred thirty-four and fifty-six hundredths.
  TRY_CAST(replace(replace(amount, '.', ''), ',', '.') AS DECIMAL(12, 2)) AS amount,
  currency
FROM bronze.payments
-- Payments that were exported twice are the same in every column.
QUALIFY row_number() OVER (PARTITION BY payment_id ORDER BY paid_at) = 1
