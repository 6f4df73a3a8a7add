SELECT current_setting('threads'), getvariable('x'), getenv('HOME')
