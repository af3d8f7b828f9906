"""The cut sheet: the numbers of each cut that a surgeon can measure in the wound."""
