"""Resections in one piece: what allows them, which cuts they need, and what the found cuts amount to."""
