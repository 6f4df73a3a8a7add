UNPIVOT silver.monthly ON COLUMNS(* EXCLUDE (sku)) INTO NAME month VALUE units
