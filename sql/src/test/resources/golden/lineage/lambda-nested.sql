SELECT list_transform(contacts, lambda c: list_transform(string_split(c.value, ','), lambda v: v || name || c.kind)) AS x FROM silver.customers
