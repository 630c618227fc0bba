"""Which time of a segment is its event's, and what it is counted from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.model import DateValue
from mapper.reading.continuity import Draft, stamp_before
from mapper.reading.dates.mention import DateMention
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page

Timed = tuple[DateMention | None, ResolvedDate | None]

_FROM: Final = frozenset({"after", "before", "since", "from"})
_DETERMINERS: Final = frozenset({"the", "that", "this", "those", "these"})
_NAMED: Final = 4
_RECENT: Final = 24


def when_of(page: Page, timeline: Timeline, drafts: Sequence[Draft], notes: Notes, current: Draft | None) -> Timed:
    """Resolve the date of a segment: the first day named, else the first time at all.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    drafts : sequence of Draft
        What it has told of so far.
    notes : Notes
        The segment.
    current : Draft or None
        The event that it goes on from: "two days later" counts from that one, unless
        the segment names another ("two days before the market was hit").
    """
    if not notes.times:
        return None, None
    days = [d for d in notes.times if day_level(d)] or notes.times
    chosen = next((d for d in days if d.kind in {"absolute", "partial"}), days[0])
    named = _event_named(page, drafts, notes, chosen)
    current = named or current
    told = (current.when or (current.assumed or (None, None))[1]) if current is not None else None
    anchor: DateValue | None = told.date if told is not None else None
    if notes.under is not None:
        head = timeline.resolve(notes.under).date
        timeline = timeline.on(head)
        anchor = anchor if current is not None and current.notes[0].under is notes.under else head
    return chosen, timeline.resolve(chosen, anchor=anchor)


def stretch_of(timeline: Timeline, notes: Notes) -> Timed:
    """Fall back to a stretch of time ("over the past few days") for an event without a day.

    Parameters
    ----------
    timeline : Timeline
        The article's calendar.
    notes : Notes
        A segment.
    """
    for mention in notes.periods:
        when = timeline.resolve(mention)
        if not mention.bound and when.date is not None:
            return mention, when
    return None, None


def stamp_of(page: Page, timeline: Timeline, notes: Notes) -> Timed:
    """Date what stands under an hour in a running report ("16:15 A second raid …") by the day that it appeared.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    notes : Notes
        A segment.
    """
    found = stamp_before(page, notes)
    if found is None:
        return None, None
    start, end = found
    mention = DateMention(
        start=start, end=end, text=page.text[start:end], kind="deictic", rule="hour", unit="day", shift=(0, 0)
    )
    when = timeline.resolve(mention)
    return (mention, when) if when.resolved else (None, None)


def _event_named(page: Page, drafts: Sequence[Draft], notes: Notes, mention: DateMention) -> Draft | None:
    """Return the event that a time says it is counted from: the only one told of with those words."""
    if mention.kind != "anaphoric":
        return None
    after = page.word_at(mention.end - 1)
    at = after + 1
    if page.low[after] not in _FROM or at + 1 >= notes.last or page.low[at] not in _DETERMINERS:
        return None
    named = {
        page.low[word]
        for word in range(at + 1, min(at + _NAMED, notes.last))
        if page.low[word].isalpha() and page.mark("act", word) is None and page.mark("locative", word) is None
    }
    told = [d for d in drafts[-_RECENT:] if any(not named.isdisjoint(_words(page, n)) for n in d.notes)]
    return told[0] if len(told) == 1 else None


def _words(page: Page, notes: Notes) -> Sequence[str]:
    return page.low[notes.first : notes.last] if any(map(is_violence, notes.acts)) or notes.wholes else ()
