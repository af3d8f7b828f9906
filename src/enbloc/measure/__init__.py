"""Geometry out of images: what can be measured, and how sure we are."""
