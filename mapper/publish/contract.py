"""What an incident looks like in a file: every field, in the order it is written.

This table is the contract of `incidents.geojson`. The writer follows it, the
strict reader and the validator hold files to it, the exports take their
columns from it, and a test compares it with `docs/output.md`.

Text that is not known is ``""`` and a number that is not known is null, so
that a table without nulls (CSV) says the same as the GeoJSON.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, get_args

from mapper.model import ClaimKind, Comparator, Precision, ReviewStatus, Role

LARGEST_INTEGER: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact."""

_ISO_DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of field: its name in the documentation, and the test of a value."""

    name: str
    holds: Callable[[object], bool]


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_integer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST_INTEGER


def _is_number(value: object) -> bool:
    return _is_integer(value) or (isinstance(value, float) and math.isfinite(value))


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, str | bool) or _is_number(value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_detail(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(key, str) and _is_scalar(item) for key, item in value.items())


def _one_of(*words: str | None) -> Kind:
    shown = " ".join(f"`{word}`" if word is not None else "null" for word in words)
    return Kind(f"one of {shown}", lambda value: (value is None or isinstance(value, str)) and value in words)


TEXT: Final = Kind("text", _is_text)
FILLED: Final = Kind("text, not empty", lambda value: isinstance(value, str) and value != "")
DATE: Final = Kind(
    "ISO date or empty",
    lambda value: isinstance(value, str) and (value == "" or _ISO_DATE.fullmatch(value) is not None),
)
SHA256: Final = Kind(
    "64 hexadecimal digits",
    lambda value: isinstance(value, str) and _SHA256.fullmatch(value) is not None,
)
BOOLEAN: Final = Kind("true or false", lambda value: isinstance(value, bool))
NUMBER: Final = Kind("number", _is_number)
OFFSET: Final = Kind("integer", lambda value: _is_integer(value) and value >= 0)  # type: ignore[operator]
COUNT: Final = Kind("integer or null", lambda value: value is None or OFFSET.holds(value))
SCALAR: Final = Kind("text, number, true, false or null", _is_scalar)
TEXTS: Final = Kind("list of text", _is_texts)
DETAIL: Final = Kind("object of scalars", _is_detail)
ROWS: Final = Kind("list of objects", lambda value: isinstance(value, list))

PROPERTIES: Final[Mapping[str, Kind]] = {
    "title": TEXT,
    "role": _one_of(*get_args(Role)),
    "status": _one_of(*get_args(ReviewStatus)),
    "event_type": TEXT,
    "actors": TEXTS,
    "sites": TEXTS,
    "responses": TEXTS,
    "date_edtf": TEXT,
    "date_start": DATE,
    "date_end": DATE,
    "date_text": TEXT,
    "place_as_written": TEXT,
    "place_name": TEXT,
    "place_id": TEXT,
    "admin1": TEXT,
    "country": TEXT,
    "precision": _one_of(*(precision.value for precision in Precision)),
    "uncertainty_m": COUNT,
    "method": TEXT,
    "score": NUMBER,
    "needs_review": BOOLEAN,
    "candidates": ROWS,
    "killed_min": COUNT,
    "killed_max": COUNT,
    "injured_min": COUNT,
    "injured_max": COUNT,
    "women_killed_min": COUNT,
    "women_killed_max": COUNT,
    "children_killed_min": COUNT,
    "children_killed_max": COUNT,
    "sources": ROWS,
    "claims": ROWS,
    "flags": TEXTS,
}
"""Properties of a feature."""

EMPTY: Final[Mapping[str, object]] = {
    **dict.fromkeys(PROPERTIES, ""),
    **{name: None for name, kind in PROPERTIES.items() if kind is COUNT},
    **{name: [] for name, kind in PROPERTIES.items() if kind in {TEXTS, ROWS}},
    "role": "primary",
    "status": "unreviewed",
    "event_type": "unknown",
    "precision": Precision.UNKNOWN.value,
    "score": 0.0,
    "needs_review": False,
}
"""What stands for "not stated" in each property. The lists are shared: copy before adding to one."""

CANDIDATE: Final[Mapping[str, Kind]] = {
    "id": TEXT,
    "name": TEXT,
    "kind": TEXT,
    "admin1": TEXT,
    "country": TEXT,
    "longitude": NUMBER,
    "latitude": NUMBER,
    "score": NUMBER,
    "reasons": TEXTS,
}
"""An entry of `candidates`."""

SOURCE: Final[Mapping[str, Kind]] = {
    "id": FILLED,
    "file": TEXT,
    "sha256": SHA256,
    "title": TEXT,
    "publisher": TEXT,
    "author": TEXT,
    "url": TEXT,
    "archived_url": TEXT,
    "published": TEXT,
    "origin": TEXT,
}
"""An entry of `sources`."""

CLAIM: Final[Mapping[str, Kind]] = {
    "id": FILLED,
    "source": FILLED,
    "kind": _one_of(*get_args(ClaimKind)),
    "value": SCALAR,
    "op": _one_of(*get_args(Comparator), None),
    "reporters": TEXTS,
    "quote": FILLED,
    "start": OFFSET,
    "end": OFFSET,
    "rule": TEXT,
    "detail": DETAIL,
}
"""An entry of `claims`."""

SET_ASIDE: Final[Mapping[str, Kind]] = {
    "source": FILLED,
    "kind": TEXT,
    "value": SCALAR,
    "op": _one_of(*get_args(Comparator), None),
    "quote": FILLED,
    "start": OFFSET,
    "end": OFFSET,
    "reason": TEXT,
    "rule": TEXT,
    "contains": TEXTS,
}
"""An entry of `set_aside.json`."""

PAIR: Final[Mapping[str, Kind]] = {
    "left": FILLED,
    "right": FILLED,
    "left_incident": FILLED,
    "right_incident": FILLED,
    "left_title": TEXT,
    "right_title": TEXT,
    "left_source": FILLED,
    "right_source": FILLED,
    "verdict": _one_of("same", "different", "unsure"),
    "joined": BOOLEAN,
    "judged": BOOLEAN,
    "score": NUMBER,
    "reasons": TEXTS,
}
"""An entry of `pairs.json`."""

ROWS_OF: Final[Mapping[str, Mapping[str, Kind]]] = {"candidates": CANDIDATE, "sources": SOURCE, "claims": CLAIM}
"""What the entries of each list of objects look like."""


def faults(row: object, kinds: Mapping[str, Kind], where: str = "") -> list[tuple[str, str]]:
    """Hold one object to its part of the contract.

    Parameters
    ----------
    row : object
        A parsed JSON value.
    kinds : mapping of str to Kind
        One of the tables above. Other members of `row` are left alone.
    where : str
        Path of `row` in its file, put before each finding.

    Returns
    -------
    list of (path, reason)
        Empty when the object keeps the contract.

    Examples
    --------
    >>> faults({"id": "a", "file": 3}, {"id": FILLED, "file": TEXT, "title": TEXT}, "sources[0]")
    [('sources[0].file', 'is not text'), ('sources[0].title', 'is missing')]
    """
    if not isinstance(row, dict):
        return [(where, "is not an object")]
    found = []
    for name, kind in kinds.items():
        path = f"{where}.{name}" if where else name
        if name not in row:
            found.append((path, "is missing"))
        elif not kind.holds(row[name]):
            found.append((path, f"is not {kind.name}"))
        elif name in ROWS_OF and kind is ROWS:
            for index, inner in enumerate(row[name]):
                found += faults(inner, ROWS_OF[name], f"{path}[{index}]")
    return found
