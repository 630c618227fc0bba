"""What a capitalised name may be beside a place: a person, a family, an outlet, an army, a capital that speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mapper.reading.datelines import DASHES, ends_dateline
from mapper.reading.place_forms import (
    BEFORE_OK,
    LABEL_SIGNS,
    NAMED_AFTER_TOWNS,
    OFFICES,
    at_aside,
    at_settlement,
    at_site,
)
from mapper.reading.tolls.ages import is_age
from mapper.reading.vocabulary import word_set

if TYPE_CHECKING:
    from mapper.reading.page import Page

_NAMED_SITES: Final = frozenset({"home", "hospital", "mosque", "school"})
FATHERS: Final = frozenset({"abu", "umm"})
"""Names of persons and of villages begin with these."""
OWNERS: Final = frozenset({"his", "her", "their"})
NOT_NAMES: Final = word_set("not_a_place")


def files(page: Page, a: int, b: int, end: int) -> bool:
    """Say whether a name in brackets files the story: "BEIRUT (Exampla) - ".

    Parameters
    ----------
    page : Page
        The article.
    a, b : int
        Words of the name; `b` is exclusive.
    end : int
        The word after the sentence.
    """
    return b + 1 < end and page.low[a - 1] == "(" and page.low[b] == ")" and page.low[b + 1] in DASHES


def is_other(page: Page, a: int, b: int, first: int, end: int) -> bool:  # noqa: PLR0911 - a table of decisions, read from the top
    """Say whether a name is a person, a family, an outlet, an army, a metonym or a dateline.

    Parameters
    ----------
    page : Page
        The article.
    a, b : int
        Words of the name; `b` is exclusive.
    first, end : int
        Words of its sentence; `end` is exclusive.
    """
    if files(page, a, b, end) or (a == first and ends_dateline(page, b, end)):
        return True
    if b < end:
        after = page.mark("not_place_after", b)
        if after is not None:
            return True
        nxt = b
        if page.capital(nxt) and not (
            page.mark("place_kind", nxt)
            or page.mark("bearing", nxt)
            or page.mark("site", nxt)
            or page.low[nxt] in {"strip", "i"}
        ):
            return True
        if page.low[nxt] == "," and nxt + 1 < end and page.low[nxt + 1].isdecimal() and is_age(page, nxt + 1):
            return True
        if page.low[nxt] == "'s" and nxt + 1 < end and page.mark("not_place_after", nxt + 1):
            return True
        site = page.mark("site", nxt)
        tied = page.low[nxt] == "-" and page.starts[nxt] == page.ends[nxt - 1]  # not "Exampla - Betaville"
        tied = tied or (page.low[nxt] == "/" and nxt + 1 < end and page.words[nxt + 1].islower())
        if tied or (site is not None and site.value in _NAMED_SITES):
            return True
    if page.mark("actor", a) is not None and b < end and (page.mark("act", b) or page.mark("doer", b)):
        return True
    if a > first:
        low = page.low[a - 1]
        if page.mark("person_cue", a - 1) and low not in BEFORE_OK:
            return True
        if low == "@":
            return True
        if (
            page.capital(a - 1)
            and a - 1 > first
            and low not in BEFORE_OK
            and not (page.mark("bearing", a - 1) or page.mark("place_kind", a - 1) or page.mark("site", a - 1))
        ):
            return True
    return any(page.mark("reporter", i) is not None for i in range(a, b)) and b - a > 1


def may_be_place(page: Page, a: int, b: int, first: int, end: int) -> bool:
    """Say whether a name that no gazetteer knows may be a place.

    Parameters
    ----------
    page : Page
        The article.
    a, b : int
        Words of the name; `b` is exclusive.
    first, end : int
        Words of its sentence; `end` is exclusive.
    """
    if any(page.low[i] in NOT_NAMES or page.mark("people", i) or page.mark("site", i) for i in range(a, b)):
        return False
    bare = a + (b - a > 1 and page.low[a] in FATHERS)
    if any(
        page.mark(tag, i) for tag in ("actor", "reporter", "person_cue", "speaker", "bearing") for i in range(bare, b)
    ):
        return False
    if (
        page.low[a] in OWNERS
        or (all(w.isupper() for w in page.words[a:b]) and page.low[a - 1] not in LABEL_SIGNS)
        or (page.low[a - 1] == "at" and not any(f(page, a - 1) for f in (at_settlement, at_site, at_aside)))
    ):
        return False
    following = page.low[b] if b < end else "."
    site = page.mark("site", b)
    if (
        following[0].isdigit()
        or (site and site.value not in NAMED_AFTER_TOWNS)
        or page.mark("act", b)
        or following in {"-", "/"}
    ):
        return False
    of_office = a - 2 >= first and page.low[a - 1] == "of" and page.low[a - 2] in OFFICES  # "the mayor of X said"
    return of_office or not is_other(page, a, b, first, end)
