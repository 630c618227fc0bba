"""Words that lead to a place: "near", "outskirts of", "the market of"; of an act, "strike on", "struck"."""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, Final

from mapper.reading.place_forms import (
    LONGEST_ASIDE,
    NAMED_AFTER_TOWNS,
    OFFICES,
    PREFIXES,
    at_aside,
    at_settlement,
    at_site,
    label_sign,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mapper.reading.page import Page

_LEADS: Final = frozenset({"in", "near", "outside", "beside", "above", "beyond"})
_WAY_IN: Final = frozenset({"approaching", "entered", "entering", "leaving", "passing"})
_ALWAYS: Final = _LEADS | _WAY_IN
_WAY_HOME: Final = frozenset({"back", "home", "returning", "way"})
_BETWEEN: Final = frozenset({"between", "connecting", "joining", "linking"})
_JOINS: Final = frozenset({"and", "to", "with"})
_MAY_LEAD: Final = _ALWAYS | _BETWEEN | _JOINS | {"at", "of", "from"}
_NOT_BETWEEN: Final = _MAY_LEAD - {"and", "with"}
_SEVERAL: Final = frozenset({"villages", "towns", "cities"})
_OF_TOWNS: Final = frozenset(
    {"alleys", "farmland", "farms", "fields", "groves", "lands", "mosque", "orchards", "people", "school", "skies"}
    | {"sons", "streets", "turn"}
)
"""Before "of", these are of a town or village, whatever its name: "the people of Exampla", "the fields of Exampla"."""
_OF_THE_TOWNS: Final = _SEVERAL | {"-", "the", "of"}
_ON_THE_WAY: Final = frozenset({"driving", "halfway", "midway", "somewhere", "travelling", "traveling", "way"})
_LONGEST_END: Final = 6
_LONGEST_ACT: Final = 3
_WHEN: Final = frozenset({"early", "evening", "last", "late", "morning", "night", "today", "yesterday"})
_LEADS_OF_ACT: Final = frozenset({"on", "of", "against", "at", "off"})
_PUBLIC: Final = frozenset({"market", "hospital", "prison", "bakery", "cemetery", "station", "checkpoint"})
_OF: Final = frozenset({"of", "to"})


def leads(page: Page, first: int, end: int) -> list[int]:
    """Return the words that lead to a place: "near", "outskirts of", "market of"; of an act, "strike on", "struck".

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words to look at; `end` is exclusive.
    """
    words = page.low[first:end]
    may_lead = _NOT_BETWEEN if _BETWEEN.isdisjoint(words) else _MAY_LEAD
    found = {
        at
        for at in compress(range(first, end), map(may_lead.__contains__, words))
        if (low := page.low[at]) in _ALWAYS or _LEADS_IF[low](page, at, first)
    }
    for mark in page.marked("act", first, end):
        at = mark.last
        if at - mark.first > _LONGEST_ACT:
            continue
        while at < min(end, mark.last + _LONGEST_ACT) and page.low[at] in _WHEN:
            at += 1  # "a raid last night on Exampla"
        if at < end and page.low[at] in _LEADS_OF_ACT:
            found.add(at)
        at = mark.last
        if at < end and page.low[at - 1] in _LEADS_OF_ACT and not mark.value.endswith("verb"):
            found.add(at - 1)  # "strike on" is one cue
        if at <= end and mark.value.endswith("verb") and page.low[at - 1] not in _LEADS_OF_ACT:
            found.add(at - 1)
    for tag in ("near", "part_of"):
        found.update(m.last - 1 for m in page.marked(tag, first, end) if page.low[m.last - 1] in _OF and m.last <= end)
    for mark in page.marked("site", first, end):
        if mark.value in _PUBLIC and mark.last < end and page.low[mark.last] == "of":
            found.add(mark.last)
    found.update(sign for mark in page.marked("place_label", first, end) if (sign := label_sign(page, mark, end)))
    return sorted(found)


def _of_a_place(page: Page, at: int) -> bool:
    """Say whether a word before "of" makes a place of what follows: "in turn of", "east of", "the mayor of"."""
    return page.low[at] in _OF_TOWNS or page.low[at] in OFFICES or page.mark("bearing", at) is not None


def _bounds(page: Page, between: int) -> bool:
    """Say whether "between" bounds a place: "the road between A and B", not "talks between A and B"."""
    if page.low[between + 1] == "the" and page.low[between + 2] in _SEVERAL:
        return True
    before = page.mark("place_kind", between - 1)
    road = before is not None and before.value == "street"
    return road or (page.low[between] == "between" and page.low[between - 1] in _ON_THE_WAY)


def after_the(page: Page, at: int, end: int) -> int:
    """Return the first word of the name that a checkpoint or market goes by: "near the Exampla checkpoint"; 0 for none.

    Parameters
    ----------
    page : Page
        The article.
    at : int
        The word "the" behind a word that leads to a place.
    end : int
        The word after the sentence.
    """
    last = at + 1
    while last < min(end, at + LONGEST_ASIDE) and page.capital(last):
        last += 1
    site = page.mark("site", last) if at + 1 < last < end and page.low[at] == "the" else None
    return at + 1 if site is not None and site.value in NAMED_AFTER_TOWNS else 0


def _second_end(page: Page, at: int, first: int) -> bool:
    """Say whether "and" leads to the other end of a road: "the road between A and B"."""
    for back in range(at - 1, max(first, at - _LONGEST_END), -1):
        if page.low[back] in _BETWEEN:
            return (page.low[at] == "and" or page.low[back] != "between") and _bounds(page, back)
        if not (page.capital(back) or page.low[back].startswith(PREFIXES) or page.low[back] in _OF_THE_TOWNS):
            return False
    return False


def _at(page: Page, at: int, first: int) -> bool:
    return at_settlement(page, at) or (at > first and (at_site(page, at) or at_aside(page, at)))


def _of(page: Page, at: int, first: int) -> bool:
    return at > first and _of_a_place(page, at - 1)


def _from(page: Page, at: int, first: int) -> bool:
    return at > first and page.mark("distance_unit", at - 1) is not None


def _to(page: Page, at: int, first: int) -> bool:
    home = page.low[at - 1] in _WAY_HOME
    return at > first and (home or (page.capital(at - 1) and _second_end(page, at, first)))


def _between(page: Page, at: int, first: int) -> bool:
    return at > first and _bounds(page, at)


_LEADS_IF: Final[Mapping[str, Callable[[Page, int, int], bool]]] = {
    "at": _at,
    "of": _of,
    "from": _from,
    "to": _to,
    "and": _second_end,
    "with": _second_end,
    **dict.fromkeys(_BETWEEN, _between),
}
"""Words that lead to a place only where what stands before them, or behind, says so."""
