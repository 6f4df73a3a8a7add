SELECT g.* FROM (SELECT address.geo AS g FROM silver.customers)
