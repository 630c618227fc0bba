"""What a toll is made of, told beside it: "seven died, two women and five men", "the toll was 6: a girl; two women; …".

No word says that the list spells the toll out; that it adds up to it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import HARM, Page
from mapper.reading.tolls.coordination import bridges
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.stated import PARTS, TollReading, subset, with_halves
from mapper.reading.tolls.walk import BE

_SEVERAL: Final = 2
_FAMILY: Final = frozenset({"family", "household"})
_TO_LIST: Final = 16
_APART: Final = 10
_OPENS: Final = frozenset({",", ":", ";", "(", "-", "\u2013", "\u2014", "were", "are", "comprised", "comprising"})
_JOINS: Final = frozenset({";", ".", "including"})


def spelled_out(
    page: Page, sentence: int, tolls: Sequence[TollReading], phrases: Sequence[PeoplePhrase]
) -> list[TollReading]:
    """Add the women, children and men that a list beside a toll counts, where the list adds up to it.

    A family that was killed is as many people as the list behind it.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    tolls : sequence of TollReading
        What the sentence counts.
    phrases : sequence of PeoplePhrase
        Those that it speaks of, in order.
    """
    found = list(tolls)
    for at, whole in enumerate(tolls):
        if whole.of or whole.plural_only or whole.count.op != "=" or not whole.count.value:
            continue
        family = whole.count.value == 1 and not _FAMILY.isdisjoint(page.low[whole.first : whole.last])
        kind = _said_of_all(page, whole, phrases)
        if kind is not None:
            found.append(subset(sentence, [kind], whole.group))
        if whole.count.value < _SEVERAL and not family:
            continue
        members = _list_behind(page, whole, phrases, tolls, family=family)
        total = sum(p.count.value for p in members)
        if not members or not (family or total == whole.count.value) or not _opens(page, whole, members[0]):
            continue
        if family:
            count = exactly(whole.count.first, whole.count.last, total)
            found[at] = replace(whole, population="people", count=count)
        told = {t.of for t in tolls if t.group == whole.group}
        kinds = ([p for p in with_halves(page, members) if p.of == of] for of in PARTS if of not in told)
        found += [subset(sentence, kind, whole.group) for kind in kinds if kind]
    return found


def _said_of_all(page: Page, whole: TollReading, phrases: Sequence[PeoplePhrase]) -> PeoplePhrase | None:
    """Give those whom "the eight dead were women" names the number that it says."""
    at = whole.last
    if at + 1 >= len(page.low) or page.low[at] not in BE or not whole.definite:
        return None
    kind = next((p for p in phrases if p.of and p.plural_only and 0 < p.first - at <= _SEVERAL), None)
    joined = kind is None or page.low[min(kind.last, len(page.low) - 1)] in {"and", "or", ","}
    return None if kind is None or joined else replace(kind, count=whole.count, plural_only=False)


def _list_behind(
    page: Page, whole: TollReading, phrases: Sequence[PeoplePhrase], tolls: Sequence[TollReading], *, family: bool
) -> list[PeoplePhrase]:
    """Return the people in a list behind a toll, none of whom another toll counts."""
    members: list[PeoplePhrase] = []
    total = 0
    for phrase in _counted(phrases, whole.last):
        since = members[-1].last if members else whole.last
        if members and not all(_joins(page, i) for i in range(since, phrase.first)):
            break
        if phrase.first - since > (_APART if members else _TO_LIST):
            break
        if total >= whole.count.value and not family:
            break
        if any(not t.of and t.first < phrase.last and phrase.first < t.last for t in tolls):
            break
        members.append(phrase)
        total += phrase.count.value
    return members


def _counted(phrases: Sequence[PeoplePhrase], first: int) -> Iterator[PeoplePhrase]:
    return (p for p in phrases if p.first >= first and not p.plural_only and p.count.op == "=" and p.population)


def _joins(page: Page, word: int) -> bool:
    return page.low[word] in _JOINS or bridges(page, word)


def _opens(page: Page, whole: TollReading, first: PeoplePhrase) -> bool:
    """Say whether a list begins behind a mark, or "they were", and nothing is done between it and the toll."""
    at = first.first - 1 - (page.low[first.first - 1] in {"the", "both"})
    return page.low[at] in _OPENS and not any(k & HARM for k in page.kinds[whole.last : at])
