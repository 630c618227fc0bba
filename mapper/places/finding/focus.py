"""Where an article plays, as far as the names alone tell: before any of them is resolved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mapper.places.finding.sightings import Sighting

_FOCUS_SHARE: Final = 0.3
_LEAST_VOTES: Final = 3
_VOTE_SHARE: Final = 0.6
_NAMED: Final = 1
WELL_KNOWN: Final = 300_000
"""Cities of this size are named all over the world."""


def focus(
    seen: Sequence[Sighting], scores: Sequence[float], peoples: Sequence[tuple[int, int, str]]
) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Say which countries and divisions an article speaks of: what its surest names agree on.

    Parameters
    ----------
    seen, scores : sequence
        The sightings and how surely each is a place.
    peoples : sequence of (first, last, country)
        The demonyms.
    """
    countries: Counter[str] = Counter()
    areas: set[tuple[str, str]] = set()
    for sighting, score in zip(seen, scores, strict=True):
        known = sighting.known
        if known is None or score < 1.0:
            continue
        countries[known.country] += 1
        if "governorate" in known.kinds or known.population >= 50_000:
            areas.add((known.country, known.admin1))
    for _, _, code in peoples:
        countries[code] += 1
    whole = sum(countries.values())
    leading = frozenset(code for code, count in countries.items() if count >= _FOCUS_SHARE * whole)
    return leading, frozenset(area for area in areas if area[1])


def home_division(seen: Sequence[Sighting], scores: Sequence[float]) -> tuple[str, str] | None:
    """Find the one division where nearly all the small places of an article are, if there is one.

    Each of the towns that a local paper names has namesakes elsewhere; all of them together are in one state only.

    Parameters
    ----------
    seen, scores : sequence
        The sightings and how surely each is a place.

    Returns
    -------
    (country, admin1) or None
    """
    votes: Counter[tuple[str, str]] = Counter()
    small: set[int] = set()
    named: set[tuple[str, str]] = set()
    for sighting, score in zip(seen, scores, strict=True):
        known = sighting.known
        if known is None or score < 0:
            continue
        if "governorate" in known.kinds:
            named.add((known.country, known.admin1))
        if known.wide or known.population >= WELL_KNOWN or id(known) in small:
            continue
        small.add(id(known))
        votes.update(area for area in known.areas if area[1])
    if len(small) < _LEAST_VOTES:
        return None
    votes.update({area: _NAMED for area in named if area in votes})
    (best, most), *others = sorted(votes.items(), key=lambda item: (-item[1], item[0])) or [(("", ""), 0)]
    is_alone = not others or most > others[0][1]
    return best if is_alone and most >= max(_LEAST_VOTES, _VOTE_SHARE * len(small)) else None
