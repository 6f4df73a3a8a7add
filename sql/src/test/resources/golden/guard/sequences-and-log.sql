SELECT nextval('s'), currval('s'), write_log('x'), sleep_ms(10)
