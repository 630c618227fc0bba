"""What the gazetteer has under one name, summed up once and weighed wherever the name stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mapper.places.index.search import Fact

WIDE: Final = frozenset({"country", "governorate", "region", "sea"})
"""Kinds of places that hold others: no part of them is a place of its own, and they have no division."""

_RANK: Final = {"country": 3, "governorate": 2, "sea": 2, "region": 1}
_DOMINANT: Final = 10
_LEAST_DOMINANT: Final = 3_000
_LARGE: Final = 100_000
_FEWER: Final = 1.5


@dataclass(frozen=True, slots=True)
class Known:
    """What the gazetteer has under one name.

    Parameters
    ----------
    population : int
        Of the largest place of that name.
    kinds : frozenset of str
        Of all places of that name.
    areas : frozenset of (country, admin1)
        Where they lie.
    countries : frozenset of str
        The countries of these areas.
    country, admin1 : str
        Of the most prominent one.
    wide : bool
        Whether it is the name of a country, division, region or sea.
    agreed : (kind, country, admin1)
        What can be said of a place of that name without knowing which is meant; empty where they disagree.
    """

    population: int
    kinds: frozenset[str]
    areas: frozenset[tuple[str, str]]
    countries: frozenset[str]
    country: str
    admin1: str
    wide: bool
    agreed: tuple[str, str, str]


def known_of(places: Sequence[Fact]) -> Known | None:
    """Sum up what the gazetteer has under one name; None for nothing."""
    if not places:
        return None
    best = max(places, key=lambda p: (_RANK.get(p.kind, 0), p.population, p.id))
    kinds = frozenset(place.kind for place in places)
    return Known(
        max(place.population for place in places),
        kinds,
        frozenset((place.country, place.admin1) for place in places),
        frozenset(place.country for place in places),
        best.country,
        best.admin1,
        not kinds.isdisjoint(WIDE),
        _agreed(best, places),
    )


def _agreed(best: Fact, places: Sequence[Fact]) -> tuple[str, str, str]:
    """Say what holds of all places of a name, or of one that is far better known than the others."""
    if best.kind == "country" and any(p.kind == "governorate" and p.country != best.country for p in places):
        # A country and a division of another country have the name.
        return "governorate", "", ""
    cities = (p.population for p in places if p.kind == "city" and p.is_own and p.country != best.country)
    abroad = max(cities, default=0)
    if best.kind == "governorate" and abroad >= max(_LARGE, best.population / _FEWER):
        # A city abroad is known as well as the division.
        return "", "", ""
    wide = any(place.kind in WIDE for place in places)
    others = [p.population for p in places if p.country != best.country or p.admin1 != best.admin1]
    dominant = best.population >= _DOMINANT * max([*others, _LEAST_DOMINANT]) or best.kind == "country"
    if dominant and not best.is_own:
        # Hardly a large city is meant by another name of it that a town goes by.
        owners = [p.population for p in places if p.is_own]
        dominant = best.population >= _DOMINANT**2 * max(owners, default=0)
    if not (wide or dominant or len({place.country for place in places}) == 1):
        return "", "", ""
    one_division = len({place.admin1 for place in places if place.country == best.country}) == 1
    return best.kind, best.country, best.admin1 if one_division or dominant or wide else ""
