SELECT sum(amount), upper(status), list_transform(tags, lambda t: t || 'x'), row_number() OVER (ORDER BY id), md5(status), unknown_function(id) FROM silver.orders GROUP BY ALL
