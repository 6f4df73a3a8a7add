PIVOT bronze.mystery ON year IN (1, 2) USING sum(x)
