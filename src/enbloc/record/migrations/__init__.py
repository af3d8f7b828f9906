"""The steps that a database of the record goes through; each is run once, and none is ever changed."""
