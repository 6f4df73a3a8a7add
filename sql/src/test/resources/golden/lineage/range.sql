SELECT i, i * 2 AS twice FROM range(10) r(i)
