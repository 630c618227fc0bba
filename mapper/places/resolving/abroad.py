"""What speaks against a candidate in a country that nothing points to.

A village that no gazetteer has still sounds like a famous city somewhere. An
article, the gazetteers that a person imported and the Arabic article of a name
all say where a name is at home; elsewhere a likeness is mostly chance.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from rapidfuzz.fuzz import ratio

from mapper.model import Place, PlaceContext, Resolution
from mapper.places.names.keys import fold, plain_of
from mapper.places.names.ranking import Match
from mapper.places.names.words import ARTICLES, SUN_ARTICLES
from mapper.places.resolving.areas import Area

_SPOKEN_OF: Final = 0.1
"""Share of an article's names from which it speaks of a country."""

_HELD: Final = 0.05
_MOSTLY: Final = 0.5
_OF_THE_NAME: Final = 70
"""Least share of letters, in a hundred, that the name a place goes by has in common with one that is the place's."""

_SETTLEMENTS: Final = frozenset({"city", "town", "village"})
_LISTED: Final = frozenset({"geonames", "world"})
"""Whose ids the world at hand has."""

_AGREEING: Final = frozenset({"exact", "folded"})
_ARABIC: Final = frozenset(
    {"AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS"}
) | {"QA", "SA", "SD", "SO", "SY", "TD", "TN", "TR", "YE"}
"""Countries whose places have Arabic names, on their own or beside others."""


def strangeness(
    match: Match,
    name: str,
    countries: AbstractSet[str],
    areas: tuple[Area, ...],
    context: PlaceContext,
    at_hand: AbstractSet[str],
) -> dict[str, float]:
    """Gather the evidence against a candidate that nothing around a name leads to.

    Parameters
    ----------
    match : Match
        The candidate.
    name : str
        As written.
    countries, areas
        Of what contains the name.
    context : PlaceContext
        Of the article.
    at_hand : set of str
        Countries of the gazetteers that were imported; empty where none were.

    Returns
    -------
    dict
        ``unsupported``: only like the name, in a country that nothing points to. ``unasked``: outside the countries
        whose gazetteers are at hand, and nothing points there. ``article``: the name has an Arabic article, the place
        has none and lies where names have none.
    """
    place = match.place
    found: dict[str, float] = {}
    if match.how != "exact" and place.country not in _ARABIC and _has_article(name) and not _has_article(match.name):
        found["article"] = 1.0
    if match.layer == 0 or _pointed_at(place, countries, areas, context):
        return found
    if match.how not in _AGREEING:
        found["unsupported"] = 1.0
    if at_hand and place.country not in at_hand:
        found["unasked"] = 1.0
    return found


def is_astray(found: Resolution, name: str, context: PlaceContext) -> bool:
    """Say whether an answer is a place hardly of the name, in a country that nothing else speaks of.

    Lists of the world's towns lack most villages: what only sounds like one, or has it among its names in other
    languages, is mostly on the other side of the world.

    Parameters
    ----------
    found : Resolution
        The answer; nothing is said to contain it.
    name : str
        As written.
    context : PlaceContext
        Of the article.
    """
    place = next((c.place for c in found.candidates if c.place.id == found.place_id), None)
    if place is None or place.kind not in _SETTLEMENTS or place.id.partition(":")[0] not in _LISTED:
        return False
    others = sum(share for code, share in context.countries.items() if code != place.country)
    own = context.countries.get(place.country, 0.0)
    if others < _MOSTLY or (own and not _is_of(name, context.alone.get(place.country, ""))):
        return False
    return found.method == "variant" or ratio(plain_of(place.name), plain_of(name)) < _OF_THE_NAME


def _is_of(name: str, alone: str) -> bool:
    """Say whether a name is the one that speaks of a country, or holds it."""
    return bool(alone) and plain_of(alone) in plain_of(name)


def _pointed_at(place: Place, countries: AbstractSet[str], areas: tuple[Area, ...], context: PlaceContext) -> bool:
    return (
        place.country in countries
        or context.countries.get(place.country, 0.0) >= _SPOKEN_OF
        or any(area.holds(place) >= _HELD for area in areas)
    )


def _has_article(name: str) -> bool:
    words = fold(name).plain.split()
    return len(words) > 1 and (words[0] in ARTICLES or words[0] in SUN_ARTICLES)
