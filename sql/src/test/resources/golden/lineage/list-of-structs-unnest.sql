SELECT u.* FROM (SELECT unnest(contacts) AS u FROM silver.customers)
