SELECT * FROM my_function(1)
