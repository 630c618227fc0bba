"""What part a place plays: where it happened, or where people are from, were treated, told of it or fired from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from mapper.reading.vocabulary import word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapper.reading.page import Page
    from mapper.reading.places_written import PlaceMention

_TAKES_IN: Final = frozenset({"admitted", "received", "treated", "took", "counted"})
_TO_HOSPITAL: Final = 8
_HOSPITALS: Final = frozenset({"hospital", "hospitals", "clinic", "clinics", "morgue"})
_TREATED: Final = word_set("taken_to_hospital")
_POSTED: Final = frozenset({"at", "in", "of", "from"})
_OFFICIALS: Final = word_set("officials_of_a_place")
_SAYS: Final = 6
_CLAUSE_ENDS: Final = frozenset({",", ";", ":", "and", "but"})
_IN: Final = frozenset({"in", "at", "near", "outside", "around"})
_TO: Final = frozenset({"to", "toward", "towards", "for"})
_BACK: Final = 7
_MET: Final = frozenset({"consulted", "interviewed", "met", "speaking", "spoke", "talked", "talking"})
_OF_WHAT: Final = frozenset({"of", "about"})
_LIVES: Final = frozenset(
    {"based", "exile", "exiled", "headquartered", "lives", "sits", "living", "now", "resides", "residing"}
)
_BURIED: Final = frozenset({"buried", "burial", "funeral", "funerals", "interred"})
_HAIL: Final = frozenset(
    {"all", "came", "come", "displaced", "evacuees", "fled", "family", "families", "hailed", "hailing", "originally"}
)
_FLED: Final = frozenset({"fled", "displaced", "left", "moved", "escaped"})
_FIRED: Final = frozenset(
    {"coming", "fired", "firing", "flew", "flown", "flying", "launched", "off", "operating", "shot", "source"}
)
_ARMS: Final = word_set("arms_and_armed")
_POSTS: Final = frozenset({"base", "bases", "deployed", "placed", "positioned", "positions", "stationed"})
_BOUND: Final = frozenset(
    {
        "bound",
        "brought",
        "carried",
        "driven",
        "escaping",
        "fled",
        "fleeing",
        "flown",
        "foot",
        "going",
        "headed",
        "heading",
    }
    | {"left", "rushed", "taken", "transferred", "travelling", "traveling", "way"}
    | {"highway", "road", "track"}
)
_BOUND_PAST: Final = frozenset({"driven", "gone", "walked", "went", "returned"})
_SAID: Final = frozenset({"recalled", "said", "says", "told"})
_SPEAKS: Final = frozenset({"called", "condemned", "decried", "denounced", "deplored", "urged", "voiced", "warned"})
_LIKE: Final = frozenset({"like", "unlike"})
_SMALL: Final = frozenset({"the", "a", "an", "nearby", "neighbouring", "neighboring"})
_PASSIVE: Final = frozenset({"was", "were", "been", "being"})
_ACROSS: Final = frozenset({"across", "river", "border", "camp", "village", "town", "city", "of"})


def in_its_part(page: Page, place: PlaceMention, sentence: int) -> PlaceMention:
    """Mark a place where nothing is told to have happened: "a family from X", "now in X", "troops in X shelled Y".

    Parameters
    ----------
    page : Page
        The article.
    place : PlaceMention
        A place of the sentence.
    sentence : int
        Index of the sentence.

    Returns
    -------
    PlaceMention
        The same, or one that is not `located`; `aside` where it is where people are
        from, live, were treated or buried, went to, fired from or spoke.
    """
    first, last = page.bounds[sentence]
    if not place.names:
        return place
    if _treated(page, place, first) or _led_aside(page, place, first) or _fires(page, place, first, last):
        return replace(place, located=False, aside=True)
    return replace(place, located=False) if place.located and _of_speaker(page, place, sentence) else place


def _treated(page: Page, place: PlaceMention, first: int) -> bool:
    """Say whether a place is only where the hurt were treated: "another 17 were taken to a hospital in Exampla"."""
    back = page.low[max(first, place.first - _TO_HOSPITAL) : place.first]
    at = next((i for i, word in enumerate(back) if word in _TREATED), len(back))
    return not _HOSPITALS.isdisjoint(back[at:]) and back[-1] in {"in", "at", "of"}


def _of_speaker(page: Page, place: PlaceMention, sentence: int) -> bool:
    """Say whether only a speaker is at a place: "the emergency room in Exampla says"."""
    first = page.bounds[sentence][0]
    if _of_official(page, place, sentence):
        return True
    takes_in = place.last < len(page.low) and page.low[place.last] in _TAKES_IN
    takes_in = takes_in and not page.has("act", place.last, page.bounds[sentence][1])
    if not takes_in and page.mark("report", place.last) is None:
        return False
    clause = _clause(page, place.first, first)
    return not any(page.has(tag, clause, place.first) for tag in ("act", "harm", "toll"))


def _of_official(page: Page, place: PlaceMention, sentence: int) -> bool:
    """Say whether a place is only a speaker's post: "the duty doctor at Exampla has rung to say"."""
    at = place.first - 1
    first, last = page.bounds[sentence]
    if at <= first or page.low[at] in {"near", "outside"}:
        at -= 1
    if at - 1 < first or page.low[at] not in _POSTED or page.low[at - 1] not in _OFFICIALS:
        return False
    after = page.marked("report", place.last, min(place.last + _SAYS, last))
    before = any(page.mark("report", back) is not None for back in range(max(first, at - _SAYS), at))
    return bool(after) or before or page.low[max(first, at - _SAYS) : at].count("to") > 1


def _clause(page: Page, at: int, first: int) -> int:
    """Return the first word of the clause that a word stands in."""
    while at > first and page.low[at - 1] not in _CLAUSE_ENDS:
        at -= 1
    return at


def _led_aside(page: Page, place: PlaceMention, first: int) -> bool:
    """Say whether the words before a place lead elsewhere: "a baker from X", "we spoke in X", "on the way to X"."""
    at = place.first - 1
    while at > first and page.low[at] in _SMALL:
        at -= 1
    if at < first:
        return False
    lead, back = page.low[at], page.low[max(first, at - _BACK) : at]
    before = back[-1] if back else ""
    if lead in _LIKE:
        return True
    if lead == "from":
        named = page.mark("people", at - 1) is not None and at > first
        return named or before in _HAIL or before in _FIRED or before.isdecimal()
    if lead in _TO:
        return before in _BOUND or (before in _BOUND_PAST and not {"had", "who", "have"}.isdisjoint(back))
    if lead == "of":
        return before == "direction" or _fled_from(page, place) or _said_at(page, at, first)
    aside = before in _LIVES or before in _BURIED or before in _SAID or _meets(back)
    return lead in _IN and (aside or (at == first and _speaks_there(page, place)))


def _said_at(page: Page, of: int, first: int) -> bool:
    """Say whether something was only said at a site of a place: "he said in the clinic of X"."""
    back = page.low[max(first, of - _BACK) : of - 1]
    site = of > first and page.mark("site", of - 1) is not None
    return site and len(back) > 1 and back[-1] in _SMALL | _IN and not _SAID.isdisjoint(back[-3:])


def _speaks_there(page: Page, place: PlaceMention) -> bool:
    """Say whether a sentence begins with where somebody spoke: "In X, the envoy deplored …"."""
    at = place.last
    if page.low[at : at + 1] != [","]:
        return False
    for word in range(at + 1, min(at + _BACK, len(page.low))):
        if page.mark("act", word) is not None or page.mark("harm", word) is not None or page.low[word] in _CLAUSE_ENDS:
            return False
        if page.mark("report", word) is not None or page.low[word] in _SPEAKS:
            return True
    return False


def _meets(back: Sequence[str]) -> bool:
    """Say whether somebody was met there: "interviewed five survivors in X", not "spoke of an attack in X"."""
    met = [i for i, word in enumerate(back) if word in _MET]
    return bool(met) and not _OF_WHAT & {*back[met[-1] + 1 : met[-1] + 2]} and _CLAUSE_ENDS.isdisjoint(back[met[-1] :])


def _fled_from(page: Page, place: PlaceMention) -> bool:
    """Say whether the people of a place had left it: "residents of X who had fled to Y"."""
    after = page.low[place.last : place.last + _SAYS]
    return after[:1] == ["who"] and not _FLED.isdisjoint(after)


def _fires(page: Page, place: PlaceMention, first: int, last: int) -> bool:
    """Say whether those who fire stand there: "troops in X shelled Y", "from positions in X", "guns in X hit Y"."""
    at = place.first - 1
    if at > first and page.low[at] in _IN and page.low[at - 1] in _POSTS:
        return True
    while at >= first and (page.low[at] in _IN or page.low[at] in _SMALL or page.low[at] in _ACROSS):
        at -= 1
    if at < first or page.low[at] not in _ARMS:
        return False
    act = page.mark("act", place.last) or page.mark("harm", place.last) if place.last < last else None
    return act is not None and page.low[place.last] not in _PASSIVE
