SELECT unnest(s) FROM (SELECT struct_pack(x := id, y := email) AS s FROM silver.customers)
