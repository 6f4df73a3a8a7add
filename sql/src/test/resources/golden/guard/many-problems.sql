SELECT getenv('A'),
  current_setting('b')
FROM read_csv('c'), 'd.csv',
  glob('e')
