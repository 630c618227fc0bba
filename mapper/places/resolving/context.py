"""Where an article plays: what all of its names together say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from mapper.model import PlaceContext, Toponym

_BY_KIND: Final = {"country": 1.0, "governorate": 0.9, "city": 0.8}
_OTHER: Final = 0.5
_DEMONYM: Final = 0.5
_DIVISIONS: Final = 4
_NO_CITY: Final = frozenset({"country", "sea", "region", "village"})
_SURE: Final = 0.5


def gather(toponyms: Sequence[Toponym]) -> PlaceContext:
    """Add up the countries and divisions that the names of an article speak of.

    Parameters
    ----------
    toponyms : sequence of Toponym
        All names of the article; those whose candidates disagree carry no country.

    Returns
    -------
    PlaceContext
        Country shares that add up to 1, and the divisions spoken of, most often first.

    Examples
    --------
    >>> at = dict(start=0, end=1, text="X")
    >>> gather([Toponym(**at, kind="country", country="SY"), Toponym(**at, country="IQ", demonym=True)]).countries
    {'SY': 0.6666666666666666, 'IQ': 0.3333333333333333}
    """
    countries: Counter[str] = Counter()
    divisions: Counter[str] = Counter()
    for toponym in toponyms:
        if not toponym.country:
            continue
        weight = toponym.sure * (_DEMONYM if toponym.demonym else _BY_KIND.get(toponym.kind, _OTHER))
        countries[toponym.country] += weight  # type: ignore[assignment]
        if toponym.admin1:
            divisions[toponym.admin1] += weight  # type: ignore[assignment]
    speaking: dict[str, set[str]] = {}
    for toponym in toponyms:
        if toponym.country:
            speaking.setdefault(toponym.country, set()).add(toponym.text)
    alone = {code: next(iter(names)) for code, names in speaking.items() if len(names) == 1 and len(speaking) > 1}
    whole = sum(countries.values())
    shares = {code: count / whole for code, count in sorted(countries.items(), key=lambda item: (-item[1], item[0]))}
    ordered = sorted(divisions, key=lambda name: (-divisions[name], name))
    # A city is often taken for its district or province at first sight.
    named = tuple((t.start, t.text) for t in toponyms if t.kind not in _NO_CITY and not t.demonym and t.sure >= _SURE)
    return PlaceContext(countries=shares, admin1=tuple(ordered[:_DIVISIONS]), named=named, alone=alone)
