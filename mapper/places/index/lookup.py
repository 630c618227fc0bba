"""Look names up in a compiled gazetteer, where it lies on the disk.

Nothing is loaded: the file is mapped into memory, and a look-up touches a few
pages of it. A name is looked up by its consonants (`names.Keys.skeleton`): all
spellings of a name, in Latin and in Arabic, lie side by side in one bucket, so
that one probe finds what otherwise takes a search. Where no good match lies
there, the buckets that differ by one consonant are probed as well.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from heapq import nlargest
from itertools import groupby, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.places.index import format as form
from mapper.places.index.buckets import Bucket, Run, having
from mapper.places.index.damage import whole
from mapper.places.index.records import Records
from mapper.places.names.keys import Keys, fold, plain_of, skeleton_of
from mapper.places.names.ranking import (
    AGREEING,
    Alike,
    Candidate,
    Match,
    compared,
    compared_keys,
    looked_up,
)
from mapper.places.names.vocabulary import Vocabulary

_CUTOFF: Final = 50.0
_SAME: Final = 100.0
_POOL: Final = 8
"""Names beyond the limit that are compared in full: a place may have several."""

_REMEMBERED: Final = 1 << 12
"""Names that are kept in memory, half a kilobyte each: those of a region come up again and again."""

_Entry = tuple[Bucket, int]
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
        self._jump, self._hashes = part["jump"], part["hashes"]
        self._offsets, self._buckets = part["offsets"], part["buckets"]
        self._shift: int = form.HASH_BITS - self._head["jump_bits"]
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=False)
        self._known: dict[int, _Name] = {}

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
        code = form.packed(keys.skeleton)
        codes: Collection[int] = form.edited(code) if edits else (code,)
        buckets = self._found(codes)
        if alike == "consonants":
            chosen = self._chosen(keys, buckets, countries, limit)
        else:
            same = [(bucket, entry) for bucket in buckets for entry in bucket.same_sound(keys.sound)]
            if alike == "name":
                bare = form.check_of(keys.name)
                same = [(bucket, entry) for bucket, entry in same if bucket.bare(entry) == bare]
            chosen = self._prominent(keys, same, limit + _POOL)
        return self._compared(keys, chosen, codes, alike)

    def exact(self, name: str) -> list[int]:
        """Return the numbers of the places that have a name with the same plain key, see `at`."""
        keys = fold(name)
        found = []
        check = form.check_of(keys.plain)
        for bucket in self._found([form.packed(keys.skeleton)]) if keys.skeleton else ():
            for entry in bucket.same_sound(keys.sound):
                if bucket.check(entry) == check:
                    number, position = divmod(bucket.ref(entry), form.LAST_NAME + 1)
                    spellings = self.spellings(number)[position:]
                    # The last number stands for several names.
                    asked = spellings if position == form.LAST_NAME else spellings[:1]
                    if any(plain_of(str(name, *form.ENCODING)) == keys.plain for name in asked):
                        found.append(number)
        return found

    def has_sound(self, sound: str) -> bool:
        """Say whether a name has this sound key."""
        return any(bucket.same_sound(sound) for bucket in self._found([form.packed(skeleton_of(sound))]))

    def _found(self, codes: Iterable[int]) -> list[Bucket]:
        """Find the buckets of packed skeletons."""
        jump, hashes, shift, offsets = self._jump, self._hashes, self._shift, self._offsets
        area_size = self._head["area_size"]
        found = []
        for code in codes:
            value = form.hashed(code)
            top = value >> shift
            low, high = jump[top], jump[top + 1]
            if low < high:
                place = bisect_left(hashes, value, low, high)
                if place < high and hashes[place] == value:
                    found.append(Bucket(self._buckets[offsets[place] : offsets[place + 1]], area_size))
        return found

    def _chosen(self, keys: Keys, buckets: Sequence[Bucket], countries: Sequence[str], limit: int) -> list[_Sounding]:
        """Choose the likeliest entries of some buckets, those in the countries asked for first."""
        runs = [bucket.whole() for bucket in buckets]
        if sum(bucket.count for bucket in buckets) <= limit:
            return _all_of(runs)
        chosen: list[_Sounding] = []
        places = self._head["countries"]
        if ranges := sorted(places[country] for country in set(countries) if country in places):
            inside = [part for bucket in buckets for part in self._parts(bucket, ranges)]
            chosen = self._likeliest(keys, inside, limit)
        if len(chosen) < limit:
            chosen += self._likeliest(keys, runs, limit)
        return [*dict.fromkeys(chosen)]

    def _parts(self, bucket: Bucket, ranges: Sequence[tuple[int, int]]) -> Iterable[Run]:
        """Give the entries of a bucket whose areas are in ranges."""
        if bucket.count > form.FEW:
            return bucket.parts(ranges)
        whole_of_it = bucket.whole()
        areas = [self.area_number(bucket.ref(entry) >> form.NAME_BITS) for entry in range(bucket.count)]
        bounds = [(bisect_left(areas, first), bisect_left(areas, last)) for first, last in ranges]
        return [whole_of_it.part(low, high) for low, high in bounds if low < high]

    def _compared(
        self, keys: Keys, entries: Sequence[_Sounding], codes: Collection[int], alike: Alike
    ) -> list[Candidate]:
        """Compare the names of entries, given with their sounds, in full."""
        agreeing = AGREEING[alike]
        found = []
        for (ref, sound), (name, plain, bare, is_own) in zip(entries, self._named(keys, entries), strict=True):
            skeleton = skeleton_of(sound)
            if skeleton == keys.skeleton or form.packed(skeleton) in codes:  # Others only have the same hash.
                how, similarity = compared_keys(keys, plain, bare, sound, skeleton)
                if how in agreeing:
                    found.append((similarity, ref >> form.NAME_BITS, how, name, is_own))
        found.sort(key=itemgetter(0), reverse=True)
        kept: dict[int, Candidate] = {}
        for similarity, number, how, name, is_own in found:
            # A place stands once, with its best name.
            if number not in kept:
                place_id, country, prominence = self.rank_of(number)
                rest = (self._layer, number, place_id, country, prominence, is_own)
                kept[number] = Candidate(similarity, how, name, *rest)
        return list(kept.values())

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
                names.append(str(spellings[position], *form.ENCODING))
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

    def _likeliest(self, keys: Keys, runs: Sequence[Run], limit: int) -> list[_Sounding]:
        """Choose the entries that sound most alike; of those that sound the same, the most prominent."""
        if sum(run.end - run.begin for run in runs) <= limit:
            return _all_of(runs)
        pool = limit + _POOL
        sounds: list[str] = []
        bases = []
        for run in runs:
            bases.append(len(sounds))
            sounds += run.sounds
        nearest = process.extract(keys.sound, sounds, scorer=ratio, limit=pool, score_cutoff=_CUTOFF)
        if not nearest:
            return []
        if nearest[0][1] == _SAME:
            same = having(runs, bases, takewhile(lambda found: found[1] == _SAME, nearest))
            if len(same) >= pool or nearest[-1][1] == _SAME:
                return self._prominent(keys, [(runs[number].bucket, entry) for number, entry, _ in same], pool)
        chosen: list[_Sounding] = []
        # Of equal scores the first sounds are given, and sounds stand in the order of their first entries: there are
        # no entries before theirs that sound as much alike.
        for _, alike in groupby(nearest, key=itemgetter(1)):
            first = having(runs, bases, alike, pool - len(chosen))
            chosen += [(runs[number].bucket.ref(entry), sound) for number, entry, sound in first]
            if len(chosen) == pool:
                break
        return chosen

    def _prominent(self, keys: Keys, entries: list[_Entry], limit: int) -> list[_Sounding]:
        """Choose the most prominent of the entries that sound as the name does, those of the same spelling first."""
        if len(entries) > limit:
            check = form.check_of(keys.plain)
            weights = self.weights_of(bucket.ref(entry) >> form.NAME_BITS for bucket, entry in entries)
            order = [
                (bucket.check(entry) == check, weight) for (bucket, entry), weight in zip(entries, weights, strict=True)
            ]
            entries = [entries[place] for place in nlargest(limit, range(len(entries)), key=order.__getitem__)]
        return [(bucket.ref(entry), keys.sound) for bucket, entry in entries]


def _all_of(runs: Iterable[Run]) -> list[_Sounding]:
    return [(run.bucket.ref(entry), sound) for run in runs for entry, sound in run.entries()]
