"""What a toll is made of, in brackets or between dashes: "6 dead (4 men, 1 woman, 1 child)", "killed 5 (2 F, 3 M)".

Only what is wholly such a list is read, and only where it counts no more
people than the toll.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.nouns import noun_at
from mapper.reading.tolls.numbers import Quantity, exactly
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.sexes import coded_number, coded_person
from mapper.reading.tolls.stated import with_halves

_BETWEEN: Final = frozenset(
    {",", ";", "and", "&", "/", "+", "plus", "incl", ".", "including", "her", "his", "their", "m", "f"}
)
_LONGEST: Final = 40


def breakdown(
    page: Page, at: int, end: int, whole: Quantity, blocked: Container[int]
) -> tuple[Sequence[PeoplePhrase], int]:
    """Read a list in brackets of those who were counted right before it.

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word "(", and the end of the sentence.
    whole : Quantity
        How many were counted.
    blocked : container of int
        Words of dates and ages.

    Returns
    -------
    (sequence of PeoplePhrase, int)
        The women, children and men among them, and the word after the bracket; no one, and `at`, where it
        says anything else.
    """
    found: list[PeoplePhrase] = []
    i = at + 1
    while i < min(at + _LONGEST, end) and page.low[i] != ")":
        coded = coded_person(page, i, end)
        if coded is None and (page.low[i] in _BETWEEN or (i in blocked and page.low[i][0].isdigit())):
            i += 1
            continue
        phrase = coded or _one(page, i, end, blocked)
        if phrase is None or phrase.plural_only or not phrase.population or phrase.group:
            return [], at
        found.append(phrase)
        i = phrase.last
    closed = i < end and page.low[i] == ")"
    kinds = [p for p in with_halves(page, found) if p.of]
    if not closed or not kinds or sum(p.count.value for p in found) > whole.value:
        return [], at
    return kinds, i + 1


def _one(page: Page, at: int, end: int, blocked: Container[int]) -> PeoplePhrase | None:
    """Read "4 men", "a woman", "2 F"."""
    phrase = coded_number(page, at, end) or people_at(page, at, end, blocked)
    noun = noun_at(page, at, end) if phrase is None else None
    if noun is not None and noun[3]:
        return PeoplePhrase(at, noun[0], exactly(at, noun[0], 1), noun[1], noun[2])  # "(mother + baby + neighbour)"
    return None if phrase is None else replace(phrase, definite=False)
