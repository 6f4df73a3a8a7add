SELECT [upper(t) FOR t IN tags IF t <> status] AS x FROM silver.orders
