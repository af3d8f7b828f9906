"""What a worker process does: scans and label maps into a case, and the work-up of a case.

It knows no database, no network and no other case: it reads a folder that was laid out for it, and writes to it.
"""
