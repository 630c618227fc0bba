"""Look names up in a compiled gazetteer, where it lies on the disk.

Nothing is loaded: the file is mapped into memory, and a look-up touches a few
pages of it. A name is looked up by its consonants (`names.Keys.skeleton`): all
spellings of a name, in Latin and in Arabic, lie side by side in one bucket, so
that one probe finds what otherwise takes a search. Where no good match lies
there, the buckets that differ by one consonant are probed as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import chain, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Final

from mapper.places.index import format as form
from mapper.places.index.buckets import Bucket, Group, Run, bounding
from mapper.places.index.damage import whole
from mapper.places.index.nearest import SAME, Heard, first_entries, is_full, nearest, nearest_of
from mapper.places.index.records import Records
from mapper.places.names.keys import Keys, fold, plain_of, skeleton_of
from mapper.places.names.ranking import (
    AGREEING,
    Alike,
    Candidate,
    How,
    Match,
    compared,
    comparing,
    looked_up,
)
from mapper.places.names.vocabulary import Vocabulary

_FAR: Final = 2
_POOL: Final = 8
"""Names beyond the limit that are compared in full: a place may have several."""

_MANY_ASKED: Final = 16
_REMEMBERED: Final = 1 << 12
"""Names that are kept in memory, half a kilobyte each: those of a region come up again and again."""

_Sounding = tuple[int, str]
"""What an entry refers to, and its sound."""


_Name = tuple[str, str, str, bool]
"""A name of a place, its plain key and its name key, and whether the place goes by it."""


@whole("candidates", "exact", "has_sound")
class Index(Records):
    """One compiled gazetteer. Make one with `Index.open`."""

    def __init__(self, compiled: form.Compiled, layer: int = 0) -> None:
        super().__init__(compiled)
        part = compiled.sections
        self._layer = layer
        self._filter, self._jump = part["filter"], part["jump"]
        self._skeletons, self._buckets = part["skeletons"], part["buckets"]
        self._plainjump, self._plains = part["plainjump"], part["plains"]
        self._filter_shift = form.HASH_BITS - (len(self._filter) * 8).bit_length() + 1
        self._jump_shift = form.HASH_BITS - len(self._jump).bit_length() + 1
        self._plain_shift = form.HASH_BITS - len(self._plainjump).bit_length() + 1
        self._plain_size, self._area_size = self._head["plain_size"], self._head["area_size"]
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=False)
        self._known: dict[int, _Name] = {}
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

    def candidates(
        self, keys: Keys, countries: Sequence[str], limit: int, alike: Alike, *, edits: bool
    ) -> list[Candidate]:
        """Compare the names of the same consonants, or (`edits`) those that differ by one; in no order."""
        self._count()
        code = form.packed(keys.skeleton)
        codes: Mapping[int, int] = form.edited(code) if edits else {code: 0}
        if alike == "consonants":
            chosen = self._chosen(keys, code, codes, countries, limit)
        else:
            same = [(bucket, bucket.same_sound(keys.sound)) for bucket in self._found(codes)]
            if alike == "name":
                bare = form.check_of(keys.name)
                same = [(bucket, [e for e in entries if bucket.bare(e) == bare]) for bucket, entries in same]
            chosen = self._prominent(keys, same, limit + _POOL)
        return self._compared(keys, chosen, codes, alike)

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
        return any(bucket.same_sound(sound) for bucket in self._found([form.packed(skeleton_of(sound))]))

    def _count(self) -> None:
        """Count what is asked: who asks for a few names needs some pages, who asks for many all of them."""
        self._asked += 1
        if self._asked == _MANY_ASKED:
            self._compiled.to_be_read_ahead()

    def _found(self, codes: Iterable[int]) -> list[Bucket]:
        """Find the buckets of packed skeletons."""
        there, jump, skeletons, buckets = self._filter, self._jump, self._skeletons, self._buckets
        bit_shift, shift, area_size, prime, mask = (
            *(self._filter_shift, self._jump_shift),
            *(self._area_size, form.PRIME, form.HASH_MASK),
        )
        byte_shift = bit_shift + 3
        found = []
        for code in codes:
            value = code % prime
            if there[value >> byte_shift] >> (value >> bit_shift & 7) & 1:
                top = value >> shift
                place = bisect_left(skeletons, value << 32, jump[top], jump[top + 1])
                skeleton = skeletons[place]
                if skeleton >> 32 == value:
                    raw = buckets[skeleton & mask : skeletons[place + 1] & mask]
                    found.append(Bucket(raw, area_size, code))
        return found

    def _chosen(
        self, keys: Keys, code: int, codes: Mapping[int, int], countries: Sequence[str], limit: int
    ) -> list[_Sounding]:
        """Choose the likeliest entries of some buckets, those in the countries asked for first.

        Parameters
        ----------
        keys : Keys
            What is looked up.
        code : int
            Its packed skeleton.
        codes : mapping of int to int
            The packed skeletons, each with how many consonants must at least be put in or taken out to get there.
        countries : sequence of str
            ISO codes.
        limit : int
            How many places are wanted.
        """

        def groups(buckets: Iterable[Bucket]) -> Iterator[tuple[float, Bucket, Group | None]]:
            return chain.from_iterable([b.nearest_first(keys.sound, code, codes[b.code]) for b in buckets])

        pool = limit + _POOL
        places = self._head["countries"]
        ranges = sorted(places[country] for country in set(countries) if country in places)
        buckets = self._found([near for near, cost in codes.items() if cost < _FAR])
        farther = [far for far, cost in codes.items() if cost == _FAR]
        if farther and not ranges and sum(bucket.count for bucket in buckets) > limit:
            heard = nearest(keys.sound, groups(buckets), pool)
            # Of other consonants, as many, none are nearer than those of the same length.
            if not is_full(heard, pool, bounding(keys.sound, code, code, _FAR)[len(keys.sound)]):
                heard = nearest(keys.sound, groups(self._found(farther)), pool, heard)
            return self._picked(keys, heard, pool)
        buckets += self._found(farther)
        if sum(bucket.count for bucket in buckets) <= limit:
            return _all_of(bucket.whole() for bucket in buckets)
        chosen: list[_Sounding] = []
        if ranges:
            inside = [part for bucket in buckets for part in self._parts(bucket, ranges)]
            few = sum(part.end - part.begin for part in inside) <= limit
            chosen = _all_of(inside) if few else self._picked(keys, nearest_of(keys.sound, inside, pool), pool)
        if len(chosen) < limit:
            chosen += self._picked(keys, nearest(keys.sound, groups(buckets), pool), pool)
        return [*dict.fromkeys(chosen)]

    def _parts(self, bucket: Bucket, ranges: Sequence[tuple[int, int]]) -> Iterable[Run]:
        """Give the entries of a bucket whose areas are in ranges."""
        if bucket.count > form.FEW:
            return bucket.parts(ranges)
        areas = [self.area_number(ref >> form.NAME_BITS) for ref in bucket.refs()]
        bounds = [(bisect_left(areas, first), bisect_left(areas, last)) for first, last in ranges]
        return [bucket.part(low, high) for low, high in bounds if low < high]

    def _compared(
        self, keys: Keys, entries: Sequence[_Sounding], codes: Mapping[int, int], alike: Alike
    ) -> list[Candidate]:
        """Compare the names of entries, given with their sounds, in full."""
        agreeing, compare = AGREEING[alike], comparing(keys)
        found = []
        for (ref, sound), (name, plain, bare, is_own) in zip(entries, self._named(keys, entries), strict=True):
            skeleton = skeleton_of(sound)
            if skeleton == keys.skeleton or form.packed(skeleton) in codes:  # Others only have the same hash.
                how, similarity = compare(plain, bare, sound, skeleton)
                if how in agreeing:
                    found.append((similarity, ref >> form.NAME_BITS, how, name, is_own))
        found.sort(key=itemgetter(0), reverse=True)
        best: dict[int, tuple[float, int, How, str, bool]] = {}
        for each in found:
            # A place stands once, with its best name.
            best.setdefault(each[1], each)
        layer = self._layer
        return [
            Candidate(similarity, how, name, layer, number, *rank, is_own)
            for (similarity, number, how, name, is_own), rank in zip(best.values(), self.ranks_of(best), strict=True)
        ]

    def _named(self, keys: Keys, entries: Sequence[_Sounding]) -> list[_Name]:
        """Return the names that entries stand for."""
        known = self._known
        new = [ref for ref, _ in entries if ref not in known]
        if new and len(known) > _REMEMBERED:
            known.clear()
            new = [ref for ref, _ in entries]
        refs, names, are_own = [], [], []
        for ref in new:
            position = ref & form.LAST_NAME
            if position < form.LAST_NAME:
                spellings = self.spellings(ref >> form.NAME_BITS)
                refs.append(ref)
                names.append(spellings[position].decode("utf-8", "surrogatepass"))
                are_own.append(not position or spellings[position] == spellings[0])
        finer = self._vocabulary.finer_keys(names)
        for ref, name, (plain, bare), is_own in zip(refs, names, finer, are_own, strict=True):
            known[ref] = (name, plain, bare, is_own)
        return [known.get(ref) or self._late(keys, ref, sound) for ref, sound in entries]

    def _late(self, keys: Keys, ref: int, sound: str) -> _Name:
        """Return the likeliest of the names that have the last number, and a sound."""
        late = [str(name, *form.ENCODING) for name in self.spellings(ref >> form.NAME_BITS)[form.LAST_NAME :]]
        folded = [(fold(name), name) for name in late]
        alike = [(compared(keys, those)[1], those, name) for those, name in folded if those.sound == sound]
        _, those, name = max(alike, key=itemgetter(0))
        return name, those.plain, those.name, False

    def _picked(self, keys: Keys, found: Sequence[Heard], pool: int) -> list[_Sounding]:
        """Choose entries with some sounds; of many that sound the same, the most prominent."""
        alike = takewhile(lambda heard: heard.score == SAME, found)
        same = [(heard.run.bucket, heard.run.having(heard.number)) for heard in alike]
        if same and (found[-1].score == SAME or sum(len(entries) for _, entries in same) >= pool):
            return self._prominent(keys, same, pool)
        return first_entries(found, pool)

    def _prominent(self, keys: Keys, same: Iterable[tuple[Bucket, Sequence[int]]], limit: int) -> list[_Sounding]:
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


def _all_of(runs: Iterable[Run]) -> list[_Sounding]:
    return [(run.bucket.ref(entry), sound) for run in runs for entry, sound in run.entries()]
