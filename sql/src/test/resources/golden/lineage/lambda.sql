SELECT list_transform(tags, lambda t: t || status) AS marked FROM silver.orders
