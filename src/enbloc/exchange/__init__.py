"""One file per format, reader and writer together; foreign things stay at this door."""
