SELECT status, secret FROM silver.orders JOIN bronze.mystery m ON m.id = orders.id
