"""Find the sounds that are most like a sound, without reading those that cannot be.

Buckets of common skeletons have thousands of sounds. They lie in the file by
length: a length, and a skeleton that differs, bound how much two sounds can
have in common, so that most lengths are never read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from mapper.places.index import format as form
from mapper.places.index.buckets import LIKE_ALL, Bucket, Run
from mapper.places.index.query import Query

SAME: Final = LIKE_ALL
_CUTOFF: Final = 50.0
_LIKELY: Final = 75.0
"""Where many sounds are this much like a sound, others are not even counted."""

_AT_ONCE: Final = 512
"""Sounds that are compared before asking whether those that follow can still be among the best: to ask, and to start
comparing, takes as long as to compare some hundreds."""

_SCORE = itemgetter(0)

Heard = tuple[float, str, int, Bucket | Run]
"""A sound like another: how much (0 to 100), it, its number, and the bucket, or the part of one, that it has it in."""


def nearest(query: Query, buckets: Sequence[Bucket], limit: int, found: Sequence[Heard] = ()) -> list[Heard]:
    """Return the sounds that are most like that of a query, and those found before, best first.

    Parameters
    ----------
    query : Query
        What is looked up.
    buckets : sequence of Bucket
        Where.
    limit : int
        How many sounds at most.
    found : sequence of Heard, optional
        What was found before.
    """
    sound = query.keys.sound
    large = [bucket for bucket in buckets if bucket.sounds > form.MANY_SOUNDS]
    some: list[Bucket | Run] = [bucket for bucket in buckets if bucket.sounds <= form.MANY_SOUNDS]
    best = [*found]
    most = LIKE_ALL + 1
    for least in (_LIKELY, _CUTOFF) if large else ():
        if is_full(best, limit, most):
            break
        bounded = [each for bucket in large for each in bucket.by_length(query.bounds(bucket.code), least, most)]
        bounded.sort(key=_SCORE, reverse=True)
        count = len(some)
        for bound, bucket, group in bounded:
            if count >= _AT_ONCE:
                best = nearest_of(sound, some, limit, best)
                some, count = [], 0
            if not some and is_full(best, limit, bound):
                break
            some.append(bucket.run(group))
            count += group[2]
        if some:
            best = nearest_of(sound, some, limit, best)
            some = []
        most = least
    return nearest_of(sound, some, limit, best) if some else best


def nearest_of(sound: str, parts: Sequence[Bucket | Run], limit: int, found: Sequence[Heard] = ()) -> list[Heard]:
    """Return the sounds of some buckets, or parts, that are most like a sound, and those found before, best first."""
    least = found[limit - 1][0] if len(found) >= limit else _CUTOFF
    bases = [*accumulate([part.sounds for part in parts], initial=0)]
    sounds = str(b"\n".join([part.lines for part in parts]), "ascii").split("\n")
    best = [*found]
    for other, score, place in process.extract(sound, sounds, scorer=ratio, limit=limit, score_cutoff=least):
        at = bisect_right(bases, place) - 1
        best.append((score, other, place - bases[at], parts[at]))
    best.sort(key=_SCORE, reverse=True)
    return best[:limit]


def is_full(found: Sequence[Heard], limit: int, bound: float) -> bool:
    """Say whether nothing up to a bound can be among the best."""
    return bound < _CUTOFF or (len(found) >= limit and found[limit - 1][0] >= bound)


def first_entries(found: Iterable[Heard], limit: int) -> list[tuple[int, str]]:
    """Return what the first entries with some sounds refer to, and the sound of each, in their order."""
    chosen: list[tuple[int, str]] = []
    for _, sound, number, part in found:
        if isinstance(part, Bucket):
            entries: Sequence[int] = (0,) if part.count == 1 else part.whole().having(number, limit - len(chosen))
            chosen += [(part.ref(entry), sound) for entry in entries]
        else:
            chosen += [(part.bucket.ref(entry), sound) for entry in part.having(number, limit - len(chosen))]
        if len(chosen) >= limit:
            break
    return chosen


def bucket_of(part: Bucket | Run) -> Bucket:
    """Return the bucket that a part is of."""
    return part if isinstance(part, Bucket) else part.bucket


def run_of(part: Bucket | Run) -> Run:
    """Return a part of a bucket as it is, a bucket as a whole."""
    return part.whole() if isinstance(part, Bucket) else part
