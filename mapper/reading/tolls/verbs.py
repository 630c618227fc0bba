"""How a verb of harm stands: passive or active, before its object or behind it."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import PEOPLE, Mark, Page
from mapper.reading.tolls.coordination import OWN, PREPOSITIONS
from mapper.reading.tolls.people import people_at
from mapper.reading.tolls.walk import BE
from mapper.reading.vocabulary import word_set

BREAKS: Final = frozenset(
    {";", ":", "while", "when", "after", "before", "but", "although", "because", "where", "whereas", "whilst"}
)
"""Words at which another clause begins."""

OBJECT_GAP: Final = 5
"""How far behind its verb an object may begin."""

_AUXILIARY: Final = word_set("auxiliary")
_CALENDAR: Final = (word_set("calendar") - {"on", "at", "in", "the"}) | {"yesterday", "today", "morning", "evening"}
_TO_END: Final = 12
_SAYS_WHERE: Final = frozenset({"in", "by", "at", "on", "near", "when", "during", "while", "as", "inside", "outside"})
_TO_WERE: Final = 16


def ends_in_death(page: Page, verb: Mark, end: int) -> bool:
    """Say whether what is done to people kills them: "hacked ten people to death", "cost a widow her life".

    Parameters
    ----------
    page : Page
        The article.
    verb : Mark
        Cue of the tag `to_death`.
    end : int
        End of the sentence.
    """
    for at in range(verb.last, min(verb.last + _TO_END, end - 1)):
        low = page.low[at]
        if low in BREAKS or (page.mark("harm", at) is not None and low != "dead"):
            return False
        if verb.value == "life":
            if low in OWN and page.low[at + 1] in {"life", "lives"}:
                return True
        elif low == "dead" or (low == "to" and page.low[at + 1] == "death"):
            return True
    return False


def inverted(page: Page, at: int, end: int) -> int:
    """Return the word after "were", or a colon, in "Killed (yesterday) were …", "Killed in Exampla: …"; or 0.

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word after the verb, and the end of the sentence.
    """
    told = at < end and page.low[at] in _SAYS_WHERE
    for ahead in range(at, min(at + (_TO_WERE if told else 3), end - 1)):
        if page.low[ahead] in {"were", "was"} or (told and page.low[ahead] == ":"):
            return ahead + 1
        if not (page.low[ahead][0].isalnum() or page.low[ahead] == "-") or page.kinds[ahead] & PEOPLE:
            return 0
    return 0


def auxiliary_before(page: Page, at: int, clause: int) -> bool:
    """Say whether a form of "to be" makes a verb passive.

    Parameters
    ----------
    page : Page
        The article.
    at, clause : int
        The verb, and the first word of its clause.
    """
    back = at - 1
    while back >= max(clause, at - 6):
        if page.low[back] in BE:
            return True
        harm = page.mark("harm", back)
        if page.low[back] in {"and", "or"} or harm is not None or page.low[back] in _AUXILIARY:
            back -= 1
            continue
        return False
    return False


def has_before(page: Page, at: int) -> bool:
    """Say whether "has", "to" or the like makes a verb active.

    Parameters
    ----------
    page : Page
        The article.
    at : int
        The verb.
    """
    return at > 0 and page.low[at - 1] in {"have", "has", "had", "to", "would", "could"}


def _past_day(page: Page, at: int, end: int) -> int:
    """Return the word after a day that stands between a verb and its object: "killed on Monday a girl"."""
    if at + 1 >= end or page.low[at] not in {"on", "yesterday", "today"}:
        return at
    last = at + (page.low[at] == "on")
    while last < min(at + OBJECT_GAP, end) and (page.low[last] in _CALENDAR or page.low[last].isdecimal()):
        last += 1
    return last if last > at + 1 else at


def object_follows(page: Page, at: int, end: int, *, known: bool = False) -> bool:
    """Say whether people (by a noun that is `known`) stand right after an active verb: "killed at least 12".

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word after the verb, and the end of the sentence.
    known : bool
        A number of an unknown noun is not enough.
    """
    at = _past_day(page, at, end)
    for ahead in range(at, min(at + OBJECT_GAP, end)):
        phrase = people_at(page, ahead, end, ())
        if phrase is not None:
            return bool(phrase.population) or not known
        low = page.low[ahead]
        if low in {"and", "or"} and page.mark("harm", ahead + 1) is None:
            return False  # "one civilian (male) killed and 4 wounded"
        if low == "as":
            return False  # "30 reported killed as forces close in"
        if low in BREAKS or low in PREPOSITIONS or not low[0].isalpha() or low in BE:
            return False
    return False
