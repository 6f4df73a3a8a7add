SELECT silver.orders.id, orders.status FROM silver.orders
