"""Choose the likeliest names of several layers together, by their sounds alone: only those are read and compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import takewhile
from operator import itemgetter
from typing import Final, Protocol, runtime_checkable

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.places.index import format as form
from mapper.places.index.buckets import Bucket, Run
from mapper.places.index.nearest import SAME, Heard, bucket_of, first_entries, is_full, nearest, nearest_of, run_of
from mapper.places.index.query import Probe, Query
from mapper.places.names.keys import Keys

Likely = tuple[int, str]
"""What a name is referred to by, and its sound."""

_SPARE: Final = 12
"""Names beyond the limit that are compared in full: a place may have several."""

_SPARE_OF_EACH: Final = 4
"""Names more for each further layer: a place may lie in several."""

_PROMISING: Final = 88.0
"""How much names of the same consonants must sound alike for it to be worth to compare them before others are looked
at: hardly one that sounds less like it is as good as `search.GOOD`."""

_FEW: Final = 8
_PROMISING_OF_FEW: Final = 76.0
"""The same where names of the same consonants are so few that to compare them costs little."""


@runtime_checkable
class Source(Protocol):
    """What names are chosen from."""

    @property
    def layer(self) -> int:
        """Its number."""
        ...

    @property
    def countries(self) -> frozenset[str]:
        """The codes of the countries that its places lie in."""
        ...

    def bucket(self, probe: Probe) -> Bucket | None:
        """Return the entries under a skeleton, if there are any."""
        ...

    def buckets(self, probes: Iterable[Probe]) -> list[Bucket]:
        """Return the entries under some skeletons."""
        ...

    def inside(self, buckets: Iterable[Bucket], countries: Sequence[str]) -> list[Run]:
        """Return those of its entries that lie in some countries."""
        ...

    def weights_of(self, numbers: Sequence[int]) -> list[float]:
        """Return the prominence of each of some places."""
        ...

    def later(self, likely: Likely, keys: Keys) -> int:
        """Return how many names behind the last number is the likeliest of those with one sound."""
        ...


class Choice:
    """The likeliest names for one look-up.

    Parameters
    ----------
    sources : sequence of Source
        Where.
    keys : Keys
        Of the name that is looked up.
    countries : sequence of str
        Names there are chosen first.
    limit : int
        For how many places.
    is_home : bool
        Whether only names there are wanted, where they are to agree in their consonants.
    """

    def __init__(
        self, sources: Sequence[Source], keys: Keys, countries: Sequence[str], limit: int, *, is_home: bool = False
    ) -> None:
        if is_home:
            sources = [source for source in sources if not source.countries.isdisjoint(countries)]
        self._sources = sources
        self._is_home = is_home
        self._keys = keys
        self._countries = countries
        self._limit = limit
        self._spare = _SPARE + _SPARE_OF_EACH * (len(sources) - 1)
        self._pool = limit + self._spare
        self._few: list[Likely] = []
        self._own: list[Bucket] = []
        self._heard: list[Heard] = []

    def of_sound(self, query: Query, *, is_same_name: bool) -> list[Likely]:
        """Choose names that sound the same; or that are the same, but for habits of spelling."""
        sound = self._keys.sound
        buckets = self._own_of(query)
        if not is_same_name:
            same = [(bucket, bucket.same_sound(sound)) for bucket in buckets]
            return self._told_apart(self._prominent(same, self._pool))
        bare = form.check_of(self._keys.name)
        named = [(bucket, bares) for bucket in buckets if bare in (bares := bucket.bares())]
        same = [(bucket, [e for e in bucket.same_sound(sound) if bares[e] == bare]) for bucket, bares in named]
        return self._told_apart(self._prominent(same, self._pool))

    def of_consonants(self, query: Query) -> list[Likely]:
        """Choose names of the same consonants."""
        buckets = self._own_of(query)
        if self._is_home:
            self._own = buckets
            return self._told_apart(self._inside(query, buckets))
        few = [bucket for bucket in buckets if bucket.count <= self._limit]
        self._own = [bucket for bucket in buckets if bucket.count > self._limit]
        self._few = _all_of([bucket.whole() for bucket in few])
        chosen = self._chosen(query, []) if self._own else []
        return self._told_apart(self._few + chosen)

    def near_consonants(self, query: Query) -> list[Likely]:
        """Choose names that differ by a consonant, and again those of the same where the query is for both."""
        if self._is_home:
            own = self._own if query.own else []
            return self._told_apart(self._inside(query, own + self._found([*query.nearer, *query.farther])))
        if not query.own:
            return self._told_apart(self._chosen(query, self._heard))
        self._pool = max(self._pool - len(self._few), self._pool // 2)
        return self._told_apart(self._few + self._chosen(query, self._heard))

    def _told_apart(self, likely: list[Likely]) -> list[Likely]:
        """Say of names that have the last number of their places which is meant."""
        for place, each in enumerate(likely):
            ref, sound = each
            if ref & form.LAST_NAME == form.LAST_NAME:
                [source] = [source for source in self._sources if source.layer == ref >> form.LAYER_AT]
                likely[place] = (ref | source.later(each, self._keys) << form.LATER_AT, sound)
        return likely

    def _own_of(self, query: Query) -> list[Bucket]:
        return [bucket for source in self._sources if (bucket := source.bucket(query.probe)) is not None]

    def _found(self, probes: Sequence[Probe]) -> list[Bucket]:
        return [bucket for source in self._sources for bucket in source.buckets(probes)]

    def _chosen(self, query: Query, heard: list[Heard]) -> list[Likely]:
        """Choose the likeliest entries under the skeletons of a query, those in the countries asked for first.

        Parameters
        ----------
        query : Query
            What is looked up.
        heard : list of Heard
            The nearest of the same consonants, if they are known.
        """
        own = self._own if query.own else []
        others = self._found(query.nearer)
        buckets = own + others
        strange = others if heard else buckets
        if query.farther and not self._countries and sum([bucket.count for bucket in buckets]) > self._limit:
            heard = nearest(query, strange, self._pool, heard)
            # Of other consonants, as many, none are nearer than those of the same length.
            if not is_full(heard, self._pool, query.farthest):
                heard = nearest(query, self._found(query.farther), self._pool, heard)
            return self._picked(query, heard)
        farther = self._found(query.farther)
        buckets, strange = buckets + farther, strange + farther
        if sum([bucket.count for bucket in buckets]) <= self._limit:
            return _all_of([bucket.whole() for bucket in buckets])
        chosen = self._inside(query, buckets) if self._countries else []
        if len(chosen) < self._limit:
            self._heard = nearest(query, strange, self._pool, heard)
            there = set(chosen)
            more = [each for each in self._picked(query, self._heard) if each not in there]
            chosen += more[: self._pool - len(chosen)]
        return chosen

    def _inside(self, query: Query, buckets: Sequence[Bucket]) -> list[Likely]:
        """Choose the likeliest entries in the countries asked for."""
        inside = [run for source in self._sources for run in source.inside(buckets, self._countries)]
        if sum([run.end - run.begin for run in inside]) <= self._limit:
            return _all_of(inside)
        return self._picked(query, nearest_of(self._keys.sound, inside, self._pool))

    def _picked(self, query: Query, found: Sequence[Heard]) -> list[Likely]:
        """Choose entries with some sounds; of many that sound the same, the most prominent."""
        alike = takewhile(lambda heard: heard[0] == SAME, found)
        runs = [(run_of(part), number) for _, _, number, part in alike]
        same = [(run.bucket, run.having(number)) for run, number in runs]
        if same and (found[-1][0] == SAME or sum(len(entries) for _, entries in same) >= self._pool):
            return self._prominent(same, self._pool)
        if not query.own:
            found = [each for each in found if bucket_of(each[3]).code != query.code]
        return first_entries(found, self._pool)

    def _prominent(self, same: Iterable[tuple[Bucket, Sequence[int]]], limit: int) -> list[Likely]:
        """Choose the most prominent of the entries that sound as the name does, those of the same spelling first."""
        check, sound = form.check_of(self._keys.plain), self._keys.sound
        spelled: list[int] = []
        others: list[int] = []
        for bucket, entries in same:
            if entries:
                refs, checks, base = bucket.refs(), bucket.checks(), bucket.base
                spelled += [base | refs[entry] for entry in entries if checks[entry] == check]
                others += [base | refs[entry] for entry in entries if checks[entry] != check]
        chosen = self._most_prominent(spelled, limit)
        chosen += self._most_prominent(others, limit - len(chosen))
        return [(ref, sound) for ref in chosen]

    def _most_prominent(self, refs: list[int], limit: int) -> list[int]:
        if len(refs) <= limit:
            return refs
        if not limit:
            return []
        weighed: list[tuple[float, int]] = []
        for source in self._sources:
            own = [ref for ref in refs if ref >> form.LAYER_AT == source.layer]
            numbers = [(ref & form.REF) >> form.NAME_BITS for ref in own]
            weighed += zip(source.weights_of(numbers), own, strict=True)
        return [ref for _, ref in nlargest(limit, weighed, key=itemgetter(0))]


def is_promising(sound: str, likely: Sequence[Likely]) -> bool:
    """Say whether any of some names of the same consonants sounds so much like a name that it may be it."""
    sounds = [other for _, other in likely]
    if not sounds or sound in sounds:
        return bool(sounds)
    least = _PROMISING_OF_FEW if len(sounds) <= _FEW else _PROMISING
    # Arabic does not write the short a.
    bare = "\n".join(sounds).replace("a", "").split("\n")
    pairs = ((sound, sounds), (sound.replace("a", ""), bare))
    return any(process.extractOne(one, others, scorer=ratio, score_cutoff=least) for one, others in pairs)


def _all_of(runs: Iterable[Run]) -> list[Likely]:
    return [(run.bucket.ref(entry), sound) for run in runs for entry, sound in run.entries()]
