"""The page's script, style and outlines, as `make assets` builds them and the wheel carries them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mapper.errors import InputError

ASSETS: Final = Path(__file__).parent / "assets"


def read_asset(name: str) -> bytes:
    """Read one built file.

    Raises
    ------
    InputError
        The assets were never built.
    """
    try:
        return (ASSETS / name).read_bytes()
    except FileNotFoundError as fault:
        raise InputError(
            f"the page's {name} is missing from {ASSETS}. In a checkout, build it once with `make map`; "
            "an installed package carries it: install mapper again."
        ) from fault
