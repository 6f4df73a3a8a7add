WITH "x.csv" AS (SELECT 1) SELECT * FROM "x.csv"
