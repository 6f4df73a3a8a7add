SELECT * FROM silver.sales PIVOT (sum(revenue) FOR year IN (2023 AS old, 2024) GROUP BY country)
