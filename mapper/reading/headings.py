"""Headings: the governorate that paragraphs of a bulletin stand under, and the place that a note begins with."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.chronology import stands_alone
from mapper.reading.dates.words import MONTHS, WEEKDAYS
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.place_doubts import FATHERS
from mapper.reading.vocabulary import word_set

_LONGEST: Final = 4
_LONGEST_HEADING: Final = 8
_BACK: Final = 40
_ENDS: Final = frozenset({":", "."})
_MARKS: Final = frozenset({":", "|", "-", "\u2013"})
_BULLETS: Final = frozenset({"*", "\u2022", "#"})
_URGENT: Final = frozenset({"urgent", "breaking", "update", "flash", "new", "just", "in"})
NO_PLACE: Final = ("reporter", "actor", "person_cue", "people", "report", "act", "harm", "speaker", "site", "doer")
_LABELS: Final = ("division_label", "place_label", "place_kind")
NOT_NAMES: Final = word_set("not_a_place") | word_set("calendar")
_JOINERS: Final = frozenset({"al", "el", "as", "ar", "ad", "az", "an", "-", "of"})
_BEFORE_NAME: Final = _URGENT | _MARKS | _BULLETS | {*MONTHS, *WEEKDAYS, "(", ")"}
_KINDS: Final = frozenset({"village", "town", "city", "camp"})
_IN: Final = frozenset({"in", "at", "on", "near"})
_SOME: Final = frozenset({"a", "another"})
_NEARBY: Final = frozenset({"adjacent", "by", "near", "nearby", "neighboring", "neighbouring"})
_HERE: Final = 3
_ACRONYM: Final = 4
_WORDS: Final = 5
_VALUE: Final = 2


def heading_over(page: Page, lead: Notes, seen: Sequence[Notes]) -> str:
    """Return the place that heads the paragraph of a segment, or stands alone on a line above it; "" for none.

    Parameters
    ----------
    page : Page
        The article.
    lead : Notes
        The segment.
    seen : sequence of Notes
        All segments, in order.
    """
    if lead.heads:
        return lead.heads[0].reference.name
    for notes in reversed(seen[max(0, lead.order - _BACK) : lead.order + 1]):
        if notes.entry != lead.entry:
            return ""
        for place in notes.named:
            if place.first > notes.first + 1 or not place.reference.name:
                continue
            colon = place.last < notes.last and page.low[place.last] == ":"
            alone = notes.last - notes.first <= _LONGEST and all(
                page.low[at] in _ENDS for at in range(place.last, notes.last)
            )
            if (colon and notes.paragraph == lead.paragraph) or (alone and notes is not lead):
                return place.reference.name
        if notes is not lead and _begins_section(page, notes):
            return ""
    return ""


def _begins_section(page: Page, notes: Notes) -> bool:
    """Say whether a line heads what follows, whatever it names: "Exampla and Betaland", "Schools"; a day does not."""
    short = notes.last - notes.first <= _LONGEST_HEADING
    return short and not notes.heads_day and stands_alone(page, notes.sentence)


def heading_place(page: Page, first: int, end: int) -> tuple[int, int] | None:
    """Return the words of the place that a note is headed with: "Exampla: five killed", "14:07 Exampla - shells fall".

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words of the sentence that the note begins with; `end` is exclusive.
    """
    start = first
    while start < end and (page.low[start] in _BEFORE_NAME or page.low[start][0].isdigit()):
        start += 1
    last = start
    while last < end and last - start < _WORDS and (page.has_capital(last) or page.low[last] in _JOINERS):
        last += 1
    while last > start and not page.has_capital(last - 1):
        last -= 1
    if (inner := _below_a_country(page, last, end)) is not None:
        return inner
    wider = last
    while wider < end and (kind := page.mark("site", wider) or page.mark("place_kind", wider)) is not None:
        wider = kind.last  # "Exampla market:"
    if wider < end and page.low[wider] == ",":
        wider += 1
        while wider < end and wider - last < _WORDS and (page.capital(wider) or page.low[wider].isdecimal()):
            wider += 1
    counts = wider + 1 < end and page.low[wider] == "(" and page.low[wider + 1].isdecimal()  # "Exampla (5 killed)"
    if last == start or wider >= end or not (counts or (page.low[wider] in _MARKS and _is_apart(page, wider))):
        return None
    if not _are_names(page, start, last):
        return None
    if _is_field(page, wider, end):
        return None
    short = last - start == 1 and page.words[start].isupper() and len(page.words[start]) <= _ACRONYM
    return None if short else (start, last)


def lone_name(page: Page, first: int, end: int) -> tuple[int, int] | None:
    """Return the words of a sentence that is nothing but a name: "Exampla."; the heading of what stands behind it.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words of the sentence; `end` is exclusive.
    """
    last = end - 1
    if not 0 < last - first <= _LONGEST or page.low[last] != "." or not page.capital(first):
        return None
    names = all(page.has_capital(at) or page.low[at] in _JOINERS for at in range(first, last))
    short = last - first == 1 and page.words[first].isupper() and len(page.words[first]) <= _ACRONYM
    return (first, last) if names and not short and _are_names(page, first, last) else None


def _are_names(page: Page, start: int, last: int) -> bool:
    """Say whether words may be the name of a place; "Abu" begins those of persons and of villages."""
    bare = start + (last - start > 1 and page.low[start] in FATHERS)
    if last - start == 1 and any(page.mark(tag, start) is not None for tag in _LABELS):
        return False  # "District:"
    return not any(page.low[i] in NOT_NAMES or any(page.mark(tag, i) for tag in NO_PLACE) for i in range(bare, last))


def _below_a_country(page: Page, colon: int, end: int) -> tuple[int, int] | None:
    """Return the words of "TOWN" in "COUNTRY: TOWN", or in "Country, Province: Town - a shell fell"."""
    if not colon or colon + 1 >= end or page.low[colon] != ":":
        return None
    last = colon + 1
    while last < min(end, colon + _WORDS) and page.capital(last):
        last += 1
    closed = last >= end or (page.low[last] in _MARKS and _is_apart(page, last))
    return (colon + 1, last) if last > colon + 1 and closed and _are_names(page, colon + 1, last) else None


def _is_field(page: Page, mark: int, end: int) -> bool:
    """Say whether a label and a word or two are all there is: "Assessment: fair."."""
    value = [at for at in range(mark + 1, end) if page.low[at] not in _ENDS]
    return page.low[mark] == ":" and 0 < len(value) <= _VALUE and all(page.words[at].islower() for at in value)


def _is_apart(page: Page, mark: int) -> bool:
    """Say whether a colon or a dash parts a heading from its text: not the hyphen of a name."""
    return page.text[page.ends[mark] : page.ends[mark] + 1].isspace()


def filed_here(page: Page, first: int, end: int) -> tuple[int, int] | None:
    """Return the words of "this farming town", which is where the story was filed from.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words of a passage; `end` is exclusive.
    """
    for at in [at for at in range(first, end) if page.low[at] == "this"]:
        for ahead in range(at + 1, min(at + _HERE, end)):
            kind = page.mark("place_kind", ahead)
            if kind is not None and kind.value in _KINDS:
                return at, kind.last
    return None


def in_unnamed_place(page: Page, notes: Notes) -> bool:
    """Say whether a segment puts something in another place without a name: "in a nearby village", "in a town near by".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    """
    for at in range(notes.first, notes.last - 1):
        if page.low[at] not in _IN or page.low[at + 1] not in _SOME:
            continue
        kind = next((i for i in range(at + 2, min(at + _WORDS, notes.last)) if page.low[i] in _KINDS), 0)
        if kind and not _NEARBY.isdisjoint(page.low[at + 2 : min(kind + _HERE, notes.last)]):
            return True
    return False
