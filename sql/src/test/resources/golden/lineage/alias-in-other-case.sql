SELECT ID AS Id, STATUS AS status, address.CITY AS City FROM silver.orders JOIN silver.customers USING (id)
