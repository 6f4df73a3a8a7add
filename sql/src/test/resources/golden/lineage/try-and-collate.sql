SELECT TRY(id / 0) AS t, status COLLATE nocase AS s FROM silver.orders ORDER BY s COLLATE de
