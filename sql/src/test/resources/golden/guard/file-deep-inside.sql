WITH a AS (SELECT id FROM silver.orders WHERE EXISTS (SELECT 1 FROM read_parquet('s3://b/x.parquet'))) SELECT (SELECT max(c) FROM 'y.json') FROM a
