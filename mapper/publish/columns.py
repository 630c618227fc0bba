"""The index of the page: one column for each thing that is filtered, counted or sorted by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final, TypeVar

from mapper.publish.features import Feature, complete, position

_Key = TypeVar("_Key")

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
LISTS: Final = ("actors", "flags", "sites")
OTHERS: Final = ("title", "date_start", "date_end", "needs_review")

INDEXED: Final = frozenset((*CODED, *NUMBERS, *LISTS, *OTHERS))
"""Properties that the index holds, and the evidence need not repeat."""

PLACE: Final = ("place_name", "place_id", "admin1", "country")
_NOWHERE: Final = ("", "", "", "")
_PICK: Final = itemgetter(*CODED, *NUMBERS, *LISTS, *OTHERS, *PLACE, "sources")


class _Codes(dict[str, int]):
    """The number of each value, in the order in which the values were first met."""

    def __missing__(self, value: object) -> int:
        text = value if isinstance(value, str) else ""
        code = self.get(text)
        if code is None:
            code = len(self)
            self[text] = code
        return code


class _Days(dict[object, int | None]):
    """Days since 1970 of ISO dates; None for what is no date."""

    def __missing__(self, text: object) -> int | None:
        try:
            day = date.fromisoformat(str(text)).toordinal() - _EPOCH if text else None
        except ValueError:
            day = None
        self[text] = day
        return day


class Numbers(dict[_Key, int]):
    """The number of each value, in the order in which the values were first met."""

    def __missing__(self, value: _Key) -> int:
        """Give a value that is met for the first time the next number."""
        number = self[value] = len(self)
        return number


class _CodeLists:
    """Properties that hold several values: each set of values that occurs, and which one an incident has."""

    __slots__ = ("column", "names", "sets")

    def __init__(self) -> None:
        self.names = _Codes()
        self.sets: dict[tuple[str, ...], int] = {}
        self.column: list[int] = []

    def extend(self, lists: Iterable[Sequence[str]]) -> None:
        sets = self.sets
        self.column.extend([sets.setdefault(values, len(sets)) for values in map(tuple, lists)])

    def append(self, other: _CodeLists) -> None:
        """Add what another collected, under the numbers it has here."""
        known = [self.sets.setdefault(values, len(self.sets)) for values in other.sets]
        self.column.extend(map(known.__getitem__, other.column))

    def written(self) -> dict[str, list[Any]]:
        sets = [[self.names[value] for value in dict.fromkeys(values)] for values in self.sets]
        return {"names": list(self.names), "sets": sets, "codes": self.column}


class IndexBuilder:
    """Collects the columns, a batch of incidents at a time.

    Parameters
    ----------
    first : int
        How many incidents stand before these in their file.
    """

    def __init__(self, first: int = 0) -> None:
        self._first = first
        self.ids: list[str] = []
        self.titles: list[str] = []
        self.articles: dict[str, str] = {}
        """What each article that is cited is called, by its id."""
        self._place: list[int] = []
        self._places: dict[tuple[float, float], int] = {}
        self._place_rows: list[int] = []
        """What each place is called by the first incident there."""
        self._rows = Numbers[tuple[str, str, str, str]]()
        """What places are called."""
        self._row: list[int] = []
        self._coded = tuple((_Codes(), list[int]()) for _ in CODED)
        self._numbers: tuple[list[int | None], ...] = tuple([] for _ in NUMBERS)
        self._lists = tuple(_CodeLists() for _ in (*LISTS, "publishers"))
        self._starts: list[int | None] = []
        self._lasts: list[int | None] = []
        """Days from the first to the last; days since 1970 where only the last is known."""
        self._review: list[int] = []
        self._sources: list[int] = []
        self._days = _Days()

    def extend(self, features: Sequence[Feature]) -> None:
        """Add incidents.

        Raises
        ------
        InputError
            A geometry is not a usable point.
        """
        first = len(self.ids)
        self.ids.extend(
            str(name) if (name := feature.get("id")) is not None else f"incident-{number}"
            for number, feature in enumerate(features, self._first + first + 1)
        )
        columns = iter(_picked(features))
        for (codes, column), values in zip(self._coded, columns, strict=False):
            column.extend(map(codes.__getitem__, values))
        self._extend_others(features, first, columns)

    def _extend_others(self, features: Sequence[Feature], first: int, columns: Iterable[Sequence[Any]]) -> None:
        rest = list(columns)
        for column, values in zip(self._numbers, rest, strict=False):
            column.extend(values if set(map(type, values)) <= {int, type(None)} else map(_whole, values))
        rest = rest[len(NUMBERS) :]
        for codes, values in zip(self._lists[:-1], rest, strict=False):
            codes.extend(values)
        titles, starts, ends, review, *place, sources = rest[len(LISTS) :]
        self.titles.extend(map(str, titles))
        days = self._days
        self._starts.extend(map(days.__getitem__, starts))
        self._lasts += [
            0 if end == start and days[end] is not None else _between(days[start], days[end or start])
            for start, end in zip(starts, ends, strict=True)
        ]
        self._review.extend(1 if value else 0 for value in review)
        self._sources.extend(map(len, sources))
        for cited in sources:
            for source in cited:
                if source.get("id", "") not in self.articles:
                    self.articles[source.get("id", "")] = _called(source)
        self._lists[-1].extend([[source.get("publisher") or "" for source in cited] for cited in sources])
        rows = list(map(self._rows.__getitem__, zip(*place, strict=True)))
        self._row += rows
        self._place += [
            self._placed(feature, row, number)
            for number, (feature, row) in enumerate(zip(features, rows, strict=True), first)
        ]

    def _placed(self, feature: Feature, row: int, number: int) -> int:
        geometry = feature.get("geometry")
        if geometry is None:
            return -1
        try:
            longitude, latitude = geometry["coordinates"]
            known = self._places.get((longitude, latitude))
        except (TypeError, ValueError, KeyError):
            known = None
        if known is None:
            point = position(feature, self.ids[number])
            known = self._places.setdefault(point, len(self._places)) if point else -1
            if known == len(self._place_rows):
                self._place_rows.append(row)
        return known

    def append(self, other: IndexBuilder) -> None:
        """Add the incidents of another, as if they had been met here."""
        for text in ("ids", "titles", "_starts", "_lasts", "_review", "_sources"):
            getattr(self, text).extend(getattr(other, text))
        for (codes, column), (names, theirs) in zip(self._coded, other._coded, strict=True):
            known = [codes[name] for name in names]
            column.extend(map(known.__getitem__, theirs))
        for mine, numbers in zip(self._numbers, other._numbers, strict=True):
            mine.extend(numbers)
        for lists, more in zip(self._lists, other._lists, strict=True):
            lists.append(more)
        rows = [self._rows[row] for row in other._rows]
        self._row.extend(map(rows.__getitem__, other._row))
        places = [self._places.setdefault(point, len(self._places)) for point in other._places]
        for place, row in zip(places, other._place_rows, strict=True):
            if place == len(self._place_rows):
                self._place_rows.append(rows[row])
        self._place.extend(place if place < 0 else places[place] for place in other._place)
        self.articles = other.articles | self.articles

    @property
    def points(self) -> list[tuple[float, float]]:
        """Longitude and latitude of each place, in the order of their numbers."""
        return list(self._places)

    @property
    def place_ids(self) -> set[str]:
        """Gazetteer ids of the places."""
        rows = list(self._rows)
        return {name for number in self._place_rows if (name := rows[number][1])}

    def written(self, aliases: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """Give the index without ids and titles, ready to be written as JSON."""
        rows = list(self._rows)
        places = [rows[number] for number in self._place_rows]
        coded = zip(CODED, self._coded, strict=True)
        return {
            "place": self._place,
            "start": self._starts,
            "lasts": self._lasts,
            "needs_review": self._review,
            "source_count": self._sources,
            "coded": {name: {"names": list(codes), "codes": column} for name, (codes, column) in coded},
            "numbers": dict(zip(NUMBERS, self._numbers, strict=True)),
            "lists": {name: codes.written() for name, codes in zip((*LISTS, "publishers"), self._lists, strict=True)},
            "places": {
                "longitude": [point[0] for point in self._places],
                "latitude": [point[1] for point in self._places],
                "name": [row[0] for row in places],
                "id": [row[1] for row in places],
                "admin1": [row[2] for row in places],
                "country": [row[3] for row in places],
                "aliases": [list(aliases.get(row[1], ())) for row in places],
            },
            "called": self._called_otherwise(rows),
        }

    def _called_otherwise(self, rows: Sequence[tuple[str, str, str, str]]) -> dict[str, list[Any]]:
        """List the incidents whose place is called other than their point is: by the first there, or not at all."""
        usual = [*self._place_rows, self._rows.get(_NOWHERE, -1)]
        others = [number for number, place in enumerate(self._place) if self._row[number] != usual[place]]
        names = list(dict.fromkeys(self._row[number] for number in others))
        code = {row: number for number, row in enumerate(names)}
        return {
            # Steps are smaller than numbers.
            "step": [number - last for last, number in pairwise((0, *others))],
            "code": [code[self._row[number]] for number in others],
            "names": [rows[row] for row in names],
        }


def _picked(features: Sequence[Feature]) -> list[Sequence[Any]]:
    try:
        rows = [_PICK(feature["properties"]) for feature in features]
    except KeyError:
        rows = [_PICK(complete(feature["properties"])) for feature in features]
    return list(zip(*rows, strict=True))


def _called(source: Mapping[str, Any]) -> str:
    names = (source.get("publisher"), source.get("title") or source.get("file"), source.get("published"))
    return " · ".join(str(name) for name in names if name)


def _between(start: int | None, end: int | None) -> int | None:
    return None if end is None else end - (start or 0)


def _whole(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if abs(value) < 2**31 else None
