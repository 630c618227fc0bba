"""Counts that leave out their verb: "killed seven people in Exampla, four in Betaville and two in Gammatown".

A number that goes straight on to another place, after a count that has a place
of its own, counts the same harm there.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.stated import TollReading

SHARE: Final = "placed-share"
"""The rule of "33 people were killed, 21 of them in Exampla": the 33 are a sum."""
_THEM: Final = frozenset({"them", "whom", "these", "those"})
_JOINS: Final = frozenset({",", "and", ";", "while"})
_GOES_ON: Final = frozenset({"in", "at", "near", "outside"})
_MORE: Final = frozenset({"others", "more", "people", "civilians"})
_TOWN: Final = 4
_REACH: Final = 10
"""Words from the number to its place: "three in a drone strike on a car in Exampla"."""


def gapped(
    page: Page,
    bounds: tuple[int, int],
    tolls: Sequence[TollReading],
    places: Sequence[PlaceMention],
    blocked: Container[int],
) -> list[TollReading]:
    """Return the tolls of one sentence that leave out their verb, in order.

    Parameters
    ----------
    page : Page
        The article.
    bounds : (int, int)
        The words of the sentence.
    tolls : sequence of TollReading
        Those with a verb.
    places : sequence of PlaceMention
        Of the sentence, in order.
    blocked : set of int
        Words whose numbers are no counts.
    """
    found: list[TollReading] = []
    first, end = bounds
    taken = {word for t in tolls for word in range(t.first, t.last)}
    for at in page.counting_words(first + 1, end - 2):
        if at in taken or page.low[at - 1] not in _JOINS:
            continue
        count = quantity_at(page, at, end, blocked)
        if count is None or count.op == "word" or not count.value:
            continue
        last = count.last + (count.last < end and page.low[count.last] in _MORE)
        share = page.low[count.last] == "of" and count.last + 1 < end and page.low[count.last + 1] in _THEM
        last += 2 * share
        if last >= end or page.low[last] not in _GOES_ON or not _placed(places, last, last + _REACH):
            continue
        before = [t for t in (*tolls, *found) if not t.of and not t.plural_only and t.last <= at]
        if share and before and count.value < before[-1].count.value:
            found.append(replace(before[-1], first=at, last=last, count=count, rule=SHARE, definite=False))
        elif not share and before and _placed(places, before[-1].first, at):
            found.append(replace(before[-1], first=at, last=last, count=count, rule="gapped", definite=False))
    return found


def _placed(places: Sequence[PlaceMention], first: int, last: int) -> bool:
    """Say whether a settlement is named in words ``first..last``."""
    return any(p.located and p.rank >= _TOWN and first <= p.first < last for p in places)
