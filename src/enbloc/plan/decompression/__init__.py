"""Separation surgery: the tumour that is taken to free the dura, the way to it, and what is left."""
