"""Look names up in a compiled gazetteer, where it lies on the disk.

Nothing is loaded: the file is mapped into memory, and a look-up touches a few
pages of it. A name is looked up by its consonants (`names.Keys.skeleton`): all
spellings of a name, in Latin and in Arabic, lie side by side in one bucket, so
that one probe finds what otherwise takes a search. Where no good match lies
there, the buckets that differ by one consonant are probed as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import takewhile
from operator import itemgetter
from pathlib import Path
from typing import Final

from mapper.places.index import format as form
from mapper.places.index.buckets import Bucket, Run, bounding
from mapper.places.index.damage import whole
from mapper.places.index.nearest import SAME, Heard, first_entries, is_full, nearest, nearest_of
from mapper.places.index.records import Records
from mapper.places.index.search import FAR, Compared, Likely, Probe, Query, Search
from mapper.places.names.keys import Keys, fold, plain_of, skeleton_of
from mapper.places.names.ranking import Alike, Match, compared

_POOL: Final = 8
"""Names beyond the limit that are compared in full: a place may have several."""

_MANY_ASKED: Final = 16
_Range = tuple[int, int]
_REF_BITS: Final = 8 * form.REF_SIZE
_REF: Final = (1 << _REF_BITS) - 1


@whole("likely", "spelled", "facts_of", "exact", "has_sound")
class Index(Records):
    """One compiled gazetteer. Make one with `Index.open`."""

    def __init__(self, compiled: form.Compiled, layer: int = 0) -> None:
        super().__init__(compiled)
        part = compiled.sections
        self.layer = layer
        self._filter, self._jump = part["filter"], part["jump"]
        self._skeletons, self._buckets = part["skeletons"], part["buckets"]
        self._plainjump, self._plains = part["plainjump"], part["plains"]
        self._filter_shift = form.HASH_BITS - (len(self._filter) * 8).bit_length() + 1
        self._jump_shift = form.HASH_BITS - len(self._jump).bit_length() + 1
        self._plain_shift = form.HASH_BITS - len(self._plainjump).bit_length() + 1
        self._plain_size, self._area_size = self._head["plain_size"], self._head["area_size"]
        self._search = Search([self])
        self._asked = 0

    @classmethod
    def open(cls, path: Path, *, layer: int = 0) -> Index:
        """Open a compiled gazetteer.

        Raises
        ------
        GazetteerIndexError
            It is truncated, foreign or of another version: compile it again.
        """
        return cls(form.opened(path), layer)

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
        alike : {"consonants", "home", "sound", "name"}
            What names must have in common: their consonants but for one,
            everywhere or (faster) in the countries asked for alone; or (much
            faster) their sound, or the name but for article, generic words and
            habits of spelling.

        Returns
        -------
        list of Match
            Empty when nothing is near.
        """
        return self._search.lookup(name, countries, limit, alike)

    def likely(self, query: Query, countries: Sequence[str], limit: int, alike: Alike) -> list[Likely]:
        """Return the names that sound likeliest, in no order."""
        self._count()
        keys = query.keys
        if alike == "consonants":
            return self._told_apart(keys, self._chosen(query, countries, limit))
        if alike == "home":
            return self._told_apart(keys, self._at_home(query, countries, limit))
        same = [(bucket, bucket.same_sound(keys.sound)) for bucket in self._found(query.nearer)]
        if alike == "name":
            bare = form.check_of(keys.name)
            named = [(bucket, entries, bucket.bares()) for bucket, entries in same]
            same = [(bucket, [e for e in entries if bares[e] == bare]) for bucket, entries, bares in named]
        return self._told_apart(keys, self._prominent(keys, same, limit + _POOL))

    def best(self, compared: list[Compared], limit: int) -> list[Compared]:
        """Let a place stand once, with its best name."""
        del limit
        compared.sort(key=itemgetter(0), reverse=True)
        best: dict[int, Compared] = {}
        for each in compared:
            best.setdefault(each[2][1], each)
        return list(best.values())

    def exact(self, name: str) -> list[int]:
        """Return the numbers of the places that have a name with the same plain key, see `at`."""
        self._count()
        plain = plain_of(name)
        value = form.sum_of(plain)
        jump, size = self._plainjump, self._plain_size
        slot = value >> self._plain_shift
        low, high = jump[slot], jump[slot + 1]
        if not plain or low == high:
            return []
        slots = bytes(self._plains[low * size : high * size])
        check, count = value & 0xFF, high - low
        written = name.encode("utf-8", "surrogatepass")
        found = []
        place = slots.find(check, 0, count)
        while place >= 0:
            at = count + place * (size - 1)
            number = int.from_bytes(slots[at : at + size - 1], "little")
            # Most names are asked for as they are written.
            if written in self.spellings(number) or plain in self.plains(number):
                found.append(number)
            place = slots.find(check, place + 1, count)
        return found

    def has_sound(self, sound: str) -> bool:
        """Say whether a name has this sound key."""
        code = form.packed(skeleton_of(sound))
        return any(bucket.same_sound(sound) for bucket in self._found([(form.hashed(code), code)]))

    def _count(self) -> None:
        """Count what is asked: who asks for a few names needs some pages, who asks for many all of them."""
        self._asked += 1
        if self._asked == _MANY_ASKED:
            self._compiled.to_be_read_ahead()

    def _found(self, probes: Iterable[Probe]) -> list[Bucket]:
        """Find the buckets of packed skeletons."""
        there, bit_shift = self._filter, self._filter_shift
        byte_shift = bit_shift + 3
        probes = [probe for probe in probes if there[probe[0] >> byte_shift] >> (probe[0] >> bit_shift & 7) & 1]
        jump, skeletons, shift, mask = self._jump, self._skeletons, self._jump_shift, form.HASH_MASK
        found = []
        for value, code in probes:
            top = value >> shift
            place = bisect_left(skeletons, value << 32, jump[top], jump[top + 1])
            skeleton = skeletons[place]
            if skeleton >> 32 == value:
                raw = self._buckets[skeleton & mask : skeletons[place + 1] & mask]
                found.append(Bucket(raw, self._area_size, code))
        return found

    def _chosen(self, query: Query, countries: Sequence[str], limit: int) -> list[Likely]:
        """Choose the likeliest entries of some buckets, those in the countries asked for first."""
        keys, pool = query.keys, limit + _POOL
        ranges = self._ranges(countries)
        buckets = self._found(query.nearer)
        if query.farther and not ranges and sum([bucket.count for bucket in buckets]) > limit:
            heard = nearest(query, buckets, pool)
            # Of other consonants, as many, none are nearer than those of the same length.
            if not is_full(heard, pool, bounding(keys.sound, query.code, query.code, FAR)[len(keys.sound)]):
                heard = nearest(query, self._found(query.farther), pool, heard)
            return self._picked(keys, heard, pool)
        buckets += self._found(query.farther)
        if sum([bucket.count for bucket in buckets]) <= limit:
            return _all_of([bucket.whole() for bucket in buckets])
        chosen = self._in_areas(keys, buckets, ranges, limit) if ranges else []
        if len(chosen) < limit:
            chosen += self._picked(keys, nearest(query, buckets, pool), pool)
        return [*dict.fromkeys(chosen)]

    def _at_home(self, query: Query, countries: Sequence[str], limit: int) -> list[Likely]:
        """Choose the likeliest entries in the countries asked for, and no others."""
        ranges = self._ranges(countries)
        buckets = self._found([*query.nearer, *query.farther]) if ranges else []
        return self._in_areas(query.keys, buckets, ranges, limit)

    def _in_areas(self, keys: Keys, buckets: Iterable[Bucket], ranges: Sequence[_Range], limit: int) -> list[Likely]:
        """Choose the likeliest entries of some buckets whose areas are in ranges."""
        inside = [part for bucket in buckets for part in self._parts(bucket, ranges)]
        if sum([part.end - part.begin for part in inside]) <= limit:
            return _all_of(inside)
        return self._picked(keys, nearest_of(keys.sound, inside, limit + _POOL), limit + _POOL)

    def _ranges(self, countries: Iterable[str]) -> list[_Range]:
        """Return the areas of some countries, those that this file has."""
        places = self._head["countries"]
        return sorted(tuple(places[country]) for country in set(countries) if country in places)

    def _parts(self, bucket: Bucket, ranges: Sequence[_Range]) -> Iterable[Run]:
        """Give the entries of a bucket whose areas are in ranges."""
        if bucket.count > form.FEW:
            return bucket.parts(ranges)
        areas = [self.area_number(ref >> form.NAME_BITS) for ref in bucket.refs()]
        bounds = [(bisect_left(areas, first), bisect_left(areas, last)) for first, last in ranges]
        return [bucket.part(low, high) for low, high in bounds if low < high]

    def spelled(self, refs: Iterable[int]) -> list[tuple[int, str, bool]]:
        """Return for each reference the number of a place, a name of it, and whether it goes by that."""
        found = []
        for ref in refs:
            number, position = (ref & _REF) >> form.NAME_BITS, ref & form.LAST_NAME
            names = self.spellings(number)
            name = names[position if position < form.LAST_NAME else position + (ref >> _REF_BITS)]
            found.append((number, str(name, *form.ENCODING), name == names[0]))
        return found

    def _told_apart(self, keys: Keys, likely: list[Likely]) -> list[Likely]:
        """Say of names that have the last number which is meant: the likeliest with that sound."""
        for place, (ref, sound) in enumerate(likely):
            if ref & form.LAST_NAME == form.LAST_NAME:
                likely[place] = (ref | self._likeliest(keys, ref, sound) << _REF_BITS, sound)
        return likely

    def _likeliest(self, keys: Keys, ref: int, sound: str) -> int:
        """Return which of the names from the last number on is likeliest."""
        late = [fold(str(name, *form.ENCODING)) for name in self.spellings(ref >> form.NAME_BITS)[form.LAST_NAME :]]
        alike = [(compared(keys, those)[1], -place) for place, those in enumerate(late) if those.sound == sound]
        return -max(alike)[1]

    def _picked(self, keys: Keys, found: Sequence[Heard], pool: int) -> list[Likely]:
        """Choose entries with some sounds; of many that sound the same, the most prominent."""
        alike = takewhile(lambda heard: heard[0] == SAME, found)
        same = [(run.bucket, run.having(number)) for _, _, number, run in alike]
        if same and (found[-1][0] == SAME or sum(len(entries) for _, entries in same) >= pool):
            return self._prominent(keys, same, pool)
        return first_entries(found, pool)

    def _prominent(self, keys: Keys, same: Iterable[tuple[Bucket, Sequence[int]]], limit: int) -> list[Likely]:
        """Choose the most prominent of the entries that sound as the name does, those of the same spelling first."""
        check = form.check_of(keys.plain)
        spelled: list[int] = []
        others: list[int] = []
        for bucket, entries in same:
            refs, checks = bucket.refs(), bucket.checks()
            spelled += [refs[entry] for entry in entries if checks[entry] == check]
            others += [refs[entry] for entry in entries if checks[entry] != check]
        chosen = self._most_prominent(spelled, limit)
        chosen += self._most_prominent(others, limit - len(chosen))
        return [(ref, keys.sound) for ref in chosen]

    def _most_prominent(self, refs: list[int], limit: int) -> list[int]:
        if len(refs) <= limit:
            return refs
        if not limit:
            return []
        weights = self.weights_of([ref >> form.NAME_BITS for ref in refs])
        return [refs[place] for place in nlargest(limit, range(len(refs)), key=weights.__getitem__)]


def _all_of(runs: Iterable[Run]) -> list[Likely]:
    return [(run.bucket.ref(entry), sound) for run in runs for entry, sound in run.entries()]
