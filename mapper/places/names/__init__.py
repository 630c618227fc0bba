"""How names are compared: folding keys, in Latin and Arabic script, and what a match is worth."""
