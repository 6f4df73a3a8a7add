SELECT o.id, c.email FROM silver.orders AS o LEFT JOIN silver.customers AS c ON c.id = o.customer_id AND c.country = 'DE'
