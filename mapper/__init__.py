"""Reads articles on harm to civilians and maps the incidents, each with its sources."""

from __future__ import annotations

__version__ = "0.1.0"
