/*
description: One row per customer of the new and the old shop, the latest version of each.
key: customer_id
columns:
  email: Lower case; NULL when there is none that could be written to
  birth_date: NULL when unknown or impossible
  origin: legacy for customers of the old shop, crm for all others
checks:
  - unique: customer_id
  - not_null: [customer_id, first_name, last_name, country, registered_at, updated_at]
  - length: {country: {min: 2, max: 2}}
  - accepted: {origin: [crm, legacy]}
  - distinct_count: {country: {min: 2, max: 20}}
  - pattern: {email: '^[^@ ]+@[^@ ]+$'}
  - range: {birth_date: {min: 1920-01-01, max: 2015-12-31}}
  - {sql: "SELECT * FROM this WHERE email IS NULL", name: customer_without_email, on_fail: warn}
  - row_count: {min: 1}
*/
WITH crm AS (
  SELECT
    customer_id,
    first_name,
    -- Some names were decoded wrongly before they reached the CRM ('MÃ¼ller'): put right here, once.
    replace(replace(replace(replace(replace(replace(replace(replace(replace(last_name,
      'Ã¤', 'ä'), 'Ã¶', 'ö'), 'Ã¼', 'ü'), 'ÃŸ', 'ß'), 'Ã©', 'é'), 'Ã¨', 'è'), 'Ã±', 'ñ'), 'Ã³', 'ó'), 'Ã¡', 'á')
      AS last_name,
    lower(trim(email)) AS email,
    phone,
    TRY_CAST(birth_date AS DATE) AS birth_date,
    street,
    postcode,
    city,
    country,
    newsletter AS is_subscribed,
    registered_at,
    updated_at
  FROM bronze.customers
),

legacy AS (
  SELECT
    Kundennr AS customer_id,
    Vorname AS first_name,
    Nachname AS last_name,
    lower(trim("E-Mail")) AS email,
    NULL AS phone,
    try_strptime(Geburtstag, '%d.%m.%Y')::DATE AS birth_date,
    Strasse AS street,
    PLZ AS postcode,
    Ort AS city,
    Land AS country,
    false AS is_subscribed, -- nobody of the old shop was asked
    strptime(Angelegt, '%d.%m.%Y') AS registered_at,
    strptime(Angelegt, '%d.%m.%Y') AS updated_at
  FROM bronze.customers_legacy
),

versions AS (
  SELECT * FROM crm
  UNION ALL BY NAME
  SELECT * FROM legacy
)

SELECT
  customer_id,
  first_name,
  last_name,
  -- An address without @ reaches nobody: better none.
  CASE WHEN email LIKE '%_@_%' THEN email END AS email,
  phone,
  -- 1900-01-01 is what the old form wrote when nothing was entered.
  CASE WHEN birth_date > DATE '1900-01-01' THEN birth_date END AS birth_date,
  street,
  postcode,
  city,
  country,
  is_subscribed,
  registered_at,
  -- The old shop closed at the end of 2022; its customers kept their numbers.
  CASE WHEN registered_at < TIMESTAMP '2023-01-01' THEN 'legacy' ELSE 'crm' END AS origin,
  updated_at
FROM versions
QUALIFY row_number() OVER (PARTITION BY customer_id ORDER BY updated_at DESC) = 1
