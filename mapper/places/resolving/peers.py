"""What the other candidates of a name say about one: seats and divisions, twins, owners of the name.

A name is seldom had by one place alone, and those who have it are seldom strangers: a district is named after its
town, a file holds a place twice, a village is listed under the name of its neighbour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from mapper.model import Place
from mapper.places.names.keys import Keys, fold, has_generic
from mapper.places.names.ranking import Match
from mapper.places.resolving.answers import apart_m
from mapper.places.resolving.areas import same_name

SETTLEMENTS: Final = frozenset({"city", "town", "village", "neighbourhood"})
_LARGE: Final = 100_000
_SEAT: Final = 0.93
_AS_MUCH: Final = 0.05
"""How much less similar a settlement's name may be than its division's, for the bare name to be the settlement's."""

_SEAT_M: Final = 25_000.0
"""How far from the middle of a district its seat lies."""

_DIVISIONS: Final = frozenset({"governorate", "district"})
_TWIN_M: Final = 1_500.0
_SAME_NAME: Final = frozenset({"exact", "folded"})
_IN_REACH: Final = 4.0
"""Energy by which the place that goes by a name may be behind one that only has it too, and be meant rather."""


def seats_of(matches: Iterable[Match]) -> dict[tuple[str, str], float]:
    """Return the divisions in which a settlement has the name that was looked up, and how similar that is."""
    seats: dict[tuple[str, str], float] = {}
    for match in matches:
        # "Example City" is no seat of Example: nobody calls it by the bare name.
        if match.place.kind in SETTLEMENTS and match.similarity >= _SEAT and not has_generic(match.name):
            division = (match.place.country, match.place.admin1)
            seats[division] = max(seats.get(division, 0.0), match.similarity)
    return seats


def has_seat(match: Match, seats: Mapping[tuple[str, str], float]) -> bool:
    """Say whether a settlement in a division has its name at least as much as the division itself.

    Files spell divisions as differently as all else.
    """
    place = match.place
    names = (place.admin1, *place.aliases)
    return any(
        similarity >= match.similarity - _AS_MUCH
        and country == place.country
        and any(same_name(admin1, name) for name in names)
        for (country, admin1), similarity in seats.items()
    )


def districts_of(matches: Iterable[Match]) -> tuple[Place, ...]:
    """Return the districts that have the name that was looked up."""
    return tuple(match.place for match in matches if match.place.kind == "district" and match.similarity >= _SEAT)


def is_seat(match: Match, districts: Sequence[Place]) -> bool:
    """Say whether a settlement lies in a district that has its name: of its namesakes it is the one that is known."""
    place = match.place
    return (
        place.kind in SETTLEMENTS
        and match.similarity >= _SEAT
        and any(other.country == place.country and apart_m(other, place) <= _SEAT_M for other in districts)
    )


def owners_of(matches: Iterable[Match]) -> frozenset[str]:
    """Return the countries where a large city, or which themselves, have the name that was looked up as their own."""
    return frozenset(
        match.place.country
        for match in matches
        if match.how == "exact"
        and match.name == match.place.name
        and (match.place.population >= _LARGE or match.place.kind == "country")
    )


def compared_with_peers(matches: Sequence[Match], energies: Sequence[float], asked: Keys) -> list[dict[str, float]]:
    """Compare the candidates that are in question with one another.

    Parameters
    ----------
    matches, energies
        Those candidates, and what speaks for each so far.
    asked : Keys
        Of the name that was looked up.

    Returns
    -------
    list of dict
        ``twins``: logarithm of the number of rows of the same place, itself among them: together they are no likelier
        than one. ``shadowed``: it has the name too, but another place, hardly less likely, goes by it; of a country or
        a sea that tells nothing.
    """
    own = [fold(match.place.name) for match in matches]
    owners = [
        (energy, match.place)
        for match, keys, energy in zip(matches, own, energies, strict=True)
        if keys.name == asked.name
    ]
    found = []
    for match, keys, energy in zip(matches, own, energies, strict=True):
        place = match.place
        rows = sum(
            name.name == keys.name and apart_m(place, other.place) <= _TWIN_M
            for name, other in zip(own, matches, strict=True)
        )
        evidence = {"twins": math.log(rows)}
        is_known = place.kind not in SETTLEMENTS | _DIVISIONS
        is_another = keys.name != asked.name and match.how in _SAME_NAME and not is_known
        if is_another and keys.plain.isascii() == asked.plain.isascii():
            # A division does not outshine the town that it is named after.
            evidence["shadowed"] = float(
                any(
                    known > energy - _IN_REACH and (owner.kind not in _DIVISIONS or owner.country != place.country)
                    for known, owner in owners
                )
            )
        found.append(evidence)
    return found
