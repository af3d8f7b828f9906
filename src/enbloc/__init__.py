"""enbloc."""
