SELECT (SELECT {'a': name, 'b': salary} FROM silver.staff LIMIT 1).a AS a
