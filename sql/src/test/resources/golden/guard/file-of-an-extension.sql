SELECT * FROM iceberg_scan('x'), sqlite_scan('a', 'b'), st_read('c'), postgres_scan('d', 'e', 'f')
