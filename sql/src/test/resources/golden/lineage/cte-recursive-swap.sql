WITH RECURSIVE r(a, b) AS (SELECT id, salary::BIGINT FROM silver.staff UNION SELECT b, a FROM r WHERE a < 9) SELECT a FROM r
