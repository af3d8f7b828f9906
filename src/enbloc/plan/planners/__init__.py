"""Each operation as a plan: what its own package found, in the words and places that every plan has."""
