SELECT system.main.current_setting('x') FROM silver.orders
