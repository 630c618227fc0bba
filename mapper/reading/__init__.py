"""Text in, claims out: what an article says, and where it says it."""
