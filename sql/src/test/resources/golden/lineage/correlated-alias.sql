SELECT id AS k, (SELECT count(*) FROM silver.orders WHERE customer_id = k) AS n FROM silver.customers
