SELECT * FROM duckdb_settings(), pragma_version(), duckdb_secrets()
