SELECT 1 AS one, current_date, now() AS t
