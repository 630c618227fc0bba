"""Names looked up in a gazetteer as a resolver needs them: once each, countries by their codes, divisions filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.finding.cues import country_codes, country_name, spelled_out
from mapper.places.finding.known import WIDE
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.world_divisions import COUNTY
from mapper.places.names.keys import fold, has_generic
from mapper.places.names.ranking import Alike, Match

_POOL: Final = 60
_ABROAD: Final = 30
_NAMES: Final = 1 << 9
"""Names whose matches are kept in memory, some ten kilobytes each: articles and tables come back to the same."""

_REMEMBERED: Final = 50_000
_SEATS: Final = frozenset({"city", "town", "village"})
_SEAT_M: Final = {"governorate": 100_000.0, "district": 25_000.0}
_THE_NAME: Final = 0.95
_AROUND_M: Final = 15_000.0
_NEIGHBOURS: Final = 10
_AGREED: Final = 0.7


class Lookups:
    """Remembers what names matched.

    Parameters
    ----------
    gazetteer : Gazetteer
        Its layers are all looked at.
    """

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._divisions: dict[str, str] = {}
        self._found = lru_cache(maxsize=_NAMES)(self._look_up)

    def matches(self, name: str, countries: Iterable[str] = ()) -> list[Match]:
        """Return the places that a name may mean, those in some countries first.

        Parameters
        ----------
        name : str
            As written, or the code of a country.
        countries : iterable of str
            ISO codes.
        """
        return self._found(name, tuple(sorted(countries)))

    def _look_up(self, name: str, countries: tuple[str, ...]) -> list[Match]:
        return self._of_code(name) if name in country_codes() else self._of_name(name, countries)

    def _of_code(self, code: str) -> list[Match]:
        """Look a country up by its code."""
        found = self._gazetteer.lookup(country_name(code), countries=(code,), limit=_POOL)
        return [match for match in found if match.place.kind == "country" and match.place.country == code]

    def _of_name(self, name: str, countries: tuple[str, ...]) -> list[Match]:
        full = spelled_out(name)
        alike: Alike = "home" if countries else "consonants"
        found = self._gazetteer.lookup(full, countries=countries, limit=_POOL, alike=alike)
        if countries:
            # What is only like the name abroad is not missed, nor do look-alikes at home crowd the name out there.
            known = {match.place.id for match in found}
            abroad = self._gazetteer.lookup(full, limit=_ABROAD, alike="sound")
            found += [match for match in abroad if match.place.id not in known]
        # "Jackson" is not short for "Jackson County".
        found = [match for match in found if match.how == "exact" or not match.place.id.startswith(COUNTY)]
        return with_seats([self._with_division(match) for match in found])

    def _with_division(self, match: Match) -> Match:
        """Fill in the division of a place that has none, where those around it agree: right in 99 of 100 villages."""
        place = match.place
        if place.admin1 or place.kind in WIDE:
            return match
        if place.id not in self._divisions:
            if len(self._divisions) >= _REMEMBERED:
                self._divisions.clear()
            around = self._gazetteer.near(place.longitude, place.latitude, _AROUND_M, limit=_NEIGHBOURS)
            named = Counter(other.admin1 for other in around if other.admin1 and other.country == place.country)
            [(most, count)] = named.most_common(1) or [("", 0)]
            self._divisions[place.id] = most if count >= _AGREED * named.total() else ""
        division = self._divisions[place.id]
        return replace(match, place=replace(place, admin1=division)) if division else match


def with_seats(found: Sequence[Match]) -> list[Match]:
    """Let towns have the names of the divisions that are named after them.

    One file spells a division as the world does, another its seat as the country does: of a name that both have
    elsewhere, the seat is meant as much as the division.
    """
    divisions = [match for match in found if match.place.kind in _SEAT_M and match.similarity >= _THE_NAME]
    return [_as_seat(match, divisions) if divisions and match.place.kind in _SEATS else match for match in found]


def _as_seat(match: Match, divisions: Iterable[Match]) -> Match:
    for division in divisions:
        if division.similarity > match.similarity and _is_seat(match.place, division.place):
            return replace(match, name=division.name, how=division.how, similarity=division.similarity)
    return match


def _is_seat(town: Place, division: Place) -> bool:
    """Say whether a division is named after a town: they share a name, and lie together."""
    away = distance_m(town.longitude, town.latitude, division.longitude, division.latitude)
    if town.country != division.country or away > _SEAT_M[division.kind]:
        return False
    # A governorate is named after no village.
    is_small = town.kind == "village" and division.kind != "district"
    return not is_small and not _names(town).isdisjoint(_names(division))


def _names(place: Place) -> set[str]:
    return {fold(name).name for name in (place.name, *place.aliases) if not has_generic(name)}
