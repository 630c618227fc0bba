"""Counts that leave out their verb: "killed seven people in Exampla, four in Betaville and two in Gammatown".

A number, or somebody, that goes straight on to another place, after a count
that has a place of its own, is of the same harm there: two events, and no sum.
"""

from __future__ import annotations

import itertools
from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.people import PeoplePhrase, whole
from mapper.reading.tolls.stated import TollReading

GAPPED: Final = "gapped"
"""The rule of what leaves out its verb."""
SHARE: Final = "placed-share"
"""The rule of "33 people were killed, 21 of them in Exampla": the 33 are a sum."""
_THEM: Final = frozenset({"them", "whom", "these", "those"})
_JOINS: Final = frozenset({",", "and", ";", "while"})
_GOES_ON: Final = frozenset({"in", "at", "near", "outside"})
_MORE: Final = frozenset({"others", "more", "people", "civilians"})
_TOWN: Final = 4
_REACH: Final = 10
"""Words from the number to its place: "three in a drone strike on a car in Exampla"."""
_CLOSE: Final = 8
"""Words from somebody without a number to the place: "and a shepherd near Exampla"."""
_TWO: Final = 2
_OF_PEOPLE: Final = frozenset({"harm-object", "harm-subject"})
_ONE: Final = frozenset({"a", "an", "one", "another"})
_ENDS: Final = frozenset({",", ";", ":", "while", "when", "where", "after", "as"})
_TELLS: Final = ("act", "harm", "report", "toll")


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
        lists = page.low[at - 1] == ":"  # "killed 3 residents: 2 in Exampla and 1 in Betaville"
        if at in taken or not (lists or page.low[at - 1] in _JOINS):
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
        if (share or lists) and before and count.value < before[-1].count.value:
            found.append(replace(before[-1], first=at, last=last, count=count, rule=SHARE, definite=False))
        elif not (share or lists) and before and _placed(places, before[-1].first, at):
            found.append(replace(before[-1], first=at, last=last, count=count, rule=GAPPED, definite=False))
    return found


def apart_by_place(
    page: Page, end: int, tolls: Sequence[TollReading], phrases: Sequence[PeoplePhrase], places: Sequence[PlaceMention]
) -> list[TollReading]:
    """Part the people of one verb whom a sentence puts at two places: "killed a clerk in Exampla and two in Betaville".

    Parameters
    ----------
    page : Page
        The article.
    end : int
        The word after the sentence.
    tolls : sequence of TollReading
        Of the sentence, in order.
    phrases : sequence of PeoplePhrase
        Everybody whom the sentence names.
    places : sequence of PlaceMention
        Of the sentence, in order.

    Returns
    -------
    list of TollReading
        For each such toll those that it was the sum of; and somebody without a
        number of whom the verb is told too ("…, and a shepherd near Exampla").
    """
    if sum(p.located and p.rank >= _TOWN for p in places) < _TWO:
        return list(tolls)
    found: list[TollReading] = []
    for toll in tolls:
        parted = _parted(page, end, toll, phrases, places)
        found += parted if parted is not None else [toll]
    return [*found, *_unnumbered(page, end, found, phrases, places)]


def _parted(
    page: Page, end: int, toll: TollReading, phrases: Sequence[PeoplePhrase], places: Sequence[PlaceMention]
) -> list[TollReading] | None:
    if toll.of or toll.plural_only or toll.rule not in _OF_PEOPLE:
        return None
    people = [p for p in phrases if toll.first <= p.first and p.last <= toll.last]
    if len(people) < _TWO or any(p.plural_only for p in people) or whole(people).value != toll.count.value:
        return None
    parts: list[list[PeoplePhrase]] = [[people[0]]]
    for one, two in itertools.pairwise(people):
        here = _settlement(places, one.last, two.first)
        there = _next_settlement(page, places, two.last, end)
        if here is not None and there is not None and here.names[0] not in there.names:
            parts.append([two])
        else:
            parts[-1].append(two)
    if len(parts) == 1:
        return None
    starts = [toll.first, *(part[0].first for part in parts[1:])]
    ends = [*(part[-1].last for part in parts[:-1]), toll.last]
    rules = [toll.rule, *(GAPPED for _ in parts[1:])]
    return [
        replace(toll, first=first, last=last, count=whole(part), rule=rule)
        for first, last, part, rule in zip(starts, ends, parts, rules, strict=True)
    ]


def _unnumbered(
    page: Page, end: int, tolls: Sequence[TollReading], phrases: Sequence[PeoplePhrase], places: Sequence[PlaceMention]
) -> list[TollReading]:
    """Count somebody of whom a verb is told that stands before, with its own place: "and a shepherd near Exampla"."""
    found: list[TollReading] = []
    taken = {word for t in tolls for word in range(t.first, t.last)}
    for phrase in phrases:
        if phrase.first in taken or page.low[phrase.first] not in _ONE or phrase.plural_only:
            continue
        if page.low[phrase.first - 1] not in _JOINS or phrase.last >= end or page.low[phrase.last] not in _GOES_ON:
            continue
        there = _next_settlement(page, places, phrase.last, end)
        before = [t for t in (*tolls, *found) if not t.of and not t.plural_only and t.last <= phrase.first]
        here = _settlement(places, before[-1].first, phrase.first) if before else None
        if here is None or there is None or here.names[0] in there.names:
            continue
        if not any(page.mark(tag, at) for tag in _TELLS for at in range(there.last, min(there.last + 2, end))):
            found.append(
                replace(
                    before[-1],
                    first=phrase.first,
                    last=phrase.last,
                    count=phrase.count,
                    rule=GAPPED,
                    definite=False,
                    population=phrase.population,
                )
            )
    return found


def _next_settlement(page: Page, places: Sequence[PlaceMention], first: int, end: int) -> PlaceMention | None:
    """Return the settlement that people are said to be at, before their clause ends."""
    last = next((at for at in range(first, min(first + _CLOSE, end)) if page.low[at] in _ENDS), first + _CLOSE)
    return _settlement(places, first, min(last, end))


def _settlement(places: Sequence[PlaceMention], first: int, last: int) -> PlaceMention | None:
    return next((p for p in places if p.located and p.names and p.rank >= _TOWN and first <= p.first < last), None)


def _placed(places: Sequence[PlaceMention], first: int, last: int) -> bool:
    """Say whether a settlement is named in words ``first..last``."""
    return any(p.located and p.rank >= _TOWN and first <= p.first < last for p in places)
