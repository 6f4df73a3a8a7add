SELECT * FROM unnest(['a', 'b']) WITH ORDINALITY AS u(letter, n)
