"""What the process of a bench does: it holds one opened case, and answers what is asked of it.

It knows no database, no network and no other case. It reads a folder that was laid out for it, and writes to it alone.
"""
