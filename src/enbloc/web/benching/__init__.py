"""Opened benches as the server sees them: each a child process that holds one case of one person."""
