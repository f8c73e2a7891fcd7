"""Pure decisions and the values they are made of: no I/O, and `now` is always an argument."""
