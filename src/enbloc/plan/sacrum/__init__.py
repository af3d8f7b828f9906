"""En bloc resection of the sacrum: at which levels it can be divided, and what each costs."""
