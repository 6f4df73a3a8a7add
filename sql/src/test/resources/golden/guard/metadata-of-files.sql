SELECT * FROM parquet_metadata('x'), parquet_schema('x'), sniff_csv('x'), parquet_kv_metadata('x')
