"""Files in, articles out: which files, what bytes, in what encoding, from whom."""
