FROM silver.monthly UNPIVOT INCLUDE NULLS (units FOR month IN (jan AS 'January', feb, mar))
