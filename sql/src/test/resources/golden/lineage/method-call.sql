SELECT status.upper().lower() AS u, tags.list_sort() AS t FROM silver.orders
