"""Entries: paragraphs of a bulletin, a log or a digest that are told one beside another.

"Deltaland. On 3 May …", "SITE 2: …", "14:20 Shells fall …": what such a
paragraph begins with parts it from those around it. No event goes on from one
entry to the next unless the next names its place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mapper.reading.chronology import stands_alone
from mapper.reading.notes import Notes
from mapper.reading.page import Page

_HEADING: Final = 7
"""So many words and marks may a heading have that runs into its paragraph."""
_LINE: Final = 9
_FEW: Final = 2
_STAMP: Final = re.compile(r"\W{0,3}(\d{1,2}[:.]\d\d)(?=\s{1,3}[^\W\d_]|\s{0,2}[\u2013\u2014|:-]\s)")
"""An hour that begins the line of a running report or a log: "16:15 A second …", "07:30 - Shelling"."""
_ENDS: Final = frozenset(".:\u2013\u2014-")
_NUMBERED: Final = frozenset({"count", "case", "incident", "entry", "attack", "strike", "site", "event", "item"})
_TELLING: Final = ("act", "harm", "report", "toll")


def stamp_at(page: Page, start: int) -> tuple[int, int] | None:
    """Return where the hour stands that begins a line ("16:15 A second …"), or None.

    Parameters
    ----------
    page : Page
        The article.
    start : int
        Where the line begins, in characters.
    """
    found = _STAMP.match(page.text, start)
    return found.span(1) if found is not None else None


def mark_entries(page: Page, found: Sequence[Notes]) -> None:
    """Count off the entries of a page that has several; each has the places that head it.

    Parameters
    ----------
    page : Page
        The article.
    found : sequence of Notes
        All its segments, in order; `entry` and `heads` are set in place. What
        stands before the first entry, and under a line of its own, is of none.
    """
    opened: dict[int, tuple[str, Notes]] = {}
    lines: set[int] = set()
    previous = -1
    for at, notes in enumerate(found):
        if notes.paragraph == previous:
            continue
        previous = notes.paragraph
        follows = at + 1 < len(found) and found[at + 1].paragraph == notes.paragraph
        kind = _kind(page, notes, follows=follows)
        if kind:
            opened[notes.paragraph] = (kind, notes)
        elif not follows and notes.last - notes.first <= _LINE and stands_alone(page, notes.sentence):
            lines.add(notes.paragraph)
    kinds = [kind for kind, _ in opened.values()]
    opened = {paragraph: (kind, head) for paragraph, (kind, head) in opened.items() if kinds.count(kind) >= _FEW}
    if not opened:
        return
    entry, head = 0, None
    numbered = 0
    for notes in found:
        if notes.paragraph in opened and (head is None or head.paragraph != notes.paragraph):
            numbered += 1
            entry, head = numbered, opened[notes.paragraph][1]
        elif notes.paragraph in lines:
            entry, head = 0, None
        notes.entry = entry
        notes.heads = [p for p in head.places if p.names] if head is not None and _is_heading(page, head) else []


def _kind(page: Page, notes: Notes, *, follows: bool) -> str:
    """Say what a paragraph begins with: an hour, a number, a place or capitals that head it; "" for none of them."""
    line = page.sentences[notes.sentence].start
    if stamp_at(page, line) is not None:
        return "stamp"
    last = _heading_end(page, notes)
    if not last or not (follows or last < notes.last - 1):
        return ""
    words = range(notes.first, last)
    telling = any(page.mark(tag, at) is not None for tag in _TELLING for at in words if page.low[at] not in _NUMBERED)
    if page.low[notes.first] in _NUMBERED and len(words) > 1:
        kind = "number"
    elif page.words[notes.first].isupper() and len(page.words[notes.first]) > 1:
        kind = "capitals"
    else:
        named = any(p.names and p.first < last for p in notes.places) and page.capital(notes.first)
        kind = "place" if named else ""
    return "" if telling else kind


def _heading_end(page: Page, notes: Notes) -> int:
    """Return the mark behind a heading that runs into its paragraph, or 0."""
    for at in range(notes.first + 1, min(notes.first + _HEADING + 1, notes.last)):
        if page.words[at] in _ENDS and page.text[page.ends[at] : page.ends[at] + 1].strip() == "":
            return at
    return 0


def _is_heading(page: Page, head: Notes) -> bool:
    """Say whether the first segment of an entry is nothing but its heading: "Deltaland."."""
    return _heading_end(page, head) == head.last - 1
