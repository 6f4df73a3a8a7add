SELECT id FROM silver.orders WHERE status = 'paid' AND amount BETWEEN 1 AND 100
