SELECT current_user, session_user, current_schema, user FROM silver.orders
