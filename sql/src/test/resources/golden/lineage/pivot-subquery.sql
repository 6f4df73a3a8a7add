SELECT "2023" AS last FROM (PIVOT (SELECT country, year, revenue FROM silver.sales WHERE units > 0) ON year IN (2023) USING sum(revenue))
