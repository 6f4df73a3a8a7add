SELECT v.x FROM silver.orders o, (VALUES (o.id), (o.customer_id)) v(x)
