SELECT COLUMNS('(.*)_(id|at)') AS '\2_\1' FROM silver.orders
