SELECT payload->>'id' AS id, payload->'a' AS a FROM bronze.orders
