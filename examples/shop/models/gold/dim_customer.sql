/*
description: >
  One row per customer to analyse by. Customer -1 stands for all whom the CRM does not know: their orders
  count, but belong to nobody in particular.
key: customer_id
columns:
  origin: legacy for customers of the old shop, crm for all others
  cohort_month: The month of registration
checks:
  - unique: customer_id
  - not_null: [customer_id, country, origin, cohort_month]
  - row_count: {min: 2}
*/
SELECT
  customer_id,
  first_name || ' ' || last_name AS full_name,
  email,
  country,
  city,
  postcode,
  CAST(floor(year(birth_date) / 10) * 10 AS INTEGER) AS birth_decade,
  is_subscribed,
  origin,
  CAST(registered_at AS DATE) AS registered_on,
  CAST(date_trunc('month', registered_at) AS DATE) AS cohort_month
FROM silver.customers

UNION ALL BY NAME

SELECT
  -1 AS customer_id,
  'Unknown' AS full_name,
  'ZZ' AS country,
  'unknown' AS city,
  false AS is_subscribed,
  'unknown' AS origin,
  DATE '1970-01-01' AS registered_on,
  DATE '1970-01-01' AS cohort_month
