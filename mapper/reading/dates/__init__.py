"""Times in, dates out: finding expressions of time, and placing them in the calendar."""
