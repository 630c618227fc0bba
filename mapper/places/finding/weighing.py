"""How surely each of the names in an article is a place, once all of them are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from mapper.places.finding.focus import focus, home_division
from mapper.places.finding.lexer import Words
from mapper.places.finding.people import people_in
from mapper.places.finding.plausible import elsewhere, weigh
from mapper.places.finding.sightings import Neighbours, Sighting

_CERTAIN: Final = 2.5
_REPEATED: Final = 2.0
_AGAINST: Final = -3.0
"""Words beside a name that say so much against it are not outweighed by other mentions."""


def scores_of(
    words: Words, seen: Sequence[Sighting], peoples: Sequence[tuple[int, int, str]], company: Neighbours
) -> list[float]:
    """Weigh all sightings: alone first, then again knowing where the article plays and whom it names.

    Parameters
    ----------
    words : Words
        The article.
    seen : sequence of Sighting
        What may be a place in it, in order.
    peoples : sequence of (first, last, country)
        Its demonyms.
    company : Neighbours
        See `company_of`.

    Returns
    -------
    list of float
        Log-odds, one for each sighting.
    """
    starts = {s.first: s for s in seen}
    alone = replace(company, firsts=frozenset(), lasts=frozenset())
    weighed = [weigh(words, s, starts, alone) for s in seen]
    here = [whole for whole, _ in weighed]
    first = [score + elsewhere(words, s, alone) for s, score in zip(seen, here, strict=True)]
    countries, areas = focus(seen, first, peoples)
    home = home_division(seen, first)
    surely = [s for s, score in zip(seen, first, strict=True) if score >= _CERTAIN]
    around = replace(
        alone,
        countries=countries,
        areas=areas | {home} if home else areas,
        firsts=frozenset(s.first for s in surely),
        lasts=frozenset(s.last - 1 for s in surely),
    )
    again = [score + elsewhere(words, s, around) for s, score in zip(seen, here, strict=True)]
    best: dict[tuple[str, ...], float] = {}
    names = [tuple(words.low[s.first : s.last]) for s in seen]
    for name, score in zip(names, again, strict=True):
        best[name] = max(best.get(name, score), score)
    return [
        score + _REPEATED if -_CERTAIN < score < _CERTAIN < best[name] and near > _AGAINST else score
        for name, score, (_, near) in zip(names, again, weighed, strict=True)
    ]


def company_of(words: Words, starts: Mapping[int, Sighting]) -> Neighbours:
    """Gather whom an article names, which words it writes small, and where names stand, be they places or not.

    Parameters
    ----------
    words : Words
        The article.
    starts : mapping of int to Sighting
        What may be a place in it, by its first word.
    """
    return Neighbours(
        people=people_in(words, lambda i: i in starts and _is_surely(starts[i])),
        lower=frozenset(words.low).intersection(words.words),
        firsts=frozenset(starts),
        lasts=frozenset(s.last - 1 for s in starts.values()),
    )


def _is_surely(sighting: Sighting) -> bool:
    known = sighting.known
    return known is not None and (known.wide or known.population >= 500_000)
