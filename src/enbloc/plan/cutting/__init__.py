"""Planes that free a specimen, searched with a certificate."""
