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
from typing import Final, NamedTuple

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.places.index.buckets import LIKE_ALL, Bucket, Group, Run

SAME: Final = LIKE_ALL
_CUTOFF: Final = 50.0
_SCORE = itemgetter(0)
_SCORE_AND_RUN = itemgetter(0, 3)


class Heard(NamedTuple):
    """A sound like another: how much (0 to 100), and its number in a run."""

    score: float
    sound: str
    number: int
    run: Run


def nearest(
    sound: str, groups: Iterable[tuple[float, Bucket, Group | None]], limit: int, found: Sequence[Heard] = ()
) -> list[Heard]:
    """Return the sounds that are most like a sound, and those found before, best first.

    Parameters
    ----------
    sound : str
        What is looked up.
    groups : iterable of (float, Bucket, Group or None)
        See `Bucket.nearest_first`.
    limit : int
        How many sounds at most.
    found : sequence of Heard, optional
        What was found before.
    """
    ordered = sorted(groups, key=itemgetter(0), reverse=True)
    best = [*found]
    begin = 0
    while begin < len(ordered):
        bound = ordered[begin][0]
        if is_full(best, limit, bound):
            break
        end = begin + 1
        while end < len(ordered) and ordered[end][0] == bound:
            end += 1
        runs = [bucket.run(group) if group else bucket.whole() for _, bucket, group in ordered[begin:end]]
        best = nearest_of(sound, runs, limit, best)
        begin = end
    return best


def nearest_of(sound: str, runs: Sequence[Run], limit: int, found: Sequence[Heard] = ()) -> list[Heard]:
    """Return the sounds of some runs that are most like a sound, and those found before, best first."""
    least = found[limit - 1].score if len(found) >= limit else _CUTOFF
    bases = [*accumulate([run.count for run in runs], initial=0)]
    sounds = str(b"\n".join([run.lines for run in runs]), "ascii").split("\n")
    best = [*found]
    for other, score, place in process.extract(sound, sounds, scorer=ratio, limit=limit, score_cutoff=least):
        at = bisect_right(bases, place) - 1
        best.append(Heard(score, other, place - bases[at], runs[at]))
    best.sort(key=_SCORE, reverse=True)
    return best[:limit]


def is_full(found: Sequence[Heard], limit: int, bound: float) -> bool:
    """Say whether nothing up to a bound can be among the best."""
    return bound < _CUTOFF or (len(found) >= limit and found[limit - 1].score >= bound)


def first_entries(found: Iterable[Heard], limit: int) -> list[tuple[int, str]]:
    """Return what the first entries with some sounds refer to, and the sound of each: the sounds most alike first."""
    chosen: list[tuple[int, str]] = []
    # Of equal scores the sounds of one run stand together.
    for (_, run), alike in groupby(found, key=_SCORE_AND_RUN):
        left = limit - len(chosen)
        entries = [(entry, heard.sound) for heard in alike for entry in run.having(heard.number, left)]
        entries.sort()
        chosen += [(run.bucket.ref(entry), sound) for entry, sound in entries[:left]]
        if len(chosen) == limit:
            break
    return chosen
