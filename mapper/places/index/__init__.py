"""Compiled gazetteers: one file mapped from disk, looked up by name and place, and scanned for in texts."""
