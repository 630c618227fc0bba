"""Two names that are one place: a road between towns, and a chain of divisions from the widest down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from mapper.reading.page import Page
from mapper.reading.place_names import NameAt

_BETWEEN: Final = "between"
_LEAD: Final = 6
_JOINS: Final = frozenset({"and", "to", "with"})
_JOINING: Final = frozenset({"connecting", "connects", "linking", "links", "joining", "from"})
_SMALL_WORDS: Final = frozenset({"the", "of", "town", "towns", "village", "villages", "city", "cities"})
_OF_PARTIES: Final = frozenset(
    {"battle", "battles", "clash", "clashes", "conflict", "dispute", "fighting", "feud", "tension", "tensions", "war"}
)
_WIDE: Final = {"country": 1, "governorate": 2, "district": 3}
_PLACE: Final = 4
_ROAD: Final = "street"


def road_between(page: Page, one: NameAt, other: NameAt, sentence_first: int) -> tuple[int, int] | None:
    """Return the words of a place that two names bound: "the road between A and B", "the A to B highway".

    Parameters
    ----------
    page : Page
        The article.
    one, other : NameAt
        Names of one sentence that follow each other.
    sentence_first : int
        First word of the sentence.
    """
    if "country" in {one.kind, other.kind} or other.first - one.last > _LEAD:
        return None
    gap = [low for low in page.low[one.last : other.first] if low not in _SMALL_WORDS]
    if len(gap) != 1:
        return None
    lead = one.first - 1
    while lead > max(sentence_first, one.first - _LEAD) and page.low[lead] in _SMALL_WORDS:
        lead -= 1
    before = page.low[lead] if lead >= sentence_first else ""
    if gap[0] == "and" and before == _BETWEEN:
        return None if page.low[lead - 1] in _OF_PARTIES else (lead, other.outer_last)
    if gap[0] in _JOINS and before in _JOINING and (road := _road_before(page, lead, sentence_first)) >= 0:
        return road, other.outer_last
    behind = page.mark("place_kind", other.last) if other.last < len(page.low) else None
    if behind is None and other.kind == _ROAD and other.said:
        behind = page.mark("place_kind", other.last - 1)  # the name has taken its kind in
    if gap[0] == "to" and behind is not None and behind.value == _ROAD:
        return one.first, max(behind.last, other.outer_last)
    return None


def _road_before(page: Page, lead: int, sentence_first: int) -> int:
    """Return the word of the road right before "between" or "from"; -1 for none."""
    at = lead - 1
    kind = page.mark("place_kind", at) if at >= sentence_first else None
    return at if kind is not None and kind.value == _ROAD else -1


def end_of_road(page: Page, name: NameAt) -> str:
    """Return a name without the kind of the road that it was read with: "Exampla highway" is Exampla."""
    if name.kind != _ROAD:
        return name.text
    last = name.last
    while last > name.first + 1 and page.mark("place_kind", last - 1) is not None:
        last -= 1
    return page.quote(*page.span(name.first, last))


def from_the_widest(page: Page, chain: Sequence[NameAt]) -> bool:
    """Say whether names are told from the widest down: "Deltaland, Gamma Governorate, Beta District, Exampla".

    Parameters
    ----------
    page : Page
        The article.
    chain : sequence of NameAt
        Names with nothing but commas between them.
    """
    if len(chain) < 2 or not (chain[0].kind == "country" or (chain[0].said and chain[0].kind in _WIDE)):
        return False
    sizes = [_WIDE.get(name.kind, _PLACE) for name in chain]
    gaps = [page.low[one.outer_last : other.outer_first] for one, other in pairwise(chain)]
    apart = all(gap == [","] for gap in gaps[:-1]) and gaps[-1] in ([","], [",", "near"])
    return apart and all(a < b for a, b in pairwise(sizes))
