"""Texts in, place names out, with exact offsets."""
