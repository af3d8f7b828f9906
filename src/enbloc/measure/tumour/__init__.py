"""One labelled tumour: its size, what it takes of each vertebra, what lies near it, and its density."""
