FROM silver.sales PIVOT (first(revenue), count(DISTINCT units) FOR (year, quarter) IN ((2023, 1), (2024, 2))) AS p
