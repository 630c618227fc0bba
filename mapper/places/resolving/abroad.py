"""What speaks against a candidate in a country that nothing points to.

A village that no gazetteer has still sounds like a famous city somewhere. An
article, the gazetteers that a person imported and the Arabic article of a name
all say where a name is at home; elsewhere a likeness is mostly chance.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from mapper.model import Place, PlaceContext
from mapper.places.names.keys import fold
from mapper.places.names.ranking import Match
from mapper.places.names.words import ARTICLES, SUN_ARTICLES
from mapper.places.resolving.areas import Area

_SPOKEN_OF: Final = 0.1
"""Share of an article's names from which it speaks of a country."""

_HELD: Final = 0.05
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


def _pointed_at(place: Place, countries: AbstractSet[str], areas: tuple[Area, ...], context: PlaceContext) -> bool:
    return (
        place.country in countries
        or context.countries.get(place.country, 0.0) >= _SPOKEN_OF
        or any(area.holds(place) >= _HELD for area in areas)
    )


def _has_article(name: str) -> bool:
    words = fold(name).plain.split()
    return len(words) > 1 and (words[0] in ARTICLES or words[0] in SUN_ARTICLES)
