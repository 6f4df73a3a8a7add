WITH latest AS (
  SELECT *, row_number() OVER (PARTITION BY order_id ORDER BY _ingested_at DESC) AS rn FROM bronze.orders
)
-- typed
SELECT order_id::BIGINT AS order_id, TRY_CAST(amount AS DECIMAL(12, 2)) AS amount, payload->>'email' AS email
FROM latest WHERE rn = 1
