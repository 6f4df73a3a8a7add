SELECT * FROM query('SELECT 1'), query_table('orders')
