"""Where an article plays once its names are resolved, and what that settles.

A report from Illinois that names Geneva means the town in Illinois. A county
whose own position is only roughly known lies beside the towns that the report
names with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mapper.model import ONE_ANSWER_M, Precision, Resolution
from mapper.places.gazetteer.world import COUNTY
from mapper.places.resolving.answers import apart_m
from mapper.places.resolving.relative import precision_of, radius_of

_DIVISION_NAMED: Final = 2.0
_MENTIONS: Final = 3
_ENOUGH: Final = 4.0
"""Names from which the share of a division counts in full."""

_LEANS: Final = 0.35
_CLEARLY: Final = 1.2
_ROUGH_M: Final = 60_000
_BESIDE_M: Final = 60_000


def home_of(found: Iterable[tuple[Resolution, int]]) -> Mapping[tuple[str, str], float]:
    """Say in which divisions an article plays.

    Parameters
    ----------
    found : iterable of (Resolution, int)
        Each name of the article, and how often it stands there.

    Returns
    -------
    mapping of (country, admin1) to float
        0 to 1: the share of its names that lie there, less where there are few names.
    """
    weights: Counter[tuple[str, str]] = Counter()
    for resolution, mentions in found:
        if resolution.status != "resolved" or not resolution.admin1:
            continue
        weight = resolution.score
        if resolution.precision is Precision.GOVERNORATE:
            weight += _DIVISION_NAMED * min(_MENTIONS, mentions) / _MENTIONS
        weights[resolution.country, resolution.admin1] += weight  # type: ignore[assignment]
    whole = sum(weights.values())
    return {area: weight / whole * min(1.0, weight / _ENOUGH) for area, weight in sorted(weights.items())}


def leaning(found: Resolution) -> Resolution:
    """Take the candidate that leads clearly, though not surely: marked for review."""
    if found.status != "ambiguous" or not found.candidates:
        return found
    best = found.candidates[0]
    place = best.place
    others = [c.score for c in found.candidates[1:] if apart_m(c.place, place) > ONE_ANSWER_M]
    if best.score < _LEANS or best.score < _CLEARLY * max(others, default=0.0):
        return found
    return replace(
        found,
        status="resolved",
        longitude=place.longitude,
        latitude=place.latitude,
        place_id=place.id,
        place_name=place.name,
        admin1=place.admin1,
        country=place.country,
        precision=precision_of(place),
        uncertainty_m=radius_of(place),
        method="gazetteer",
    )


def beside(found: Resolution, starts: Sequence[int], placed: Iterable[tuple[Resolution, Sequence[int]]]) -> Resolution:
    """Put a county of unknown position beside the nearest name of the same state."""
    if not found.place_id.startswith(COUNTY) or (found.uncertainty_m or 0) < _ROUGH_M:
        return found
    near = [
        (min(abs(a - b) for a in starts for b in others), n, other)
        for n, (other, others) in enumerate(placed)
        if other.longitude is not None
        and other.admin1 == found.admin1
        and other.country == found.country
        and other.precision not in {Precision.GOVERNORATE, Precision.DISTRICT}
    ]
    if not near:
        return found
    _, _, other = min(near, key=lambda item: item[:2])
    return replace(
        found,
        longitude=other.longitude,
        latitude=other.latitude,
        uncertainty_m=_BESIDE_M,
        method="relative",
        needs_review=True,
        flags=(*found.flags, "derived-point"),
    )
