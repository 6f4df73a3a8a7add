SELECT sku, coalesce(*COLUMNS('jan|feb|mar')) AS first_month FROM silver.monthly
