SELECT country, year, sum(revenue) FROM silver.sales GROUP BY ROLLUP (country, year)
