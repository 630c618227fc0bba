"""The index of the page: one column for each thing that is filtered, counted or sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

from mapper.publish.features import Feature, complete, position

_EPOCH: Final = date(1970, 1, 1).toordinal()

CODED: Final = ("role", "status", "event_type", "precision", "method", "date_edtf", "place_as_written")
"""Columns with few different values: a list of the values, and a code for each incident."""

NUMBERS: Final = (
    "uncertainty_m",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
    "women_killed_min",
    "women_killed_max",
    "children_killed_min",
    "children_killed_max",
)
LISTS: Final = ("actors", "flags", "sites", "publishers")
_PICK: Final = itemgetter(
    *CODED,
    *NUMBERS,
    "title",
    "date_start",
    "date_end",
    "needs_review",
    "actors",
    "flags",
    "sources",
    "claims",
    "place_name",
    "place_id",
    "admin1",
    "country",
)
_CODED_END: Final = len(CODED)
_NUMBERS_END: Final = _CODED_END + len(NUMBERS)


class _Codes:
    """Values in the order in which they were first met, and their codes."""

    __slots__ = ("column", "of")

    def __init__(self) -> None:
        self.of: dict[str, int] = {}
        self.column: list[int] = []

    def add(self, value: str) -> None:
        of = self.of
        self.column.append(of.setdefault(value, len(of)))

    def written(self) -> dict[str, list[Any]]:
        return {"names": list(self.of), "codes": self.column}


class _CodeLists:
    """The same for properties that hold several values."""

    __slots__ = ("column", "counts", "of")

    def __init__(self) -> None:
        self.of: dict[str, int] = {}
        self.counts: list[int] = []
        self.column: list[int] = []

    def add(self, values: Iterable[str]) -> None:
        of = self.of
        before = len(self.column)
        self.column.extend(of.setdefault(value, len(of)) for value in values)
        self.counts.append(len(self.column) - before)

    def written(self) -> dict[str, list[Any]]:
        return {"names": list(self.of), "counts": self.counts, "codes": self.column}


class IndexBuilder:
    """Collects the columns, incident by incident."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.titles: list[str] = []
        self._place: list[int] = []
        self._places: dict[tuple[float, float], int] = {}
        self._place_rows: list[tuple[str, str, str, str]] = []
        self._coded = tuple(_Codes() for _ in CODED)
        self._numbers: tuple[list[int | None], ...] = tuple([] for _ in NUMBERS)
        self._lists = tuple(_CodeLists() for _ in LISTS)
        self._starts: list[int | None] = []
        self._ends: list[int | None] = []
        self._review: list[int] = []
        self._sources: list[int] = []
        self._days: dict[object, int | None] = {}
        self.articles: set[str] = set()

    def add(self, feature: Feature) -> None:
        """Add one incident.

        Raises
        ------
        InputError
            Its geometry is not a usable point.
        """
        properties = feature["properties"]
        try:
            row = _PICK(properties)
        except KeyError:
            row = _PICK(complete(properties))
        number = len(self.ids)
        identity = feature.get("id")
        self.ids.append(str(identity) if identity is not None else f"incident-{number + 1}")
        for codes, value in zip(self._coded, row, strict=False):
            codes.add(value if isinstance(value, str) else "")
        for column, value in zip(self._numbers, row[_CODED_END:_NUMBERS_END], strict=True):
            column.append(value if value.__class__ is int else _whole(value))
        title, start, end, review, actors, flags, sources, claims, *place = row[_NUMBERS_END:]
        self.titles.append(str(title))
        self._starts.append(self._day(start))
        self._ends.append(self._day(end or start))
        self._review.append(1 if review else 0)
        self._sources.append(len(sources))
        self.articles.update([source.get("id", "") for source in sources])
        lists = self._lists
        lists[0].add(actors)
        lists[1].add(flags)
        lists[2].add(dict.fromkeys([str(claim["value"]) for claim in claims if claim.get("kind") == "site"]))
        lists[3].add(dict.fromkeys([source.get("publisher") or "" for source in sources]))
        self._place.append(self._place_of(feature, place))

    def _place_of(self, feature: Feature, place: Sequence[str]) -> int:
        point = position(feature, self.ids[-1])
        if point is None:
            return -1
        known = self._places.get(point)
        if known is None:
            known = self._places[point] = len(self._places)
            self._place_rows.append((str(place[0]), str(place[1]), str(place[2]), str(place[3])))
        return known

    def _day(self, text: object) -> int | None:
        try:
            return self._days[text]
        except KeyError:
            try:
                day = date.fromisoformat(str(text)).toordinal() - _EPOCH if text else None
            except ValueError:
                day = None
            self._days[text] = day
            return day
        except TypeError:
            return None

    @property
    def points(self) -> list[tuple[float, float]]:
        """Longitude and latitude of each place, in the order of their numbers."""
        return list(self._places)

    @property
    def place_ids(self) -> set[str]:
        """Gazetteer ids of the places."""
        return {row[1] for row in self._place_rows if row[1]}

    def written(self, aliases: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Give the whole index, ready to be written as JSON."""
        rows = self._place_rows
        return {
            "id": self.ids,
            "title": self.titles,
            "place": self._place,
            "start": self._starts,
            "end": self._ends,
            "needs_review": self._review,
            "source_count": self._sources,
            "coded": {name: codes.written() for name, codes in zip(CODED, self._coded, strict=True)},
            "numbers": dict(zip(NUMBERS, self._numbers, strict=True)),
            "lists": {name: codes.written() for name, codes in zip(LISTS, self._lists, strict=True)},
            "places": {
                "longitude": [point[0] for point in self._places],
                "latitude": [point[1] for point in self._places],
                "name": [row[0] for row in rows],
                "id": [row[1] for row in rows],
                "admin1": [row[2] for row in rows],
                "country": [row[3] for row in rows],
                "aliases": [list(aliases.get(row[1], ())) for row in rows],
            },
        }


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if value == value and abs(value) < 2**31 else None  # noqa: PLR0124 - NaN is not itself
