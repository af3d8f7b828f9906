"""Intralesional removal: how much of a tumour a straight instrument reaches, by which approach, and what is left."""
