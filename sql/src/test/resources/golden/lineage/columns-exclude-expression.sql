SELECT COLUMNS(* EXCLUDE (sku))::BIGINT AS m FROM silver.monthly
