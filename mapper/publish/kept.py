"""Says quickly, of features that keep the contract, that they do.

Whoever draws a hundred thousand incidents of our own should not wait for each
of them to be read as if a stranger had written it. So features are looked at
some at a time, column by column: what a column holds is told by the few types
and values in it. A False here says nothing: such features are looked at in full.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from mapper.geo import coordinate_fault, rounded
from mapper.publish import contract

_Column = Sequence[Any]
_NONE: Final = type(None)
_POINT: Final = ("type", "coordinates")
_ANYTHING: Final = contract.Kind("object or null", lambda value: value is None or isinstance(value, dict))


class _Table:
    """A table of the contract: how its rows become columns, those of one kind beside each other."""

    def __init__(self, kinds: Mapping[str, contract.Kind]) -> None:
        groups = {kind: [name for name, its in kinds.items() if its is kind] for kind in dict.fromkeys(kinds.values())}
        self._names = [name for names in groups.values() for name in names]
        self._sizes = [(kind, len(names)) for kind, names in groups.items()]
        self._pick = itemgetter(*self._names)

    def columns(self, rows: Sequence[Any]) -> Mapping[str, _Column] | None:
        """Turn rows into columns if there are any, all have just these members, and each holds."""
        if set(map(type, rows)) != {dict} or set(map(len, rows)) != {len(self._names)}:
            return None
        try:
            columns = list(zip(*map(self._pick, rows), strict=True))
        except KeyError:
            return None
        at = 0
        for kind, size in self._sizes:
            alike = columns[at : at + size]
            at += size
            if not _holds(kind, alike[0] if size == 1 else list(chain.from_iterable(alike))):
                return None
        return dict(zip(self._names, columns, strict=True))


_FEATURE: Final = _Table({"type": contract.TEXT, "id": contract.FILLED, "geometry": _ANYTHING, "properties": _ANYTHING})
_PROPERTIES: Final = _Table(contract.PROPERTIES)
_ROWS: Final = {name: _Table(kinds) for name, kinds in contract.ROWS_OF.items()}


def surely_keep(features: Sequence[object]) -> bool:
    """Say that all features are as `geojson.feature` writes them; False if that takes a closer look."""
    if not features:
        return True
    members = _FEATURE.columns(features)
    properties = _PROPERTIES.columns(members["properties"]) if members else None
    return (
        members is not None
        and properties is not None
        and set(members["type"]) == {"Feature"}
        and all(_rows_hold(table, properties[name]) for name, table in _ROWS.items())
        and all(map(_is_placed, members["geometry"], properties["method"]))
    )


def surely_keeps(feature: object) -> bool:
    """Say of one feature what `surely_keep` says of several."""
    return surely_keep([feature])


def _rows_hold(table: _Table, lists: Iterable[list[object]]) -> bool:
    rows = list(chain.from_iterable(lists))
    return not rows or table.columns(rows) is not None


def _holds(kind: contract.Kind, column: _Column) -> bool:
    """Say whether a column holds to its kind: by the types in it, and where that is not enough by each value once."""
    if kind is contract.TEXT or kind is contract.FILLED:
        return _are_text(column) and (kind is contract.TEXT or "" not in column)
    known = _BY_TYPE.get(kind)
    types = set(map(type, column))
    if known is None:
        # Kinds of text, and one of some words: what else there is cannot be hashed, or is not among them.
        return types <= {str, _NONE} and all(map(kind.holds, set(column)))
    allowed, look = known
    return types <= allowed and (look is None or look(column))


def _are_text(values: Iterable[Any]) -> bool:
    """Say whether all are text; joining tells sooner than a look at each."""
    try:
        "".join(values)
    except TypeError:
        return False
    return True


def _are_counts(column: _Column) -> bool:
    return _are_offsets([value for value in column if value is not None])


def _are_offsets(column: _Column) -> bool:
    return not column or (min(column) >= 0 and max(column) <= contract.LARGEST_INTEGER)


def _are_numbers(column: _Column) -> bool:
    whole = [value for value in column if type(value) is int]
    if whole and not -contract.LARGEST_INTEGER <= min(whole) <= max(whole) <= contract.LARGEST_INTEGER:
        return False
    return all(map(math.isfinite, [value for value in column if type(value) is float]))


def _are_texts(column: _Column) -> bool:
    return _are_text(chain.from_iterable(column))


def _are_details(column: _Column) -> bool:
    values = list(chain.from_iterable(map(dict.values, column)))
    return (
        set(map(type, values)) <= {str, bool, int, float, _NONE}
        and _are_numbers(values)
        and _are_text(chain.from_iterable(column))
    )


_BY_TYPE: Final[Mapping[contract.Kind, tuple[set[type], Callable[[_Column], bool] | None]]] = {
    contract.BOOLEAN: ({bool}, None),
    contract.NUMBER: ({int, float}, _are_numbers),
    contract.OFFSET: ({int}, _are_offsets),
    contract.COUNT: ({int, _NONE}, _are_counts),
    contract.SCALAR: ({str, bool, int, float, _NONE}, _are_numbers),
    contract.TEXTS: ({list}, _are_texts),
    contract.DETAIL: ({dict}, _are_details),
    contract.ROWS: ({list}, None),
    _ANYTHING: ({dict, _NONE}, None),
}
"""Kinds that types decide, and what is left to look at."""


def _is_placed(geometry: object, method: str) -> bool:
    if geometry is None:
        return True
    if type(geometry) is not dict or tuple(geometry) != _POINT or geometry["type"] != "Point" or not method:
        return False
    pair = geometry["coordinates"]
    return type(pair) is list and len(pair) == 2 and set(map(type, pair)) <= {int, float} and _is_usable(*pair)


@lru_cache(maxsize=4096)
def _is_usable(longitude: float, latitude: float) -> bool:
    usual = rounded(longitude) == longitude and rounded(latitude) == latitude
    return usual and coordinate_fault(longitude, latitude) is None
