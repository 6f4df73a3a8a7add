SELECT o.order_id, j.key, j.value FROM bronze.orders o, json_each(o.payload) j
