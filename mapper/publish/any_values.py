"""Values as other people's tables write them."""

from __future__ import annotations

import contextlib
import json
import math
import re
from collections.abc import Mapping
from typing import Any, Final

from mapper.publish import contract

_RANGE: Final = re.compile(r"(\d{1,9})\s{0,3}(?:-|\u2013|to)\s{0,3}(\d{1,9})")
_BOUND: Final = re.compile(
    r"(>=|<=|>|<|\u2265|\u2264|~|at least|up to|over)?\s{0,3}(\d{1,9})\s{0,3}(\+)?", re.IGNORECASE
)
_GUARDED: Final = re.compile(r"'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_LIST: Final = re.compile(r"\s*(?:;|\|)\s*")


def text_of(value: object) -> str:
    """Read text: a number as it is written, a spreadsheet's guard taken off.

    Examples
    --------
    >>> text_of(" 12 "), text_of(None), text_of("'=1+1")
    ('12', '', '=1+1')
    """
    if value is None or isinstance(value, (list, dict)):
        return ""
    text = str(value).strip()
    return text[1:] if _GUARDED.match(text) else text


def number_of(value: object) -> float | None:
    """Read a finite number, or None.

    Examples
    --------
    >>> number_of("34.5"), number_of("34,5"), number_of("north"), number_of("nan")
    (34.5, 34.5, None, None)
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value) if math.isfinite(value) else None
    text = text_of(value)
    try:
        number = float(text.replace(",", ".") if text.count(",") == 1 and "." not in text else text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def toll_range(value: object) -> tuple[int | None, int | None] | None:
    """Read a count or a range; empty text is a range with both ends open.

    Examples
    --------
    >>> toll_range("12"), toll_range("12-15"), toll_range("at least 3"), toll_range("up to 4"), toll_range("")
    ((12, 12), (12, 15), (3, None), (None, 4), (None, None))
    >>> toll_range("a few") is None
    True
    """
    text = text_of(value)
    if not text:
        return None, None
    found = _RANGE.fullmatch(text)
    if found:
        low, high = int(found[1]), int(found[2])
        return min(low, high), max(low, high)
    bound = _BOUND.fullmatch(text.removesuffix(".0"))
    if bound is None:
        return None
    count, sign = int(bound[2]), "at least" if bound[3] else (bound[1] or "").lower()
    ends: Mapping[str, tuple[int | None, int | None]] = {
        ">": (count + 1, None),
        "over": (count + 1, None),
        ">=": (count, None),
        "\u2265": (count, None),
        "at least": (count, None),
        "<": (None, count - 1),
        "<=": (None, count),
        "\u2264": (None, count),
        "up to": (None, count),
    }
    return ends.get(sign, (count, count))


def texts_of(value: object) -> list[str]:
    """Read several values from a list, a JSON list, or text parted by ``;`` or ``|``."""
    if isinstance(value, list):
        return [text for text in map(text_of, value) if text]
    text = text_of(value)
    if text.startswith("["):
        with contextlib.suppress(ValueError, RecursionError):
            parsed = json.loads(text)
            return texts_of(parsed) if isinstance(parsed, list) else []
    return [part for part in _LIST.split(text) if part]


def rows_of(name: str, value: object) -> list[dict[str, Any]]:
    """Read a list of objects (sources, claims, candidates), each with the members of the contract."""
    if isinstance(value, str) and value.lstrip().startswith("["):
        with contextlib.suppress(ValueError, RecursionError):
            value = json.loads(value)
    if not isinstance(value, list):
        return []
    kinds = contract.ROWS_OF[name]
    return [
        {member: _member(row.get(member), kind) for member, kind in kinds.items()}
        for row in value
        if isinstance(row, Mapping)
    ]


def _member(value: object, kind: contract.Kind) -> object:
    if kind.holds(value):
        return value
    if kind is contract.TEXTS:
        return texts_of(value)
    if kind is contract.DETAIL:
        return {}
    if kind is contract.OFFSET:
        return 0
    if kind is contract.NUMBER:
        return number_of(value) or 0.0
    return None if kind.holds(None) else text_of(value)
