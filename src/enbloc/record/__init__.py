"""Where cases are kept (not built yet)."""
