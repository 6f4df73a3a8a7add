SELECT * FROM (SELECT status AS sku, ordered_at AS valid_from, amount FROM silver.orders) o ASOF LEFT JOIN silver.prices p USING (sku, valid_from)
