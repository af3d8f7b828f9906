"""What was done and what follows from it; the result of a work-up lives here."""
