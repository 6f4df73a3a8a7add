SELECT email, upper(name) AS n FROM bronze.mystery
