"""Where labels come from when none are supplied: the question put to any tool, and a tool of our own for tumours."""
