"""Claims in, incidents out: which accounts tell of one event, and what a person decided."""
