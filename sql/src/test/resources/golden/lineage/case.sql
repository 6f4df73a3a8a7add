SELECT CASE WHEN status = 'paid' THEN amount ELSE 0 END AS paid FROM silver.orders
