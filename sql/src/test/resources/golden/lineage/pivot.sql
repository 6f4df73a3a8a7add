PIVOT silver.sales ON year IN (2023, 2024) USING sum(revenue) GROUP BY country
