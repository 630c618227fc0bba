"""Names in, points out: gazetteers, spellings, and what a name means in its context."""
