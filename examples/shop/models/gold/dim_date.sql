/*
description: One row per day, from the start of the year of the first order to the end of the year of the last.
key: date
columns:
  weekday: 1 for Monday to 7 for Sunday
checks:
  - unique: date
  - not_null: [date, year, quarter, month, weekday]
  - range: {weekday: {min: 1, max: 7}}
*/
WITH span AS (
  SELECT
    date_trunc('year', min(ordered_at)) AS first_day,
    date_trunc('year', max(ordered_at)) + INTERVAL 1 YEAR AS day_after_last
  FROM silver.orders
),

days AS (
  SELECT CAST(unnest(range(first_day, day_after_last, INTERVAL 1 DAY)) AS DATE) AS date
  FROM span
)

SELECT
  date,
  year(date) AS year,
  quarter(date) AS quarter,
  month(date) AS month,
  CAST(date_trunc('month', date) AS DATE) AS month_start,
  weekofyear(date) AS iso_week,
  isodow(date) AS weekday,
  dayname(date) AS weekday_name,
  isodow(date) >= 6 AS is_weekend
FROM days
