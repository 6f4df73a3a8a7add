FROM silver.monthly UNPIVOT ((u, v) FOR k IN ((jan, feb) AS 'first', (feb, mar)))
