"""Read the places of a compiled gazetteer: by number and by position."""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import lru_cache
from heapq import nlargest, nsmallest
from math import cos, radians
from typing import Any, Final

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.damage import whole
from mapper.places.index.geometry import boxes_around
from mapper.places.index.search import Record
from mapper.places.names.ranking import weight
from mapper.places.names.vocabulary import folded

_KEPT: Final = 1 << 10
"""Places that are kept in memory, about a kilobyte each: the names of a region come up again and again."""

_TEXTS: Final = 1 << 8
"""Names of places that are kept in memory: a look-up comes back to those that it answers with."""

_NAME_END, _RARE_FIELDS, _PLACE_END = form.NAME_END.encode(), form.RARE_FIELDS.encode(), form.PLACE_END.encode()


_FLAT_M: Final = 50_000.0
_FLAT_DEG: Final = 70.0
_MARGIN: Final = 1.1
"""Squares of distances of up to `_FLAT_M`, up to `_FLAT_DEG` from the equator, are right to five hundredths."""

_FILLERS: Final = [getattr(Place, field.name).__set__ for field in fields(Place)]
"""Set the fields of a place in their order. To make one takes a third of the time so: a frozen class looks each of its
fields up by name."""

_There = tuple[int, float, float]
"""The number of a place, its longitude and latitude."""


@whole("at", "near", "within", "all_names")
class Records:
    """The places of an opened file."""

    def __init__(self, compiled: form.Compiled) -> None:
        self._compiled = compiled
        self._head = compiled.head
        part = compiled.sections
        self._places = part["places"]
        self._cells, self._cellstarts = part["cells"], part["cellstarts"]
        self._blocks, self._names = part["blocks"], part["names"]
        self._admin2, self._admin2_starts = part["admin2"], part["admin2starts"]
        self._area_lines = part["areanames"]
        self._shape = compiled.place
        self._weight = form.only(compiled.place, ("population", "kind"))
        self._area = form.only(compiled.place, ("area",))
        self._area_names: list[tuple[str, str]] = []
        self._text = lru_cache(maxsize=_TEXTS)(self._read_text)
        """Gives the spellings of a place, its own first, and its rare fields as JSON."""

        self._place = lru_cache(maxsize=_KEPT)(self._read_place)

    def __len__(self) -> int:
        """Return the number of places."""
        return int(self._head["places"])

    def at(self, number: int) -> Place:
        """Return the place with a number (its position in the file, from 0)."""
        return self._place(number)

    def all_names(self) -> Iterator[str]:
        """Return every spelling of every place, in the order of the file."""
        self._compiled.to_be_read_ahead("names")
        for block in range(len(self._blocks) - 1):
            text = str(self._names[self._blocks[block] : self._blocks[block + 1]], *form.ENCODING)
            for place in text.split(form.PLACE_END)[:-1]:
                yield from place.partition(form.RARE_FIELDS)[0].split(form.NAME_END)

    def spellings(self, number: int) -> list[bytes]:
        """Return the spellings of a place, its own first."""
        return self._text(number)[0]

    def plains(self, number: int) -> list[str]:
        """Return the plain key of each spelling of a place."""
        names = str(_NAME_END.join(self.spellings(number)), *form.ENCODING).split(form.NAME_END)
        return [" ".join(name.split()) for name in folded(names)]

    def facts_of(self, numbers: Iterable[int]) -> list[Record]:
        """Return what is known of each of some places."""
        unpack, size, places = self._shape.unpack_from, self._shape.size, self._places
        areas, kinds, prefixes = self._areas(), self._head["kinds"], self._head["prefixes"]
        facts: list[Record] = []
        for number in numbers:
            _, _, identifier, population, _, area, kind, prefix = unpack(places, number * size)
            if prefix == form.TEXT_ID:
                place_id, _ = self._identity(number, identifier, prefix)
            else:
                place_id = f"{prefixes[prefix or 0][0]}{identifier or 0}"
            facts.append((place_id, kinds[kind or 0], population or 0, *areas[area or 0]))
        return facts

    def weights_of(self, numbers: Sequence[int]) -> list[float]:
        """Return the prominence of each of some places."""
        unpack, size, places, kinds = self._weight.unpack_from, self._weight.size, self._places, self._head["kinds"]
        records = [unpack(places, number * size) for number in numbers]
        return [weight(kinds[kind or 0], population or 0) for population, kind in records]

    def _read_place(self, number: int) -> Place:
        longitude, latitude, identifier, population, admin2, area, kind, prefix = self._record(number)
        names, rest = self._text(number)
        name, *aliases = [str(each, *form.ENCODING) for each in names]
        rare: dict[str, Any] = json.loads(str(rest, *form.ENCODING)) if rest else {}
        country, admin1 = self._areas()[area or 0]
        place_id, source = self._identity(number, identifier or 0, prefix or 0)
        values = (
            *(place_id, name, longitude / 1e6, latitude / 1e6, self._kind(kind or 0), country, admin1),
            *(self._division(admin2) if admin2 else "", rare.get("radius_m", 0), population or 0, tuple(aliases)),
            *(rare.get("parent", ""), source),
        )
        place = Place.__new__(Place)
        for fill, value in zip(_FILLERS, values, strict=True):
            fill(place, value)
        return place

    def _identity(self, number: int, identifier: int, prefix: int) -> tuple[str, str]:
        """Return the id and the source of a place."""
        if prefix == form.TEXT_ID:
            rare: dict[str, Any] = json.loads(self._text(number)[1])
            return str(rare["id"]), str(rare.get("source", ""))
        start, source = self._head["prefixes"][prefix]
        return f"{start}{identifier}", source

    def near(self, longitude: float, latitude: float, metres: float, *, limit: int = 100) -> list[Place]:
        """Return the places within a distance of a point, nearest first."""
        boxes = boxes_around(longitude, latitude, metres)
        there = [each for box in boxes for each in self._inside(*box)]
        if len(there) > limit and metres <= _FLAT_M and abs(latitude) <= _FLAT_DEG:
            there = _nearest_on_flat_ground(there, longitude, latitude, limit)
        found = [(distance_m(longitude, latitude, east, north), number) for number, east, north in there]
        return [self.at(number) for _, number in nsmallest(limit, (pair for pair in found if pair[0] <= metres))]

    def within(self, west: float, south: float, east: float, north: float, *, limit: int = 100) -> list[Place]:
        """Return the places in a box, most prominent first; `west` > `east` crosses the 180th meridian."""
        boxes = [(west, south, east, north)]
        if west > east:
            boxes = [(west, south, 180.0, north), (-180.0, south, east, north)]
        found = list(dict.fromkeys(number for box in boxes for number, _, _ in self._inside(*box, limit)))
        weights = self.weights_of(found)
        return [self.at(found[place]) for place in nlargest(limit, range(len(found)), key=weights.__getitem__)]

    def _inside(self, west: float, south: float, east: float, north: float, limit: int = -1) -> Iterator[_There]:
        """Give the places in a box with their positions; if a limit is given, of each cell no more than so many."""
        first_column, last_column = form.column_of(west), form.column_of(east)
        for row in range(form.row_of(south), form.row_of(north) + 1):
            base = row * form.CELLS_PER_ROW
            low = bisect_left(self._cells, base + first_column)
            high = bisect_right(self._cells, base + last_column, low)
            # Cells that lie side by side lie so in the file, too.
            bounds = [(low, high)] if limit < 0 else [(cell, cell + 1) for cell in range(low, high)]
            for first, last in bounds:
                begin, end = self._cellstarts[first], self._cellstarts[last]
                records = self._shape.iter_unpack(self._places[begin * self._shape.size : end * self._shape.size])
                left = limit
                for number, (longitude, latitude, *_) in enumerate(records, begin):
                    if west <= (at := longitude / 1e6) <= east and south <= (height := latitude / 1e6) <= north:
                        yield number, at, height
                        left -= 1
                        if not left:
                            break

    def _record(self, number: int) -> tuple[Any, ...]:
        """Return `index_format.PLACE_FIELDS` of a place; what is 0 everywhere may be an empty string of bytes."""
        return self._shape.unpack_from(self._places, number * self._shape.size)

    def _position(self, number: int) -> tuple[float, float]:
        longitude, latitude = form.POSITION.unpack_from(self._places, number * self._shape.size)
        return longitude / 1e6, latitude / 1e6

    def _kind(self, number: int) -> str:
        return str(self._head["kinds"][number])

    def _read_text(self, number: int) -> tuple[list[bytes], bytes]:
        block, place = divmod(number, form.BLOCK)
        text = bytes(self._names[self._blocks[block] : self._blocks[block + 1]]).split(_PLACE_END)[place]
        names, _, rare = text.partition(_RARE_FIELDS)
        return names.split(_NAME_END), rare

    def _areas(self) -> list[tuple[str, str]]:
        """Return the country and the division of each area."""
        if not self._area_names:
            lines = str(self._area_lines, *form.ENCODING).split("\n")
            self._area_names = [(country, division) for country, division in (line.split("\t") for line in lines)]
        return self._area_names

    def _division(self, number: int) -> str:
        raw = self._admin2[self._admin2_starts[number] : self._admin2_starts[number + 1]]
        return str(raw, *form.ENCODING)


def _nearest_on_flat_ground(there: list[_There], longitude: float, latitude: float, limit: int) -> list[_There]:
    """Leave out what is surely not among the nearest: a true distance takes longer to work out than a rough one."""
    shrink = cos(radians(latitude)) ** 2
    rough = []
    for each in there:
        # Across the 180th meridian is not far.
        aside = (each[1] - longitude + 180.0) % 360.0 - 180.0
        rough.append((aside * aside * shrink + (each[2] - latitude) ** 2, each))
    rough.sort()
    least = rough[limit - 1][0] * _MARGIN
    return [each for square, each in rough if square <= least]
