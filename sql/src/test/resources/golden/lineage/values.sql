SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(n, letter)
