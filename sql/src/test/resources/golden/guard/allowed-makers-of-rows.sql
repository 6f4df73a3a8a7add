SELECT * FROM range(3), generate_series(1, 2), unnest([1]), repeat(1, 2), json_each('{}')
