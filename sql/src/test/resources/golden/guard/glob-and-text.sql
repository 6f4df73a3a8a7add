SELECT * FROM glob('/etc/*'), read_text('/etc/passwd')
