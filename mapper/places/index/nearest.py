"""Find the sounds that are most like a sound, without reading those that cannot be.

Buckets of common skeletons have thousands of sounds. They lie in the file by
length: a length, and a skeleton that differs, bound how much two sounds can
have in common, so that most lengths are never read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.places.index import format as form
from mapper.places.index.buckets import LIKE_ALL, Bounded, Bucket, Run
from mapper.places.index.search import Query

SAME: Final = LIKE_ALL
_CUTOFF: Final = 50.0
_SCORE = itemgetter(0)
_SCORE_AND_RUN = itemgetter(0, 3)

Heard = tuple[float, str, int, Run]
"""A sound like another: how much (0 to 100), it, its number in a run, and the run."""


def nearest(query: Query, buckets: Iterable[Bucket], limit: int, found: Sequence[Heard] = ()) -> list[Heard]:
    """Return the sounds that are most like that of a query, and those found before, best first.

    Parameters
    ----------
    query : Query
        What is looked up.
    buckets : iterable of Bucket
        Where.
    limit : int
        How many sounds at most.
    found : sequence of Heard, optional
        What was found before.
    """
    sound, costs = query.keys.sound, query.costs
    runs: list[Run] = []
    bounded: list[Bounded] = []
    for bucket in buckets:
        if bucket.sounds <= form.MANY_SOUNDS:
            runs.append(bucket.whole())
            continue
        for each in bucket.by_length(sound, query.code, costs[bucket.code]):
            if each[0] < LIKE_ALL:
                bounded.append(each)
            else:
                runs.append(bucket.run(each[2]))
    best = [*found]
    if runs and not is_full(best, limit, LIKE_ALL):
        best = nearest_of(sound, runs, limit, best)
    bounded.sort(key=_SCORE, reverse=True)
    for bound, alike in groupby(bounded, key=_SCORE):
        if is_full(best, limit, bound):
            break
        best = nearest_of(sound, [bucket.run(group) for _, bucket, group in alike], limit, best)
    return best


def nearest_of(sound: str, runs: Sequence[Run], limit: int, found: Sequence[Heard] = ()) -> list[Heard]:
    """Return the sounds of some runs that are most like a sound, and those found before, best first."""
    least = found[limit - 1][0] if len(found) >= limit else _CUTOFF
    bases = [*accumulate([run.count for run in runs], initial=0)]
    sounds = str(b"\n".join([run.lines for run in runs]), "ascii").split("\n")
    best = [*found]
    for other, score, place in process.extract(sound, sounds, scorer=ratio, limit=limit, score_cutoff=least):
        at = bisect_right(bases, place) - 1
        best.append((score, other, place - bases[at], runs[at]))
    best.sort(key=_SCORE, reverse=True)
    return best[:limit]


def is_full(found: Sequence[Heard], limit: int, bound: float) -> bool:
    """Say whether nothing up to a bound can be among the best."""
    return bound < _CUTOFF or (len(found) >= limit and found[limit - 1][0] >= bound)


def first_entries(found: Sequence[Heard], limit: int) -> list[tuple[int, str]]:
    """Return what the first entries with some sounds refer to, and the sound of each: the sounds most alike first."""
    chosen: list[tuple[int, str]] = []
    # Of equal scores the sounds of one run stand together.
    for (_, run), alike in groupby(found, key=_SCORE_AND_RUN):
        bucket, left = run.bucket, limit - len(chosen)
        if bucket.count == 1:
            chosen += [(bucket.ref(0), sound) for _, sound, _, _ in alike]
        else:
            entries = [(entry, sound) for _, sound, number, _ in alike for entry in run.having(number, left)]
            entries.sort()
            chosen += [(bucket.ref(entry), sound) for entry, sound in entries[:left]]
        if len(chosen) == limit:
            break
    return chosen
