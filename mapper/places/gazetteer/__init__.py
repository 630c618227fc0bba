"""Where places come from: the project's own entries, imported files, the world by default."""
