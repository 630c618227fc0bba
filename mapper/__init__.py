"""Reads articles on harm to civilians and maps the incidents, each with its sources.

The commands as functions: `read`, `extract`, `build`, `map`, `resolve` (see `mapper.api`).
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "build", "extract", "map", "read", "resolve"]


def __dir__() -> list[str]:
    """List the functions too, which are not here until they are used."""
    return sorted({*globals(), *__all__})


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Load a function when it is first used: the commands start without them."""
    if name in __all__:
        from mapper import api

        return getattr(api, name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
