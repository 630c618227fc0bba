"""What speaks for and against two accounts being of one event, field by field.

Each function gives points with their reasons, in words for people: about the
natural logarithm of how much oftener a finding comes with one event than with
two that lie near each other. What an account does not say gives none.
"""

from __future__ import annotations

Points = list[tuple[float, str]]
"""Points for (or, below zero, against) one event, each with its reason."""
