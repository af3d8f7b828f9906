"""Examinations in frames of their own brought together, vertebra by vertebra, and compared over time."""
