"""Cited rules, and nothing that is not one."""
