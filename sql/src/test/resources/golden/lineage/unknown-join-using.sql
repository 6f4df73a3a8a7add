SELECT id, secret FROM silver.orders JOIN bronze.mystery USING (id)
