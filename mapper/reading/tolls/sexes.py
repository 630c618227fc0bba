"""People that a form or a telegram tells by sex and age alone: "M/44", "F 39", "2F"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase

_SEXES: Final = {"F": "women", "W": "women", "M": "men", "C": "children", "B": "children", "G": "children"}
_OF_AGE: Final = 18
_FIGURES: Final = 2


def coded_person(page: Page, at: int, end: int) -> PeoplePhrase | None:
    """Read one person: "M/44", "F39", "G/12".

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word of the letter, and the end of the sentence.
    """
    of = _SEXES.get(page.words[at])
    age = at + 1 + (page.low[at + 1 : at + 2] == ["/"])
    if of is None or age >= end or not _few(page, age):
        return None
    of = "children" if int(page.low[age]) < _OF_AGE else of
    return PeoplePhrase(at, age + 1, exactly(at, at + 1, 1), "people", of)


def coded_number(page: Page, at: int, end: int) -> PeoplePhrase | None:
    """Read a number with the letter of a sex: "2F", "3 M", "1c".

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word of the number, and the end of the sentence.
    """
    if at + 1 >= end or not _few(page, at):
        return None
    of = _SEXES.get(page.words[at + 1].upper())
    return PeoplePhrase(at, at + 2, exactly(at, at + 1, int(page.low[at])), "people", of) if of else None


def _few(page: Page, at: int) -> bool:
    return page.low[at].isdecimal() and page.low[at].isascii() and len(page.low[at]) <= _FIGURES
