SELECT id::VARCHAR, TRY_CAST(status AS INTEGER), CAST(amount AS DECIMAL(10, 1)) FROM silver.orders
