"""The canal and what lies in it, on planes across it."""
