"""Names of places in a sentence: those the gazetteer knows, and those a cue gives away.

"In the village of X", "X neighbourhood", "X refugee camp" name a place whether
or not a gazetteer knows it. A name is dropped when its surroundings say that it
is a person, a family, an outlet, an army or a capital speaking for its state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from mapper.model import Toponym
from mapper.reading.page import Page
from mapper.reading.place_doubts import NOT_NAMES, OWNERS, files, is_other, may_be_place
from mapper.reading.place_forms import (
    LONGEST_NAME,
    name_after,
    name_before,
    namelike,
    names_next,
    suffers,
)
from mapper.reading.place_leads import after_the, leads

_OUTLETS: Final = frozenset({"agency", "channel", "network", "outlet", "service", "site", "website", "wire"})
_ARTICLES: Final = frozenset({"al-", "el-", "ad-", "ar-", "as-", "at-", "an-", "az-", "ash-", "adh-"})
_PREFIXES: Final = tuple(_ARTICLES)
_SETTLEMENTS: Final = frozenset({"village", "town", "city", "camp", "neighbourhood"})
_NOT_OF: Final = {
    "country": frozenset({"village", "town", "city"}),
    "governorate": frozenset({"village"}),
    "city": frozenset({"village"}),
}
"""Kinds of place that nothing of another kind can be."""
_VAGUE: Final = frozenset({"area", "areas"})
_DIVISIONS: Final = frozenset({"district", "governorate"})
_SURE: Final = 0.35
_REMEMBERED: Final = 0.6
_FAMILY: Final = frozenset({"family", "families", "brothers", "clan", "tribe", "residence", "household"})


@dataclass(slots=True)
class NameAt:
    """A place name in words ``first..last``; ``outer_*`` take in its kind ("the village of X").

    `kind` is what the text calls it, else what the gazetteer does; `said` says
    that the text does.
    """

    first: int
    last: int
    outer_first: int
    outer_last: int
    text: str
    kind: str
    said: bool
    known: bool
    country: str = ""
    admin1: str = ""


Repeats = Mapping[str, Sequence[tuple[list[str], Toponym]]]
"""Names that a text is sure of, by their first word: what was a place once is one again."""


_COMPOUNDS: Final = frozenset(
    {"aligned", "allied", "appointed", "backed", "based", "born", "controlled", "held", "installed", "led", "occupied"}
    | {"owned", "run", "supported", "trained"}
)
"""Behind a hyphen, these make of a name what somebody is: "Exampla-installed officials"."""


def without_families(page: Page, toponyms: Sequence[Toponym]) -> list[Toponym]:
    """Drop the names that the text somewhere gives to a family or an outlet ("the al-Example family").

    Parameters
    ----------
    page : Page
        The article.
    toponyms : sequence of Toponym
        Those found in all of it.
    """
    if not toponyms:
        return []
    families = {bare_name(t.text) for t in toponyms if page.low[_after(page, t)] in _FAMILY or _is_outlet(page, t)}
    toponyms = [t for t in toponyms if page.low[page.word_at(t.start)].rpartition("-")[2] not in _COMPOUNDS]
    return [t for t in toponyms if bare_name(t.text) not in families]


def _is_outlet(page: Page, toponym: Toponym) -> bool:
    """Say whether a name is that of an outlet: "the Exampla news agency", "BEIRUT (Exampla) - "."""
    a, b = page.word_at(toponym.start), _after(page, toponym)
    if page.low[b] == "news" and page.low[min(b + 1, len(page.low) - 1)] in _OUTLETS:
        return True
    return files(page, a, b, len(page.low))


def bare_name(name: str) -> str:
    """Return a name in lower case without its article.

    Examples
    --------
    >>> bare_name("Al-Example"), bare_name("the Example")
    ('example', 'example')
    """
    return re.sub(r"^(?:al|el|the)[- ]", "", name.lower())


def _after(page: Page, toponym: Toponym) -> int:
    return min(page.word_at(toponym.end - 1) + 1, len(page.low) - 1)


def repeated(page: Page, toponyms: Sequence[Toponym]) -> Repeats:
    """Return the names of a text that may be met again where the finder was less sure.

    Parameters
    ----------
    page : Page
        The article.
    toponyms : sequence of Toponym
        Those found in all of it.
    """
    found: dict[str, list[tuple[list[str], Toponym]]] = {}
    seen: set[str] = set()
    for toponym in toponyms:
        if toponym.demonym or toponym.kind == "country" or toponym.sure < _REMEMBERED or toponym.text in seen:
            continue
        seen.add(toponym.text)
        a, b = page.word_at(toponym.start), page.word_at(toponym.end - 1) + 1
        words = page.words[a:b]
        if words and (len(words) > 1 or len(words[0]) > 3):
            found.setdefault(words[0], []).append((words, toponym))
    peoples = _peoples(page, toponyms)
    for first, end in page.bounds:
        for name in _cued(page, first, end, peoples):
            if name.text not in seen and name.kind in _SETTLEMENTS:
                seen.add(name.text)
                start, last = page.span(name.first, name.last)
                toponym = Toponym(start=start, end=last, text=name.text, kind=name.kind)
                found.setdefault(page.words[name.first], []).append((page.words[name.first : name.last], toponym))
    return found


def names_in(page: Page, sentence: int, toponyms: Sequence[Toponym], repeats: Repeats | None = None) -> list[NameAt]:
    """Return the place names of one sentence, in order, not overlapping.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    toponyms : sequence of Toponym
        Those found inside the sentence, in order.
    repeats : Repeats, optional
        Names of the whole text, from `repeated`.
    """
    first, end = page.bounds[sentence]
    found: list[NameAt] = []
    peoples = _peoples(page, toponyms)
    for toponym in toponyms:
        if toponym.demonym or toponym.sure < _SURE or toponym.text.lower() in NOT_NAMES:
            continue
        a, b = page.word_at(toponym.start), page.word_at(toponym.end - 1) + 1
        if first <= a < b <= end and _whole(page, a, b, toponym) and not is_other(page, a, b, first, end):
            found.append(_known(page, a, b, toponym, first, end))
    taken = {w for n in found for w in range(n.outer_first, n.outer_last)}
    known = repeats or {}
    again = [] if known.keys().isdisjoint(words := page.words[first:end]) else enumerate(words, first)
    for at in [at for at, word in again if word in known]:
        for words, toponym in known[page.words[at]]:
            b = at + len(words)
            if at not in taken and b <= end and page.words[at:b] == words and not is_other(page, at, b, first, end):
                found.append(_known(page, at, b, toponym, first, end))
                taken.update(range(at, b))
    found += [n for n in _cued(page, first, end, peoples) if taken.isdisjoint(range(n.first, n.last))]
    taken.update(w for n in found for w in range(n.outer_first, n.outer_last))
    taken |= peoples
    found += [n for n in _after_preposition(page, first, end) if taken.isdisjoint(range(n.first - 1, n.last))]
    if (subject := _bombed(page, first, end)) is not None and taken.isdisjoint(range(subject.first, subject.last)):
        found.append(subject)
    found.sort(key=lambda n: n.first)
    return found


def _bombed(page: Page, first: int, end: int) -> NameAt | None:
    """Find a name that no gazetteer knows where its sentence begins with what was bombed: "Exampla was shelled"."""
    last = first
    while last < end and last - first < LONGEST_NAME and namelike(page, last):
        last += 1
    if not (first < last < end) or not suffers(page, last, end) or not may_be_place(page, first, last, first, end):
        return None
    return NameAt(first, last, first, last, page.quote(*page.span(first, last)), "", False, False)


def _whole(page: Page, a: int, b: int, toponym: Toponym) -> bool:
    """Say whether a name is words by itself: not the "UK" of "UK-based"; an article before it may be left out."""
    lead = page.text[page.starts[a] : toponym.start].lower()
    return page.ends[b - 1] == toponym.end and (not lead or lead in _ARTICLES)


def _known(page: Page, a: int, b: int, toponym: Toponym, first: int, end: int) -> NameAt:
    if b < end and (page.low[b] == "strip" or _goes_on(page, b)):
        b += 1  # "Tal" is known, "Tal as-Sultan" is meant
    outer_first, outer_last, kind = _kind_around(page, a, b, first, end)
    if kind == "capital" and not (toponym.demonym or toponym.kind == "country"):
        kind = "city"  # "the capital of the province", not "the Examplian capital"
    if kind == "street" and outer_last > b:
        b = outer_last  # "Example roundabout" is a name; "Example" may be another place
    text = page.quote(*page.span(a, b))
    if kind == "neighbourhood" and page.low[outer_last - 1] in _VAGUE and toponym.kind in _DIVISIONS:
        kind = ""  # "the Exampla area" is about a town or district
    if kind in _NOT_OF.get(toponym.kind, ()) and outer_last > b:
        kind, called, outer_last = "", "region", b  # "a Deltaland village" is one in Deltaland
    else:
        called = kind or toponym.kind
    return NameAt(a, b, outer_first, outer_last, text, called, bool(kind), True, toponym.country, toponym.admin1)


def _goes_on(page: Page, at: int) -> bool:
    """Say whether a word with an article in it, right behind a name, belongs to the name."""
    word = page.words[at]
    apart = page.text[page.ends[at - 1] : page.starts[at]]
    return apart.isspace() and word.lower().startswith(_PREFIXES) and any(c.isupper() for c in word)


def _kind_around(page: Page, a: int, b: int, first: int, end: int) -> tuple[int, int, str]:
    """Find "the village of X", "X village", "X's eastern neighbourhood" around a name."""
    after = page.mark("place_kind", b) if b < end else None
    owned = page.mark("place_kind", b + 1) if b + 1 < end and page.low[b] == "'s" else None
    if owned is not None and owned.value == "capital":
        after = owned
    if after is not None and not names_next(page, after, end):
        start = a - 1 if a > first and page.low[a - 1] == "the" else a
        return start, after.last, after.value
    at = a - 1
    if at > first and page.low[at] == "of":
        at -= 1
        for width in (2, 1, 3):
            mark = page.mark("place_kind", at - width + 1) if at - width + 1 >= first else None
            if mark is not None and mark.last == at + 1:
                start = mark.first
                if not names_next(page, mark, end) and name_before(page, start, first):
                    return a, b, ""  # "the Example neighbourhood of X"
                if start > first and page.low[start - 1] in {"the", "a"}:
                    start -= 1
                return start, b, mark.value
    elif at >= first:
        mark = page.mark("place_kind", at)
        if mark is not None and mark.last == a and page.low[at] in {"village", "town", "city"}:
            return at, b, mark.value
    return a, b, ""


def _after_preposition(page: Page, first: int, end: int) -> list[NameAt]:
    """Find names that no gazetteer knows and no kind is given for: "near Exampleville", "shelling of Beit Example"."""
    found: list[NameAt] = []
    free = first
    for at in leads(page, first, end - 1):
        if at < free:
            continue
        start = last = after_the(page, at + 1, end) or at + 1
        while last < end and last - start < LONGEST_NAME and namelike(page, last):
            last += 1
        while last > start and not page.has_capital(last - 1):
            last -= 1
        if last > start and may_be_place(page, start, last, first, end):
            found.append(NameAt(start, last, start, last, page.quote(*page.span(start, last)), "", False, False))
        free = max(last, at + 1)
    return found


def _peoples(page: Page, toponyms: Sequence[Toponym]) -> set[int]:
    """Return the words that name a people: "an Examplian village" is not called so."""
    return {page.word_at(t.start) for t in toponyms if t.demonym}


def _cued(page: Page, first: int, end: int, peoples: AbstractSet[int]) -> list[NameAt]:
    """Find names that only their cue gives away."""
    found: list[NameAt] = []
    for mark in page.marked("place_kind", first, end):
        after = name_after(page, mark.last, end) if mark.last < end else None
        own = after is not None and not names_next(page, mark, end) and name_before(page, mark.first, first)
        if after is not None and not own:
            a, b = after
            outer = mark.first - 1 if mark.first > first and page.low[mark.first - 1] == "the" else mark.first
            if not is_other(page, a, b, first, end) and not (found and found[-1].last > a):
                found.append(NameAt(a, b, outer, b, page.quote(*page.span(a, b)), mark.value, True, False))
            continue
        before = name_before(page, mark.first, first)
        if before is not None and set(page.low[slice(*before)]) <= NOT_NAMES:
            continue  # "The State Service"
        if before is not None and page.low[before[0]] not in OWNERS and before[0] not in peoples:
            a, b = before
            if found and found[-1].last > a:
                continue
            outer = a - 1 if a > first and page.low[a - 1] == "the" else a
            b = mark.last if mark.value == "street" else b
            found.append(NameAt(a, b, outer, mark.last, page.quote(*page.span(a, b)), mark.value, True, False))
    return found
