"""Names of people before "was killed": counted, never kept.

The dead are often told by name. A name is a run of capitalised words, with
the particles of Arabic names, that is neither a place nor an outlet; a list of
names is counted to learn how many people a sentence speaks of.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mapper.reading.page import ACT, OTHER, Page
from mapper.reading.vocabulary import word_set

_PARTICLES: Final = frozenset(
    {"al", "el", "bin", "ibn", "bint", "abu", "umm", "abd", "de", "van", "von", "ul", "ud", "-"}
)
_SKIP: Final = word_set("between_names")
_TITLES: Final = frozenset(
    {"dr", "sheikh", "hajj", "mr", "mrs", "ms", "professor", "journalist", "engineer", "brothers", "sisters"}
)
_CALENDAR: Final = word_set("calendar")
_WINDOW: Final = 80


@dataclass(frozen=True, slots=True)
class Name:
    """A name in words ``first..last`` (last exclusive)."""

    first: int
    last: int


def name_at(page: Page, at: int, end: int) -> int:
    """Return the word after the name of a person that begins at a word; `at` itself where none does."""
    last = at
    while last < end and (page.capital(last) or (last > at and _of_name(page, last))):
        if page.low[last] in _SKIP or page.low[last] in _CALENDAR:
            break
        last += 1
    while last > at and page.low[last - 1] in _PARTICLES:
        last -= 1
    if last == at or _TITLES.issuperset(page.low[at:last]) or _other(page, at, last):
        return at
    return last


def aged_name(page: Page, at: int, end: int) -> bool:
    """Say whether one capitalised word is a name because an age goes with it: "Example (32)", "Example, 7,"."""
    if at + 3 >= end or not page.capital(at) or page.low[at] in _SKIP or page.kinds[at] & (OTHER | ACT):
        return False
    opens, age, closes = page.low[at + 1 : at + 4]
    if not (age.isdecimal() and len(age) <= 2):
        return False
    return (opens == "(" and closes == ")") or (opens == "," and closes in {",", "and", "."})


def may_name(page: Page, first: int, last: int) -> bool:
    """Say whether a name of two words or more may begin in words ``first..last``: a first look at each."""
    return any(page.capital(i) and _of_name(page, i + 1) for i in range(first, min(last, len(page.low) - 1)))


def _of_name(page: Page, word: int) -> bool:
    return page.low[word] in _PARTICLES or page.has_capital(word)


def names_before(page: Page, verb: int, clause: int) -> list[Name]:
    """Return the names listed right before a verb, in order.

    Parameters
    ----------
    page : Page
        The article.
    verb : int
        Word of the harm ("killed").
    clause : int
        First word that may belong to the list.
    """
    names: list[Name] = []
    at = verb - 1
    stop = max(clause, verb - _WINDOW)
    gap = 0
    while at >= stop:
        low = page.low[at]
        if page.capital(at) and low not in _SKIP and low not in _TITLES:
            last = at + 1
            while (
                at - 1 >= stop
                and (page.capital(at - 1) or page.low[at - 1] in _PARTICLES)
                and page.low[at - 1] not in _TITLES
            ):
                at -= 1
            if last - at >= 2 and not _other(page, at, last):
                names.append(Name(at, last))
                gap = 0
            elif names:
                break
            else:
                return []
        elif low in _SKIP or low[0].isdigit() or low == '"' or (low == "." and len(page.low[at - 1]) == 1):
            gap += 1
            if gap > 10:
                break
        elif names and gap <= 10 and page.mark("people", at):
            gap += 1
        else:
            break
        at -= 1
    names.reverse()
    return names


def _other(page: Page, first: int, last: int) -> bool:
    """Say whether a run of capitals is an outlet, an army or an act, not a person."""
    return any(kinds & (OTHER | ACT) for kinds in page.kinds[first:last])
