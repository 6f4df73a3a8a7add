PIVOT silver.sales ON year IN (2023, 2024), quarter IN (1, 2) USING sum(revenue) AS r, max(units) GROUP BY country
