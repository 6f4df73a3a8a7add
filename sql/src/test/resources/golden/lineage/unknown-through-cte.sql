WITH a AS (SELECT * FROM bronze.mystery) SELECT email FROM a
