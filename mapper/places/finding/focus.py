"""Where an article plays, as far as the names alone tell: before any of them is resolved."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from mapper.places.finding.known import Known
from mapper.places.finding.sightings import Sighting

_FOCUS_SHARE: Final = 0.3
_LEAST_VOTES: Final = 2
_VOTE_SHARE: Final = 0.5
_NAMED: Final = 2.0
_LOCALLY: Final = 1_000_000.0
"""People of a city that is named as often anywhere as a town is in a paper of its own division."""

_ITS_OWN: Final = 2.0
_HAMLET: Final = 500
_ENOUGH: Final = 6.0
_CLEARLY: Final = 1.5
_COUNTY: Final = frozenset({"district"})
"""What the name of a county is, also where it is only that of its fair or its jail."""

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
    """Find the one division that explains the names of an article best, if there is one.

    Each of the towns that a local paper names has namesakes elsewhere; all of them together are in one state only. A
    name speaks for a division in which a place has it as much as it would be odd elsewhere: a hamlet's much, Paris
    hardly.

    Parameters
    ----------
    seen, scores : sequence
        The sightings and how surely each is a place.

    Returns
    -------
    (country, admin1) or None
    """
    told: dict[tuple[str, str], float] = defaultdict(float)
    small: dict[int, Known] = {}
    looked_at: set[int] = set()
    for sighting, score in zip(seen, scores, strict=True):
        known = sighting.known
        if known is None or id(known) in looked_at or (score < 0 and known.kinds != _COUNTY):
            continue
        looked_at.add(id(known))
        if "country" in known.kinds:
            continue
        if "governorate" in known.kinds:
            told[known.country, known.admin1] += _NAMED
        if not (known.wide or known.population >= WELL_KNOWN):
            small[id(known)] = known
        for area in known.areas:
            if area[1]:
                told[area] += _told_by(known, area)
    (best, most), *others = sorted(told.items(), key=lambda item: (-item[1], item[0])) or [(("", ""), 0.0)]
    clear = most - (others[0][1] if others else 0.0)
    there = sum(best in known.areas for known in small.values())
    is_home = most >= _ENOUGH and clear >= _CLEARLY and there >= max(_LEAST_VOTES, _VOTE_SHARE * len(small))
    return best if is_home else None


def _told_by(known: Known, area: tuple[str, str]) -> float:
    """Say how much a name tells for a division: log-odds of its being named there against anywhere."""
    local = _LOCALLY * (_ITS_OWN if area == (known.country, known.admin1) else 1.0)
    return math.log1p(local / max(known.population, _HAMLET))
