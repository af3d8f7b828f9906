"""The web application (not built yet)."""
