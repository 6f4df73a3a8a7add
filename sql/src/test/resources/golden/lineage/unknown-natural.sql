SELECT o.status FROM silver.orders o NATURAL JOIN bronze.mystery
