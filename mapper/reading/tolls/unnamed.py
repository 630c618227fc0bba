"""People that no noun of the vocabulary names: "a 16-year-old", "killed a prayer leader"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.ages import is_age
from mapper.reading.tolls.nouns import ENDS_PHRASE
from mapper.reading.tolls.numbers import Quantity, exactly
from mapper.reading.vocabulary import word_set

_OF_AGE: Final = 18
_LONGEST: Final = 3
_NOT_A_PERSON: Final = word_set("not_a_person") | word_set("measures")
_ONE: Final = frozenset({"a", "an"})


def aged_person(page: Page, first: int, end: int) -> tuple[int, str] | None:
    """Read "a 16-year-old" that no noun follows.

    Parameters
    ----------
    page : Page
        The article.
    first : int
        An article, or a word of that kind.
    end : int
        The word after the sentence.

    Returns
    -------
    (last, of) or None
        The word after it, and "children" for those under 18.
    """
    age = first + 1
    last = age + 1 + (age + 1 < end and page.low[age + 1] == "-")
    if last >= end or not page.low[age].isdecimal() or not is_age(page, age):
        return None
    while last < end and page.low[last] in {"year", "years", "-"}:
        last += 1
    if last >= end or not page.low[last].endswith("old"):
        return None
    last += 1
    if last < end and page.low[last] not in ENDS_PHRASE and page.low[last][0].isalnum():
        return None
    in_years = page.low[last - 1] == "year-old" or "year" in page.low[age + 1 : last]
    return last, "children" if not in_years or int(page.low[age]) < _OF_AGE else ""


def person_harmed(page: Page, at: int, end: int) -> tuple[int, Quantity] | None:
    """Read "a prayer leader" after an active verb for harm: whoever somebody killed is a person.

    Parameters
    ----------
    page : Page
        The article.
    at : int
        The word after the verb.
    end : int
        The word after the sentence.

    Returns
    -------
    (last, count) or None
        The word after the noun, and one.
    """
    if at + 1 >= end or page.low[at] not in _ONE:
        return None
    last = at + 1
    while last < end and page.low[last] not in ENDS_PHRASE and page.low[last][0].isalnum():
        low = page.low[last]
        if low in _NOT_A_PERSON or page.counting[last] or page.mark("act", last) or page.mark("people", last):
            return None
        last += 1
    if not 1 <= last - at - 1 <= _LONGEST or page.low[last - 1].endswith(("ed", "ing", "ly")):
        return None
    return last, exactly(at, at + 1, 1)
