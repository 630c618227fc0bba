"""Says quickly, of most features that keep the contract, that they do.

Whoever draws a hundred thousand incidents of our own should not wait for each
of them to be read as if a stranger had written it. A False here says nothing:
such a feature is looked at in full.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from mapper.geo import coordinate_fault, rounded
from mapper.publish import contract

_Checks = tuple[tuple[int, Callable[[Any], bool]], ...]


class _Table:
    """One table of the contract: what is left to check of a row whose types are known."""

    def __init__(self, kinds: Mapping[str, contract.Kind]) -> None:
        self._kinds = kinds
        self._left: dict[tuple[tuple[str, ...], tuple[type, ...]], _Checks | None] = {}

    def keeps(self, row: object) -> bool:
        """Say whether a row has exactly the members of the table, and each holds."""
        if type(row) is not dict:
            return False
        values = tuple(row.values())
        form = (tuple(row), tuple(map(type, values)))
        if form not in self._left:
            self._left[form] = self._checks(*form)
        left = self._left[form]
        return left is not None and all(holds(values[at]) for at, holds in left)

    def _checks(self, names: tuple[str, ...], types: tuple[type, ...]) -> _Checks | None:
        if set(names) != set(self._kinds):
            return None
        kinds = enumerate(zip(types, (self._kinds[name] for name in names), strict=True))
        return tuple((at, kind.holds) for at, (of, kind) in kinds if not _is_decided(of, kind))


def _is_decided(of: type, kind: contract.Kind) -> bool:
    """Say whether the type of a value alone says that it holds."""
    if of is str:
        return kind in {contract.TEXT, contract.SCALAR}
    if of is bool:
        return kind.holds(True) and kind.holds(False)
    return of is type(None) and kind.holds(None)


_PROPERTIES: Final = _Table(contract.PROPERTIES)
_ROWS: Final = tuple((name, _Table(kinds)) for name, kinds in contract.ROWS_OF.items())
_MEMBERS: Final = ("type", "id", "geometry", "properties")


def surely_keeps(feature: object) -> bool:
    """Say that a feature is as `geojson.feature` writes it; False if that takes a closer look."""
    if type(feature) is not dict or tuple(feature) != _MEMBERS or feature["type"] != "Feature":
        return False
    properties = feature["properties"]
    return (
        contract.FILLED.holds(feature["id"])
        and _PROPERTIES.keeps(properties)
        and all(table.keeps(row) for name, table in _ROWS for row in properties[name])
        and _is_placed(feature["geometry"], properties["method"])
    )


def _is_placed(geometry: object, method: str) -> bool:
    if geometry is None:
        return True
    if type(geometry) is not dict or geometry.get("type") != "Point" or not method:
        return False
    pair = geometry.get("coordinates")
    if type(pair) is not list or len(pair) != 2 or not all(type(degrees) in {int, float} for degrees in pair):
        return False
    return coordinate_fault(*pair) is None and pair == [rounded(degrees) for degrees in pair]
