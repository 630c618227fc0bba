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
    """Read "a 16-year-old", and "a 40-year-old Examplan", whose noun the vocabulary lacks.

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
    in_years = page.low[last - 1] == "year-old" or "year" in page.low[age + 1 : last]
    last = _past_unknown(page, last, end)
    if not last:
        return None
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
    last = _past_unknown(page, at + 1, end)
    return (last, exactly(at, at + 1, 1)) if last > at + 1 else None


def _past_unknown(page: Page, at: int, end: int) -> int:
    """Return where a noun that the vocabulary lacks ends, `at` itself where the phrase ends there; 0 for no noun."""
    last = at
    while last < end and page.low[last] not in ENDS_PHRASE and page.low[last][0].isalnum():
        low = page.low[last]
        if low in _NOT_A_PERSON or page.counting[last] or page.mark("act", last) or page.mark("people", last):
            return 0
        if last > at and page.mark("harm", last) is not None:
            break
        last += 1
    if last - at > _LONGEST or (last > at and page.low[last - 1].endswith(("ed", "ing", "ly"))):
        return 0
    return last
