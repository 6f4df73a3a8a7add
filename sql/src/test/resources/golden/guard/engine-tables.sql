SELECT * FROM information_schema.tables, duckdb_tables, sqlite_master, pg_catalog.pg_class, system.information_schema.columns
