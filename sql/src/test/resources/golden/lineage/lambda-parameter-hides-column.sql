SELECT list_filter(tags, lambda status: length(status) > 2) AS kept FROM silver.orders
