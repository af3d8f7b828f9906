"""The numbers that all measurements share and that no image gives; each step has its own beside it."""

from __future__ import annotations

from enbloc.evidence import project_value

THICK_SLICE = project_value("spacing too thick for body heights, sac and cord", 3.0, "mm", ">", source="staging 1.4")
