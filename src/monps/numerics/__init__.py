"""Arrays in, arrays out: no football, no I/O, no clock."""
