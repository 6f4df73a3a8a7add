PIVOT 'x.csv' ON a IN (1) USING sum(b)
