"""Look names and positions up in a compiled gazetteer, where it lies on the disk.

Nothing is loaded: the file is mapped into memory, and a look-up touches a few
pages of it. A name is looked up by its consonants (`names.Keys.skeleton`): all
spellings of a name, in Latin and in Arabic, lie side by side in one bucket, so
that one probe finds what otherwise takes a search. Where no good match lies
there, the buckets that differ by one consonant are probed as well.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest, nsmallest
from itertools import chain, groupby, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.index import format as form
from mapper.places.index.damage import whole
from mapper.places.index.geometry import boxes_around
from mapper.places.index.runs import Run, having, numbered
from mapper.places.names.keys import Keys, fold, keys_of, plain_of
from mapper.places.names.ranking import AGREEING, Alike, Match, compared, explained, looked_up, weight

_CUTOFF: Final = 50.0
_BLOCKS: Final = 64
"""Blocks of names that are kept in memory, some hundred bytes each."""

_KEPT: Final = 1 << 11
"""Places that are kept in memory, about a kilobyte each: the names of a region come up again and again."""

_SAME: Final = 100.0
_ROUNDING: Final = 1e-6
_BELOW: Final = 0.01
"""How far below a score rapidfuzz must be asked to cut off, to be sure to give that score."""

_POOL: Final = 8
"""Names beyond the limit that are compared in full: a place may have several."""


@whole("matches", "exact", "sounds_like", "at", "place", "near", "within")
class Index:
    """One compiled gazetteer. Make one with `Index.open`."""

    def __init__(self, compiled: form.Compiled, layer: int = 0) -> None:
        self._head = compiled.head
        self._layer = layer
        part = compiled.sections
        self._jump, self._skeletons, self._starts = part["jump"], part["skeletons"], part["starts"]
        self._offsets, self._sounds, self._refs = part["offsets"], part["sounds"], part["refs"]
        self._areas, self._checks, self._places = part["areas"], part["checks"], part["places"]
        self._ids, self._cells, self._cellstarts = part["ids"], part["cells"], part["cellstarts"]
        self._blocks, self._names = part["blocks"], part["names"]
        self._admin2, self._admin2_starts = part["admin2"], part["admin2starts"]
        self._area_lines = part["areanames"]
        self._shape = compiled.place
        self._shift: int = form.SKELETON_BITS - self._head["jump_bits"]
        self._area_names: list[list[str]] = []
        self._block = lru_cache(maxsize=_BLOCKS)(self._read_block)
        self._text = lru_cache(maxsize=_KEPT)(self._read_text)
        self._place = lru_cache(maxsize=_KEPT)(self._read_place)
        self._keys = lru_cache(maxsize=2 * _KEPT)(keys_of)

    @classmethod
    def open(cls, path: Path, *, layer: int = 0) -> Index:
        """Open a compiled gazetteer.

        Raises
        ------
        GazetteerIndexError
            It is truncated, foreign or of another version: compile it again.
        """
        return cls(form.opened(path), layer)

    def __len__(self) -> int:
        """Return the number of places."""
        return int(self._head["places"])

    @property
    def entries(self) -> int:
        """The number of names."""
        return int(self._head["entries"])

    @property
    def countries(self) -> frozenset[str]:
        """The codes of the countries that its places lie in."""
        return frozenset(self._head["countries"]) - {""}

    @property
    def source(self) -> str:
        """What the places come from."""
        return str(self._head["source"])

    def lookup(
        self, name: str, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants"
    ) -> list[Match]:
        """Return the places that a name may mean, best first.

        Parameters
        ----------
        name : str
            As written, in any script.
        countries : sequence of str
            ISO codes: places there stand first.
        limit : int
            How many places at most.
        alike : {"consonants", "sound", "name"}
            What names must have in common: their consonants but for one, or
            (much faster) their sound, or the name but for article, generic
            words and habits of spelling.

        Returns
        -------
        list of Match
            Empty when nothing is near.
        """
        return looked_up([self], name, countries, limit, alike)

    def matches(self, keys: Keys, countries: Sequence[str], limit: int, alike: Alike, *, edits: bool) -> list[Match]:
        """Compare the names of the same consonants, or (`edits`) those that differ by one; in no order."""
        code = form.packed(keys.skeleton)
        buckets = self._buckets(form.edited(code) if edits else [code])
        if alike != "consonants":
            same = [entry for bucket in buckets for entry in self._same_sound(bucket, keys.sound)]
            chosen = dict.fromkeys(self._prominent(keys, same, limit + _POOL), keys.sound)
        else:
            chosen = self._chosen(keys, buckets, countries, limit)
        return self._compared(keys, chosen, countries, alike)

    def exact(self, name: str) -> list[int]:
        """Return the numbers of the places that have a name with the same plain key, see `at`."""
        keys = fold(name)
        found = []
        check = form.check_of(keys.plain)
        for bucket in self._buckets([form.packed(keys.skeleton)]) if keys.skeleton else ():
            for entry in self._same_sound(bucket, keys.sound):
                ref = self._refs[entry]
                if self._checks[entry] == check and plain_of(self._name(ref, keys)) == keys.plain:
                    found.append(ref >> form.NAME_BITS)
        return found

    def sounds_like(self, keys: Keys) -> bool:
        """Say whether a name has the same sound key."""
        return any(
            next(self._same_sound(bucket, keys.sound), -1) >= 0
            for bucket in self._buckets([form.packed(keys.skeleton)])
        )

    def all_names(self) -> Iterator[str]:
        """Return every spelling of every place, in the order of the file."""
        for block in range(len(self._blocks) - 1):
            for text in self._read_block(block):
                yield from text.partition(form.RARE_FIELDS)[0].split(form.NAME_END)

    def _buckets(self, codes: Iterable[int]) -> list[int]:
        jump, skeletons, shift = self._jump, self._skeletons, self._shift
        found = []
        for code in codes:
            top = code >> shift
            low, high = jump[top], jump[top + 1]
            if low < high:
                place = bisect_left(skeletons, code, low, high)
                if place < high and skeletons[place] == code:
                    found.append(place)
        return found

    def _same_sound(self, bucket: int, sound: str) -> Iterator[int]:
        """Find the entries of a bucket that sound just so, without looking at each."""
        begin, end = self._starts[bucket], self._starts[bucket + 1]
        sounds, _, numbers = bytes(self._sounds[self._offsets[bucket] : self._offsets[bucket + 1]]).partition(b"\n\n")
        sounds = b"\n%b\n" % sounds.rstrip(b"\n")
        position = sounds.find(b"\n%b\n" % sound.encode("ascii"))
        if position >= 0:
            yield from numbered(sounds.count(b"\n", 0, position), numbers, begin, end)

    def _runs(self, buckets: Sequence[int]) -> list[Run]:
        """Read the entries of buckets and their sounds."""
        runs = []
        starts, offsets = self._starts, self._offsets
        for bucket in buckets:
            sounds, _, numbers = bytes(self._sounds[offsets[bucket] : offsets[bucket + 1]]).partition(b"\n\n")
            runs.append(Run(starts[bucket], starts[bucket + 1], str(sounds, "ascii").split(), numbers))
        return runs

    def _chosen(self, keys: Keys, buckets: Sequence[int], countries: Sequence[str], limit: int) -> dict[int, str]:
        """Choose the likeliest entries of some buckets, those in the countries asked for first; give their sounds."""
        runs = self._runs(buckets)
        if sum(run.end - run.begin for run in runs) <= limit:
            return {entry: sound for run in runs for entry, sound in run.entries()}
        chosen: dict[int, str] = {}
        places = self._head["countries"]
        if ranges := sorted(places[country] for country in set(countries) if country in places):
            # The entries of a bucket are sorted by area: a country's stand together.
            inside = [
                run.part(low, high)
                for run in runs
                for first, last in ranges
                if (low := bisect_left(self._areas, first, run.begin, run.end))
                < (high := bisect_left(self._areas, last, low, run.end))
            ]
            chosen = self._likeliest(keys, inside, limit)
        if len(chosen) < limit:
            chosen |= self._likeliest(keys, runs, limit)
        return chosen

    def _compared(self, keys: Keys, entries: Mapping[int, str], countries: Sequence[str], alike: Alike) -> list[Match]:
        """Compare the names of entries, given with their sounds, in full."""
        names = []
        agreeing = AGREEING[alike]
        for entry, sound in entries.items():
            ref = self._refs[entry]
            name = self._name(ref, keys)
            # The last number stands for several names, of other sounds too.
            other = self._keys(name, sound) if ref & form.LAST_NAME < form.LAST_NAME else fold(name)
            how, similarity = compared(keys, other)
            if how in agreeing:
                names.append((similarity, ref, how, name))
        names.sort(key=lambda item: -item[0])
        kept: dict[int, Match] = {}
        for similarity, ref, how, name in names:
            # A place stands once, with its best name: the others need not be read.
            number = ref >> form.NAME_BITS
            if number not in kept:
                place = self.at(number)
                kept[number] = Match(place, name, self._layer, how, similarity, explained(how, place, countries))
        return list(kept.values())

    def _likeliest(self, keys: Keys, runs: Sequence[Run], limit: int) -> dict[int, str]:
        """Choose the entries that sound most alike; of those that sound the same, the most prominent."""
        if sum(run.end - run.begin for run in runs) <= limit:
            return {entry: sound for run in runs for entry, sound in run.entries()}
        pool = limit + _POOL
        sounds: list[str] = []
        bases = []
        for run in runs:
            bases.append(len(sounds))
            sounds += run.sounds
        nearest = process.extract(keys.sound, sounds, scorer=ratio, limit=pool, score_cutoff=_CUTOFF)
        if not nearest:
            return {}

        if nearest[0][1] == _SAME:
            same = having(runs, bases, takewhile(lambda found: found[1] == _SAME, nearest))
            if len(same) >= pool or nearest[-1][1] == _SAME:
                return dict.fromkeys(self._prominent(keys, [entry for _, entry, _ in same], pool), keys.sound)
        chosen: dict[int, str] = {}
        for score, alike in groupby(nearest, key=itemgetter(1)):
            tied: Iterable[tuple[str, float, int]] = alike
            if score == nearest[-1][1] and len(nearest) == pool:
                # There may be more of these than were asked for: the first of all shall stand.
                least = score - _BELOW
                above = process.extract(keys.sound, sounds, scorer=ratio, limit=None, score_cutoff=least)
                tied = (found for found in above if abs(found[1] - score) < _ROUNDING)
            chosen.update((entry, sound) for _, entry, sound in having(runs, bases, tied)[: pool - len(chosen)])
            if len(chosen) == pool:
                break
        return chosen

    def _prominent(self, keys: Keys, entries: list[int], limit: int) -> list[int]:
        """Choose the most prominent entries, those of the same spelling first."""
        if len(entries) <= limit:
            return entries
        check = form.check_of(keys.plain)
        return nlargest(limit, entries, key=lambda entry: (self._checks[entry] == check, self._weight(entry)))

    def _weight(self, entry: int) -> float:
        return self._place_weight(self._refs[entry] >> form.NAME_BITS)

    def _kind(self, number: int) -> str:
        return str(self._head["kinds"][number])

    def at(self, number: int) -> Place:
        """Return the place with a number (its position in the file, from 0)."""
        return self._place(number)

    def _read_place(self, number: int) -> Place:
        longitude, latitude, identifier, population, admin2, area, kind, prefix = self._record(number)
        (name, *aliases), rest = self._text(number)
        rare: dict[str, Any] = json.loads(rest) if rest else {}
        country, admin1 = self._area(area or 0)
        if prefix == form.TEXT_ID:
            place_id, source = rare["id"], rare.get("source", "")
        else:
            start, source = self._head["prefixes"][prefix or 0]
            place_id = f"{start}{identifier or 0}"
        return Place(
            id=place_id,
            name=name,
            longitude=longitude / 1e6,
            latitude=latitude / 1e6,
            kind=self._kind(kind or 0),
            country=country,
            admin1=admin1,
            admin2=self._division(admin2) if admin2 else "",
            radius_m=rare.get("radius_m", 0),
            population=population or 0,
            aliases=tuple(aliases),
            parent=rare.get("parent", ""),
            source=source,
        )

    def place(self, place_id: str) -> Place | None:
        """Return the place with an id, or None."""
        for number in form.numbers_of(place_id):
            at = bisect_left(self._ids, number, key=self._identifier)
            while at < len(self._ids) and self._identifier(self._ids[at]) == number:
                place = self.at(self._ids[at])
                if place.id == place_id:
                    return place
                at += 1
        return None

    def near(self, longitude: float, latitude: float, metres: float, *, limit: int = 100) -> list[Place]:
        """Return the places within a distance of a point, nearest first."""

        def distance(number: int) -> float:
            return distance_m(longitude, latitude, *self._position(number))

        numbers = chain.from_iterable(self._inside(*box, None) for box in boxes_around(longitude, latitude, metres))
        found = ((distance(number), number) for number in numbers)
        return [self.at(number) for _, number in nsmallest(limit, (pair for pair in found if pair[0] <= metres))]

    def within(self, west: float, south: float, east: float, north: float, *, limit: int = 100) -> list[Place]:
        """Return the places in a box, most prominent first; `west` > `east` crosses the 180th meridian."""
        boxes = [(west, south, east, north)]
        if west > east:
            boxes = [(west, south, 180.0, north), (-180.0, south, east, north)]
        found = dict.fromkeys(chain.from_iterable(self._inside(*box, limit) for box in boxes))
        return [self.at(number) for number in nlargest(limit, found, key=self._place_weight)]

    def _inside(self, west: float, south: float, east: float, north: float, limit: int | None) -> Iterator[int]:
        """Give the places in a box; of each cell, no more than the `limit` first."""
        first_column, last_column = form.column_of(west), form.column_of(east)
        for row in range(form.row_of(south), form.row_of(north) + 1):
            base = row * form.CELLS_PER_ROW
            low = bisect_left(self._cells, base + first_column)
            high = bisect_right(self._cells, base + last_column)
            for cell in range(low, high):
                count = 0
                for number in range(self._cellstarts[cell], self._cellstarts[cell + 1]):
                    longitude, latitude = self._position(number)
                    if west <= longitude <= east and south <= latitude <= north:
                        yield number
                        count += 1
                        if count == limit:
                            break

    def _record(self, number: int) -> tuple[Any, ...]:
        """Return `index_format.PLACE_FIELDS` of a place; what is 0 everywhere may be an empty string of bytes."""
        return self._shape.unpack_from(self._places, number * self._shape.size)

    def _position(self, number: int) -> tuple[float, float]:
        longitude, latitude = form.POSITION.unpack_from(self._places, number * self._shape.size)
        return longitude / 1e6, latitude / 1e6

    def _identifier(self, number: int) -> int:
        return int(self._record(number)[2] or 0)

    def _place_weight(self, number: int) -> float:
        record = self._record(number)
        return weight(self._kind(record[6] or 0), record[3] or 0)

    def _name(self, ref: int, keys: Keys) -> str:
        """Return the spelling that an entry stands for."""
        number, position = ref >> form.NAME_BITS, ref & form.LAST_NAME
        spellings, _ = self._text(number)
        if position < form.LAST_NAME:
            return spellings[position]
        return max(spellings[position:], key=lambda name: compared(keys, fold(name))[1])

    def _read_text(self, number: int) -> tuple[list[str], str]:
        """Return the spellings of a place, its own first, and its rare fields as JSON."""
        names, _, rest = self._block(number // form.BLOCK)[number % form.BLOCK].partition(form.RARE_FIELDS)
        return names.split(form.NAME_END), rest

    def _read_block(self, number: int) -> list[str]:
        raw = bytes(self._names[self._blocks[number] : self._blocks[number + 1]])
        if self._head["compressed"]:
            raw = form.inflated(raw)
        return raw.decode("utf-8", "surrogatepass").split(form.PLACE_END)

    def _area(self, number: int) -> list[str]:
        if not self._area_names:
            lines = bytes(self._area_lines).decode("utf-8", "surrogatepass").split("\n")
            self._area_names = [line.split("\t") for line in lines]
        return self._area_names[number]

    def _division(self, number: int) -> str:
        raw = self._admin2[self._admin2_starts[number] : self._admin2_starts[number + 1]]
        return bytes(raw).decode("utf-8", "surrogatepass")
