"""Names in a text that may be places, and what the rest of the text says about them."""

from __future__ import annotations

from dataclasses import dataclass

from mapper.places.finding.known import Known


@dataclass(slots=True)
class Sighting:
    """A name in words ``first..last`` (last exclusive) that may be a place.

    `form` is ``name`` (the gazetteer has it), ``short`` ("U.S.", "Ky."),
    ``unknown`` (only form and surroundings speak for it).
    """

    first: int
    last: int
    form: str
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What the rest of the article says about its names.

    Parameters
    ----------
    people : frozenset of str
        Surnames, in lower case, that follow a given name or a title somewhere.
    areas : frozenset of (country, admin1)
        Divisions that the article speaks of.
    countries : frozenset of str
        Countries that it speaks of most.
    lower : frozenset of str
        Words that it also writes with a small letter.
    firsts, lasts : frozenset of int
        First and last words of the names that are places for sure.
    """

    people: frozenset[str] = frozenset()
    areas: frozenset[tuple[str, str]] = frozenset()
    countries: frozenset[str] = frozenset()
    lower: frozenset[str] = frozenset()
    firsts: frozenset[int] = frozenset()
    lasts: frozenset[int] = frozenset()
