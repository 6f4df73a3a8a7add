SELECT o.id, l.twice FROM silver.orders o, LATERAL (SELECT o.amount * 2 AS twice) l
