PIVOT (SELECT country, year FROM silver.sales) ON year IN (2023)
