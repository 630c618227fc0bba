"""Readers of other people's gazetteers: one file for each format, all yielding `Place`.

Every reader streams, checks each row before it believes it, and counts what it
leaves out: a bad row is reported with its line number, never dropped silently.
"""
