"""Each labelled vertebra: its frame, parts, heights, and how it stands to its neighbours."""
