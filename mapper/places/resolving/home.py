"""Where an article plays once its names are resolved, and what that settles.

A report from Illinois that names Geneva means the town in Illinois.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from mapper.geo import distance_m
from mapper.model import ONE_ANSWER_M, Candidate, Place, Precision, Resolution
from mapper.places.finding.cues import capitals
from mapper.places.names.keys import plain_of
from mapper.places.resolving.answers import apart_m
from mapper.places.resolving.relative import precision_of, radius_of

_DIVISION_NAMED: Final = 2.0
_MENTIONS: Final = 3
_ENOUGH: Final = 4.0
"""Names from which the share of a division counts in full."""

_LEANS: Final = 0.35
_CLEARLY: Final = 1.2
_CALLED_SHARE: Final = 0.03
_OWN_SHARE: Final = 0.25
_ABROAD: Final = 0.03
"""What a country counts that the article does not speak of."""

_CHOICE: Final = 2
_QUORUM: Final = 3
_FAMOUS: Final = 1_000_000
_HEARD_OF: Final = 20_000
_WELL_KNOWN: Final = 50_000
_BRIEF: Final = 3
_SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_PULL: Final = 5.0
_SURELY: Final = 1.5
_AROUND_M: Final = 250_000.0
_LOOKED_AT: Final = 20
_SENTENCE: Final = 200
_BESIDE_M: Final = 100_000
_BESIDE_SCORE: Final = 0.3
_AT_HOME: Final = 0.3


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
    others = [c.score for c in found.candidates[1:] if not _alike(c.place, place)]
    if best.score < _LEANS or best.score < _CLEARLY * max(others, default=0.0):
        return found
    return _taken(found, place)


def _alike(one: Place, other: Place) -> bool:
    """Say whether two places are one answer: close together, or a city and the division or country named after it."""
    if apart_m(one, other) <= ONE_ANSWER_M:
        return True
    kinds = {one.kind, other.kind}
    is_seat = not kinds.isdisjoint({"governorate", "country"}) and len(kinds) > 1
    return is_seat and one.country == other.country and plain_of(one.name) == plain_of(other.name)


def as_named(found: Resolution, name: str, countries: Mapping[str, float]) -> Resolution:
    """Take the candidate that has the name as its own, if the others only have it too, or sound like it."""
    plain = plain_of(name)
    own = [c for c in found.candidates if plain_of(c.place.name) == plain]
    # A sea has no country that an article could speak of.
    if not own or _is_one_of(found, own) or not found.candidates[0].place.country:
        return found
    likeliest, best = (c.score * (_ABROAD + countries.get(c.place.country, 0.0)) for c in (found.candidates[0], own[0]))
    if best < _OWN_SHARE * likeliest:
        return found
    if len(own) > 1 and own[1].score * _CLEARLY > own[0].score and not _alike(own[0].place, own[1].place):
        return found
    return _taken(found, own[0].place, own[0].score)


def _is_one_of(found: Resolution, own: Sequence[Candidate]) -> bool:
    return found.status == "resolved" and found.place_id in {c.place.id for c in own}


def as_kind(found: Resolution, kinds: Collection[str]) -> Resolution:
    """Take a division for what is called one, rather than a town of that name."""
    called = [c for c in found.candidates if c.place.kind in kinds]
    if not called or called[0].score < _CALLED_SHARE * found.candidates[0].score:
        return found
    if found.status == "resolved" and found.place_id == called[0].place.id:
        return found
    return _taken(found, called[0].place, called[0].score)


def as_capital(found: Resolution, home: Mapping[tuple[str, str], float]) -> Resolution:
    """Take a national capital for what is meant where a division of the country has the same name: "Washington"."""
    if not found.candidates or found.precision not in {Precision.GOVERNORATE, Precision.UNKNOWN}:
        return found
    best = found.candidates[0].place
    if best.kind != "governorate" or home.get((best.country, best.admin1), 0.0) >= _AT_HOME:
        return found
    for candidate in found.candidates[1:]:
        place = candidate.place
        if place.country == best.country and place.name == best.name and (place.country, place.name) in capitals():
            return _taken(found, place, candidate.score)
    return found


def inside(found: Resolution, whole: Resolution) -> Resolution:
    """Take the likeliest candidate that lies in a country or division, if there is one."""
    if not found.candidates or _lies_in(found, whole):
        return found
    for candidate in found.candidates:
        place = candidate.place
        if place.country == whole.country and place.kind != "country" and whole.admin1 in {"", place.admin1}:
            return _taken(found, place, candidate.score)
    return found


def _lies_in(found: Resolution, whole: Resolution) -> bool:
    is_there = found.country == whole.country and whole.admin1 in {"", found.admin1}
    return found.status == "resolved" and is_there


def _taken(found: Resolution, place: Place, score: float | None = None) -> Resolution:
    """Answer with one of the candidates."""
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
        score=found.score if score is None else max(score, _LEANS),
    )


def by_company(found: Resolution, company: Sequence[Resolution]) -> Resolution:
    """Take the candidate around which the other places of the article lie, where the likelier one is far from all."""
    if len(found.candidates) < _CHOICE or len(company) < _QUORUM or found.candidates[0].place.population >= _FAMOUS:
        return found
    shares = [c.score * math.exp(_PULL * _support(c.place, company)) for c in found.candidates]
    best = max(range(len(shares)), key=shares.__getitem__)
    if best == 0 or shares[best] < _SURELY * shares[0]:
        return found
    chosen = found.candidates[best]
    return _taken(found, chosen.place, chosen.score)


def is_stray(found: Resolution, at_home: Sequence[Resolution]) -> bool:
    """Say whether an answer is a small place far from where all the article plays, and not the only one of its name."""
    place = next((c.place for c in found.candidates if c.place.id == found.place_id), None)
    if place is None or len(found.candidates) < _CHOICE or place.population >= _HEARD_OF or len(at_home) < _QUORUM:
        return False
    return all(
        distance_m(place.longitude, place.latitude, other.longitude, other.latitude) > _AROUND_M
        for other in at_home
        if other.longitude is not None and other.latitude is not None
    )


def is_foreign(found: Resolution, name: str, speaking: int) -> bool:
    """Say whether an answer is a place of no fame, or hardly of the name, in a country that nothing else speaks of.

    Parameters
    ----------
    found : Resolution
        The answer.
    name : str
        As written.
    speaking : int
        How many names of the article speak of its country, this one among them.
    """
    if found.longitude is None:
        return True
    place = next((c.place for c in found.candidates if c.place.id == found.place_id), None)
    if place is None or speaking > 1 or not found.country:
        return False
    # In one language or another, names of three letters are those of half the world's cities.
    is_brief = len(name) <= _BRIEF and plain_of(place.name) != plain_of(name)
    known = _FAMOUS if found.method == "variant" else _WELL_KNOWN
    return place.kind in _SETTLEMENTS and (is_brief or place.population < known)


def _support(place: Place, company: Sequence[Resolution]) -> float:
    """Return how much of an article's places lies around one, 0 to 1."""
    total = sum(
        math.exp(-distance_m(place.longitude, place.latitude, other.longitude, other.latitude) / _AROUND_M)
        for other in company
        if other.longitude is not None and other.latitude is not None
    )
    return total / len(company)


def beside(starts: Sequence[int], placed: Iterable[tuple[Resolution, Sequence[int]]]) -> Resolution:
    """Put a name that no gazetteer has beside the nearest one of the same sentence: not a point, a wide circle."""
    near = [
        (min(abs(a - b) for a in starts[:_LOOKED_AT] for b in others[:_LOOKED_AT]), n, other)
        for n, (other, others) in enumerate(placed)
        if other.longitude is not None
    ]
    if not near or min(item[0] for item in near) > _SENTENCE:
        return Resolution(status="not_found")
    other = min(near, key=lambda item: item[:2])[2]
    return Resolution(
        status="resolved",
        longitude=other.longitude,
        latitude=other.latitude,
        country=other.country,
        admin1=other.admin1,
        precision=Precision.NEAR,
        uncertainty_m=_BESIDE_M,
        method="relative",
        score=_BESIDE_SCORE,
        needs_review=True,
        flags=("derived-point",),
    )
