WITH base AS (SELECT id, email FROM silver.customers) SELECT (SELECT max(e) FROM (WITH inner_ AS (SELECT email AS e FROM base) SELECT e FROM inner_)) AS top
