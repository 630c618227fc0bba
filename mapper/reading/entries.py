"""Entries: paragraphs of a bulletin, a log or a digest that are told one beside another.

"Deltaland. On 3 May …", "SITE 2: …", "3 May: …", "14:20 Shells fall …": what such a
paragraph begins with parts it from those around it. No event goes on from one
entry to the next unless the next names its place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from mapper.model import PlaceReference
from mapper.reading.chronology import stands_alone
from mapper.reading.dates.mention import DateMention, DateParts
from mapper.reading.headings import heading_place
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention

_HEADING: Final = 7
"""So many words and marks may a heading have that runs into its paragraph."""
_LINE: Final = 9
_FEW: Final = 2
_ANY_YEAR: Final = 2024
"""Stands for a year that is not written; a leap year, so that every day is in it."""
_LEAP: Final = (2, 29)
_STAMP: Final = re.compile(r"\W{0,3}(\d{1,2}[:.]\d\d)(?=,?\s{1,3}[^\W\d_]|\s{0,2}[\u2013\u2014|:-]\s)")
"""An hour that begins the line of a running report or a log: "16:15 A second …", "07:30 - Shelling"."""
_ENDS: Final = frozenset(".:\u2013\u2014-")
_NUMBERED: Final = frozenset({"count", "case", "incident", "entry", "attack", "strike", "site", "event", "item"})
_NUMBER: Final = 3
_VILLAGE: Final = 5
"""How small a place is that only heads an entry."""
_HOUR: Final = 7
"""So many words and marks on, an hour behind a day has ended: "about 19:30", "at 7 in the morning"."""
_NO: Final = frozenset({"no", "number", "nr", "#"})
_URGENT: Final = frozenset(
    {"breaking", "correction", "exclusive", "flash", "live", "update", "urgent", "video", "watch"}
)
"""What a headline begins with, whatever it is about: "UPDATE 2: …"."""
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


def across_midnight(page: Page, found: Sequence[Notes], heads: Mapping[int, DateMention]) -> DateMention | None:
    """Return the day of the lines of a running report that stand above the first line with a day.

    Parameters
    ----------
    page : Page
        The article.
    found : sequence of Notes
        Its segments, in order.
    heads : mapping of int to DateMention
        The day of each sentence that heads what stands under it.

    Returns
    -------
    DateMention or None
        Between 23:40 and 00:20 a day begins: what stands above is of the day
        before. Where the newest line comes first, it is of the day after. None
        where no hours stand on both sides.
    """
    day = heads[min(heads)]
    above: list[int] = []
    below: list[int] = []
    for sentence in dict.fromkeys(n.sentence for n in found):
        stamp = stamp_at(page, page.sentences[sentence].start)
        if stamp is not None:
            (above if sentence < min(heads) else below).append(_minutes(page.text[slice(*stamp)]))
    if not above or not below or above[-1] == below[0] or not day.first.month:
        return None
    written = day.first.year or _ANY_YEAR
    try:
        there = date(written, day.first.month, day.first.day) + timedelta(days=-1 if above[-1] > below[0] else 1)
    except ValueError:
        return None
    if not day.first.year and (there.year != written or (there.month, there.day) == _LEAP):
        return None  # it is not written which year that was in
    return replace(day, first=DateParts(day.first.year and there.year, there.month, there.day), weekday=None)


def _minutes(stamp: str) -> int:
    hour, minute = stamp.replace(".", ":").split(":")
    return int(hour) * 60 + int(minute)


def mark_entries(page: Page, found: Sequence[Notes]) -> None:
    """Count off the entries of a page that has several; each has the places that head it.

    Parameters
    ----------
    page : Page
        The article.
    found : sequence of Notes
        All its segments, in order; `entry` and `heads` are set in place. What
        stands before the first entry, and under a line of its own, is of none;
        lines that are the names of places head what stands under them.
    """
    opened: dict[int, tuple[str, Notes]] = {}
    lines: set[int] = set()
    placed: dict[int, Notes] = {}
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
            if _is_place(page, notes):
                placed[notes.paragraph] = notes
    kinds = [kind for kind, _ in opened.values()]
    opened = {paragraph: (kind, head) for paragraph, (kind, head) in opened.items() if kinds.count(kind) >= _FEW}
    placed = placed if len(placed) >= _FEW else {}
    if not opened and not placed:
        return
    entry, head = 0, None
    numbered = 0
    for notes in found:
        if notes.paragraph in opened and (head is None or head.paragraph != notes.paragraph):
            numbered += 1
            entry, head = numbered, opened[notes.paragraph][1]
        elif notes.paragraph in placed:
            numbered += 1
            entry, head = numbered, placed[notes.paragraph]
        elif notes.paragraph in lines:
            entry, head = 0, None
        notes.entry = entry
        headed = head is not None and (head.paragraph in placed or _is_heading(page, head))
        notes.heads = [p for p in head.places if p.names] if headed and head is not None else []
        if headed and not notes.heads and not notes.named and (behind := _behind_day(page, notes)) is not None:
            notes.heads = [behind]


def _is_place(page: Page, line: Notes) -> bool:
    """Say whether a line names one place and nothing else: "Exampla city", "BETALAND"."""
    named = {at for p in line.places[:1] if p.names for at in range(p.first, p.last)}
    words = (at for at in range(line.first, line.last) if page.low[at].isalpha())
    return bool(named) and all(at in named or page.mark("place_kind", at) is not None for at in words)


def _kind(page: Page, notes: Notes, *, follows: bool) -> str:
    """Say what a paragraph begins with: an hour, a day, a number, a place or capitals that head it; "" for none."""
    line = page.sentences[notes.sentence].start
    if stamp_at(page, line) is not None:
        return "stamp"
    if follows and _is_numbered_line(page, notes):
        return "number"
    if follows and _is_item(page, notes):
        return "item"
    if _begins_with_day(page, notes, follows=follows):
        return "day"
    last = _heading_end(page, notes)
    if not last or not (follows or last < notes.last - 1):
        return ""
    words = range(notes.first, last)
    telling = any(page.mark(tag, at) is not None for tag in _TELLING for at in words if page.low[at] not in _NUMBERED)
    if page.low[notes.first] in _NUMBERED and len(words) > 1:
        kind = "number"
    elif page.words[notes.first].isupper() and len(page.words[notes.first]) > 1:
        kind = "capitals" if page.low[notes.first] not in _URGENT else ""
    else:
        named = any(p.names and p.first < last for p in notes.places) and page.capital(notes.first)
        kind = "place" if named else ""
    return "" if telling else kind


def _begins_with_day(page: Page, notes: Notes, *, follows: bool) -> bool:
    """Say whether a paragraph is headed with its day: "Friday 3 May. Exampla: …", "3 May, about 19:30: …"."""
    day = next((d for d in notes.times if d.first.day and d.last is None and not d.bound), None)
    if day is None or page.word_at(day.start) != notes.first:
        return False
    at = page.word_at(day.end - 1) + 1
    hour = page.low[at : at + 1] == [","]  # ", about 19:30:"
    ends = [i for i in range(at, min(at + _HOUR * hour + 1, notes.last)) if page.low[i] in _ENDS and _is_apart(page, i)]
    return bool(ends) and (follows or ends[0] < notes.last - 1)


def _is_apart(page: Page, mark: int) -> bool:
    """Say whether a space or the end of the text is behind a mark: it ends a heading, and stands in no name or hour."""
    return not page.text[page.ends[mark] : page.ends[mark] + 1].strip()


def _behind_day(page: Page, notes: Notes) -> PlaceMention | None:
    """Return the place, known or not, that heads a sentence under a day: "3 May. Exampla: a mine killed one"."""
    words = heading_place(page, *page.bounds[notes.sentence])
    if words is None:
        return None
    start, end = page.span(*words)
    name = page.quote(start, end)
    return PlaceMention(*words, PlaceReference(name=name, start=start, end=end), _VILLAGE, True, (name.lower(),))


def _is_numbered_line(page: Page, notes: Notes) -> bool:
    """Say whether a line is nothing but a number of an entry: "Incident 3", "CASE NO. 12"."""
    words = [at for at in range(notes.first, notes.last) if page.low[at] not in _ENDS]
    if len(words) > _NUMBER or page.low[notes.first] not in _NUMBERED or not stands_alone(page, notes.sentence):
        return False
    return page.low[words[-1]].isdecimal() and all(page.low[at] in _NO for at in words[1:-1])


def _is_item(page: Page, notes: Notes) -> bool:
    """Say whether a paragraph is an item of a numbered list ("3. On 4 May …"), and no question of an explainer."""
    bare = notes.last - notes.first == _FEW and page.low[notes.first].isdecimal() and page.low[notes.last - 1] == "."
    if not bare or notes.sentence + 1 >= len(page.sentences):
        return False
    first, last = page.bounds[notes.sentence + 1]
    return last > first and page.low[last - 1] != "?"


def _heading_end(page: Page, notes: Notes) -> int:
    """Return the mark behind a heading that runs into its paragraph, or 0."""
    for at in range(notes.first + 1, min(notes.first + _HEADING + 1, notes.last)):
        if page.words[at] in _ENDS and _is_apart(page, at):
            return at
    return 0


def _is_heading(page: Page, head: Notes) -> bool:
    """Say whether the first segment of an entry is nothing but its heading: "Deltaland."."""
    return _heading_end(page, head) == head.last - 1
