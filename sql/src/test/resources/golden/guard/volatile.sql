SELECT random(), now(), current_timestamp, today(), uuid(), gen_random_uuid(), current_date, id FROM silver.orders WHERE ordered_at > now()
