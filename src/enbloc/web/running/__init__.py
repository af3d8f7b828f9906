"""Jobs beside the server: each in a process and a folder of its own, with nothing but the case that it is about."""
