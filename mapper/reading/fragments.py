"""Places that no sentence tells: in scraps without a verb ("Exampla, east side.") and in the labels of a form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.model import PlaceReference
from mapper.reading.dates.mention import DateMention
from mapper.reading.dates.words import MONTHS, WEEKDAYS
from mapper.reading.headings import NO_PLACE, NOT_NAMES
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.place_forms import LABEL_SIGNS, label_sign
from mapper.reading.places_written import PlaceMention
from mapper.reading.vocabulary import word_set

_LONGEST: Final = 14
_HEADS: Final = 3
"""Sentences at the head of a note, where a scrap may give its place."""
_DISTRICT: Final = 3
_PARTS: Final = ("place_kind", "bearing", "site", "part_of", "near")
_SCRAP: Final = word_set("between_places") | frozenset({"near", "off", "am", "pm"})
_ENDS: Final = frozenset({":", "|", ";", "\u2014", ".", "\u2013"})
_VALUE: Final = 6
_BARS: Final = frozenset({";", "|"})
_ADDS: Final = frozenset({",", "("})
_OF_DAYS: Final = frozenset({*MONTHS, *WEEKDAYS, "no", "nr", "ref", "id"})
_NAME: Final = 4
_UNKNOWN: Final = 5


def scrap_place(page: Page, lead: Notes, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the place of the first scrap at the head of a note that names one and tells nothing itself.

    Parameters
    ----------
    page : Page
        The article.
    lead : Notes
        The segment that tells the event.
    seen : sequence of Notes
        All segments, in order.
    """
    for notes in seen[: lead.order + 1]:
        if notes.sentence >= _HEADS and notes is not lead:
            break
        if notes.boilerplate:
            continue
        found = _scrap_of(page, notes)
        if found is not None:
            return found
    return None


def dated_head(page: Page, seen: Sequence[Notes]) -> tuple[Notes, DateMention] | None:
    """Return the segment, and the day, that a record begins with: "16 Jul 2023, Exampla (Beta)."; None for no record.

    Parameters
    ----------
    page : Page
        The article.
    seen : sequence of Notes
        All segments, in order.
    """
    notes = next((n for n in seen if not n.boilerplate), None)
    days = [d for d in notes.times if d.day_exact and d.last is None and not d.reporting] if notes is not None else []
    if notes is None or len(days) != 1 or page.word_at(days[0].start) > _opening(page, notes):
        return None
    return (notes, days[0]) if _scrap_of(page, notes) is not None else None


def head_place(page: Page, notes: Notes) -> PlaceMention | None:
    """Return the place of a segment that `dated_head` has found.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    """
    return _scrap_of(page, notes)


def _scrap_of(page: Page, notes: Notes) -> PlaceMention | None:
    """Return the place that a segment begins with, behind numbers and days, where it tells nothing else."""
    first = _opening(page, notes)
    named = [p for p in notes.named if p.first <= first + 1 and p.rank >= _DISTRICT]
    if named and _is_scrap(page, named[0].last, notes):
        return named[0]
    return None if named else _unknown_place(page, notes, first)


def _opening(page: Page, notes: Notes) -> int:
    """Return the first word of a segment behind the number, or the day, of a record: "SYR-22-018 | 7 March 2022 | "."""
    at = notes.first
    while at < notes.last - 1 and at < notes.first + _LONGEST and _numbers(page, at):
        at += 1
    return at


def _numbers(page: Page, at: int) -> bool:
    """Say whether a word is of a day or a number, or a mark between them; "SYR" in "SYR-22" is."""
    word = page.words[at]
    tied = word.isupper() and page.low[at + 1] == "-" and page.starts[at + 1] == page.ends[at]
    return tied or not word[0].isalpha() or page.low[at].rstrip(".") in _OF_DAYS


def labelled_place(page: Page, seen: Sequence[Notes]) -> PlaceMention | None:
    """Return the first place that a label gives: "Location: Exampla"; a division only where nothing smaller is given.

    Parameters
    ----------
    page : Page
        The article.
    seen : sequence of Notes
        All segments, in order.
    """
    signed = [p for n in seen for p in n.named if p.located and p.first and page.low[p.first - 1] in LABEL_SIGNS]
    return max(signed, key=lambda p: p.rank, default=None) or _smallest_division(page)


def _smallest_division(page: Page) -> PlaceMention | None:
    """Return the smallest division of a form that gives nothing smaller: "Sub-district: Exampla"."""
    names = labelled_divisions(page)
    at = page.text.find(names[0]) if names else -1
    if at < 0:
        return None
    first, last = page.word_at(at), page.word_at(at + len(names[0]) - 1) + 1
    reference = PlaceReference(name=names[0], start=at, end=at + len(names[0]), containers=names[1:])
    return PlaceMention(first, last, reference, _DISTRICT, True, tuple(n.lower() for n in names))


def _unknown_place(page: Page, notes: Notes, first: int) -> PlaceMention | None:
    """Read a name that no gazetteer knows, with what its comma or bracket adds: "Exampla, Beta district, Gamma."."""
    last = first
    while last < min(notes.last, first + _NAME) and page.has_capital(last):
        last += 1
    ends = _ADDS | _BARS if first > notes.first else _ADDS
    comma = first < last < notes.last and page.low[last] in ends
    if not comma or any(
        page.low[at] in NOT_NAMES or any(page.mark(tag, at) for tag in NO_PLACE) for at in range(first, last)
    ):
        return None
    if not _is_scrap(page, last, notes):
        return None
    start, end = page.span(first, last)
    around = next((p.reference for p in notes.named if p.first == last + 1), None)
    inside = (around.name, *around.containers) if around is not None and around.name else ()
    reference = PlaceReference(name=page.quote(start, end), start=start, end=end, containers=inside)
    return PlaceMention(first, last, reference, _UNKNOWN, True, (reference.name.lower(),))


def _is_scrap(page: Page, first: int, notes: Notes) -> bool:
    """Say whether nothing but names, kinds, sides, sites and days stands behind a place, up to a colon or the end."""
    at = first
    while at < min(notes.last, first + _LONGEST):
        low = page.low[at]
        if low in _ENDS:
            return True
        mark = next((m for tag in _PARTS if (m := page.mark(tag, at)) is not None), None)
        if mark is not None:
            at = mark.last
            continue
        if low[0].isalpha() and not page.capital(at) and low not in _SCRAP:
            return False
        at += 1
    return at >= notes.last


def labelled_divisions(page: Page) -> tuple[str, ...]:
    """Return what a form's labels say contains its place: "District: Beta", "Governorate: Gamma", "Country: Deltaland".

    Parameters
    ----------
    page : Page
        The article. One that has a label twice is a list of several, and gives nothing.

    Returns
    -------
    tuple of str
        The smallest first, as far as their labels tell.
    """
    marks = page.marked("division_label", 0, len(page.low))
    found: dict[int, str] = {}
    for mark in marks:
        sign = label_sign(page, mark, len(page.low))
        if not sign or page.low[sign] not in LABEL_SIGNS:
            continue
        size, first = int(mark.value), sign + 1
        last = first
        while last < min(len(page.low), first + _VALUE) and _in_value(page, last):
            last += 1
        if last == first:
            continue
        if size in found:
            return ()
        found[size] = page.quote(*page.span(first, last))
    return tuple(found[size] for size in sorted(found))


def _in_value(page: Page, at: int) -> bool:
    """Say whether a word goes on with the value of a label, on its line."""
    on_line = "\n" not in page.text[page.ends[at - 1] : page.starts[at]]
    return on_line and (page.has_capital(at) or page.low[at] in {"-", "al", "el", "'"})
