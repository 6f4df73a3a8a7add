SELECT s.country, r.i FROM silver.sales s, range(s.units) r(i)
