SELECT s.* FROM (SELECT from_json(payload, '{"a": "INTEGER"}') AS s FROM bronze.orders)
