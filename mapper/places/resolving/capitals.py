"""Capitals called by their country: "the Somali capital", "Chad's capital"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.model import PlaceReference
from mapper.places.finding.cues import country_name, demonyms, national_capitals

_KIND: Final = "capital"


def named_capital(reference: PlaceReference) -> PlaceReference:
    """Return the reference with the name of the capital, where it only names the country.

    Parameters
    ----------
    reference : PlaceReference
        Of kind ``capital`` where the text says "capital" of a country or its people.

    Examples
    --------
    >>> named_capital(PlaceReference(name="Somali", start=0, end=18, kind="capital")).name
    'Mogadishu'
    >>> named_capital(PlaceReference(name="Example", start=0, end=7, kind="city")).name
    'Example'
    """
    if reference.kind != _KIND:
        return reference
    asked = reference.name or next(iter(reference.anchors), "")
    code = _country(asked)
    capital = national_capitals().get(code, "")
    if not capital:
        return replace(reference, kind="city")
    containers = (country_name(code), *reference.containers)
    if reference.name:
        return replace(reference, name=capital, kind="city", containers=containers)
    return replace(reference, anchors=(capital, *reference.anchors[1:]), kind="", containers=containers)


def _country(word: str) -> str:
    """Return the code of the country that a word is of, or "": its people, or its name."""
    known = demonyms().get(word)
    if known is not None:
        return known.country
    return next((code for code in national_capitals() if country_name(code) == word), "")
