"""Where to cut, what margin that leaves, and what it costs."""
