"""Arrays in, arrays out; one file per kind of mathematics. Nothing here knows a clinical noun."""
