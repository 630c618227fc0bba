"""Which time of a segment is its event's, and what it is counted from."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from mapper.model import DateValue
from mapper.reading.continuity import Draft, stamp_before
from mapper.reading.dates.mention import COUNTED_FROM_DAY, DateMention
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.dates.timeline import Timeline
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page

Timed = tuple[DateMention | None, ResolvedDate | None]

_FROM: Final = frozenset({"after", "before", "since", "from"})
_HEAD: Final = 10
_CLAUSE_ENDS: Final = frozenset({",", ";", ":", "("})
_SAID: Final = frozenset(
    {"accused", "announced", "blamed", "condemned", "confirmed", "denied", "dismissed", "disputed", "put"}
    | {"raised", "rejected", "revised"}
)
_TO_SAID: Final = 6
_DIED: Final = frozenset({"died", "succumbed"})
_OWNERS: Final = frozenset({"his", "her", "their", "the"})
_WOUNDS: Final = frozenset({"burns", "injuries", "wounds"})
_HURT: Final = frozenset({"hurt", "injured", "wounded"})
_BODIES: Final = frozenset({"bodies", "body", "corpse", "corpses", "remains"})
_FOUND: Final = frozenset(
    {"buried", "collected", "discovered", "exhumed", "found", "pulled", "recovered", "retrieved", "unearthed"}
)
_AFTER: Final = frozenset({"after", "following", "since"})
_WHICH: Final = frozenset({"which", "that"})
_BEGAN: Final = frozenset({"agreed", "began", "begun", "effect", "force", "signed", "started"})
_HELD: Final = frozenset({"abducted", "arrested", "captured", "detained", "kidnapped", "seized"})
_BY_THE_TIME: Final = ["by", "the", "time"]
_DETERMINERS: Final = frozenset({"the", "that", "this", "those", "these"})
_NAMED: Final = 4
_RECENT: Final = 24
_TOP: Final = 12
_ENDS: Final = 2
_LONGEST: Final = 60
_LATER_DAYS: Final = 92
_FEW_DAYS: Final = 2
"""A heading over more days dates no event: it may have been on any."""


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
    days = [d for d in days if _owns_act(page, notes, d)] or days
    days = [d for d in days if not _dates_a_late_death(page, notes, d)]
    if not days:
        return None, None
    days, passed = _of_this_event(page, notes, days)
    chosen = next((d for d in days if d.kind in {"absolute", "partial"}), days[0])
    chosen = _counted_back(page, notes, chosen) or chosen
    named = _event_named(page, drafts, notes, chosen)
    current = named or current
    told = (current.when or (current.assumed or (None, None))[1]) if current is not None else None
    anchor: DateValue | None = told.date if told is not None else None
    if named is None and chosen.kind == "anaphoric" and passed:
        anchor = timeline.resolve(passed[-1]).date or anchor  # "after Sunday's talks, … the next day"
    if notes.under is not None:
        head = timeline.resolve(notes.under).date
        timeline = timeline.on(head) if not _is_later_day(timeline, chosen, head) else timeline
        anchor = anchor if current is not None and current.notes[0].under is notes.under else head
    return chosen, timeline.resolve(chosen, anchor=anchor)


def _is_later_day(timeline: Timeline, mention: DateMention, head: DateValue | None) -> bool:
    """Say whether a day and month without a year lie soon after the day that heads them, and not a year before."""
    if head is None or not head.end or not (mention.first.month and mention.first.day) or mention.first.year:
        return False
    there = timeline.resolve(mention).date
    if there is None or not there.start:
        return False
    return 0 <= (date.fromisoformat(there.start) - date.fromisoformat(head.end)).days <= _LATER_DAYS


def _of_this_event(page: Page, notes: Notes, days: list[DateMention]) -> tuple[list[DateMention], list[DateMention]]:
    """Part the days of a segment into those of its event, and those of a scene before it or of what it came after."""
    last = notes.parts[-1].times if notes.parts and not _finds_bodies(page, notes.parts[-1]) else []
    last = [d for d in last if not _is_later(page, notes, d)]
    own = [d for d in days if any(d is t for t in last)] if any(map(day_level, last)) else days
    own = [d for d in own if not (_dates_another(page, notes, d) or _is_later(page, notes, d))] or own
    own = [d for d in own[:-1] if not _long_done(page, notes, d)] + own[-1:]
    return own, [d for d in days if not any(d is o for o in own)]


def _is_later(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether a day is when something was said of an event, or one of its wounded died.

    "The army on Monday denied it", "had on Tuesday put the dead at nine", "a nurse hurt by it died on Sunday".
    """
    first, after = page.word_at(mention.start), page.word_at(mention.end - 1) + 1
    said = after < notes.last and (page.low[after] in _SAID or page.mark("report", after) is not None)
    if said and page.low[first - 1] == "on" and first - 1 > notes.first:
        return True
    told = page.marked("report", after, min(after + _TO_SAID, notes.last))
    opens = any(first - 1 <= page.bounds[n.sentence][0] + 1 and n.first <= first < n.last for n in notes.parts[1:])
    if opens and told and not any(page.has(tag, after, told[0].first) for tag in ("act", "harm")):
        return True  # "A bomb went off on Saturday. On Monday the ministry said that …"
    died = first - 1 - (page.low[first - 1] == "on")
    at = died
    while at > notes.first and page.low[at - 1] not in _CLAUSE_ENDS:
        at -= 1
    return died > notes.first and page.low[died] == "died" and not _HURT.isdisjoint(page.low[at:died])


def _dates_a_late_death(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether one of the hurt died on a day: "succumbed to his wounds today", "died on Monday of her injuries"."""
    first, after = page.word_at(mention.start), page.word_at(mention.end - 1) + 1
    if _DIED.isdisjoint(page.low[notes.first : first]):
        return False
    at = first
    while at > notes.first and page.low[at - 1] not in _CLAUSE_ENDS:
        at -= 1
    before, around = page.low[at:first], page.low[at : min(after + _NAMED, notes.last)]
    of_wounds = any(low in _OWNERS and around[i + 1] in _WOUNDS for i, low in enumerate(around[:-1]))
    return not _DIED.isdisjoint(before) and of_wounds


def _finds_bodies(page: Page, notes: Notes) -> bool:
    """Say whether a segment tells when the dead were found, and not when they died: "next day 12 bodies were found"."""
    words = page.low[notes.first : notes.last]
    return not _BODIES.isdisjoint(words) and not _FOUND.isdisjoint(words)


def _dates_another(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether a day is that of what the event came after, or of what was done to its victims before.

    "After the truce of 7 June", "after Sunday's talks", "the truce, which began on 7
    June", "abducted on 7 June", "by the time help came on 7 June"; and the day of a
    story: "Exampla, June 7: …".
    """
    first = page.word_at(mention.start)
    behind = page.word_at(mention.end - 1) + 1
    before = page.low[max(notes.first, first - _NAMED - 1) : first]
    if not _HELD.isdisjoint(before[-_ENDS:]) or (not _WHICH.isdisjoint(before) and not _BEGAN.isdisjoint(before)):
        return True
    if notes.sentence == 0 and page.low[behind : behind + 1] == [":"] and first - notes.first <= _HEAD:
        return True
    at = _clause(page, notes, first)
    if page.low[at : at + len(_BY_THE_TIME)] == _BY_THE_TIME:
        return True
    owned = page.low[behind : behind + 1] == ["'s"]
    after = len(before) - 1
    if before and before[after] == "of":
        after = next((i for i in range(after, -1, -1) if before[i] in _FROM), -1)
    elif before and before[after] == "the":
        after -= 1
    return after >= 0 and before[after] in _AFTER and (owned or before[-1] == "of")


def _clause(page: Page, notes: Notes, at: int) -> int:
    """Return the first word of the clause of a segment that a word stands in."""
    while at > notes.first and page.low[at - 1] not in _CLAUSE_ENDS:
        at -= 1
    return at


def _counted_back(page: Page, notes: Notes, chosen: DateMention) -> DateMention | None:
    """Read "troops came on Monday, a day after gunmen had killed two": the day of the killing."""
    at = next((i for i, d in enumerate(notes.times) if d is chosen), -1)
    count = notes.times[at + 1] if 0 <= at < len(notes.times) - 1 else None
    if count is None or count.kind != "anaphoric" or count.shift is None or not count.text.lower().endswith("after"):
        return None
    day, then = page.word_at(chosen.start), page.word_at(count.start)
    told = any(t.last > then for t in notes.wholes) and not any(t.first < day for t in notes.wholes)
    if not told or page.has("act", notes.first, day) or count.unit != "day" or chosen.kind == "deictic":
        return None
    low, high = count.shift
    text = page.text[chosen.start : count.end]
    return replace(chosen, end=count.end, text=text, unit="day", shift=(-high, -low), rule=COUNTED_FROM_DAY)


def _long_done(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether a day is of what had been done before the act: "had left on 3 May; a mine killed two next day"."""
    first = page.word_at(mention.start)
    at = _clause(page, notes, first)
    harm = page.has("act", at, first) or page.has("harm", at, first)
    return "had" in page.low[at:first] and not harm


def _owns_act(page: Page, notes: Notes, mention: DateMention) -> bool:
    """Say whether a day stands before an act as its owner: "Wednesday's shooting"."""
    at = page.word_at(mention.end - 1) + 1
    if page.low[at : at + 1] != ["'s"]:
        return False
    acts = [a.first for a in notes.acts if is_violence(a) and not a.verb and at < a.first <= at + _NAMED]
    return any("," not in page.low[at:first] for first in acts)


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


def day_of_heading(page: Page, timeline: Timeline, seen: Sequence[Notes]) -> Timed:
    """Return the day, or the few, that a bulletin or log says it is of, before its first entry.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    seen : sequence of Notes
        Its segments, in order.
    """
    head = list(itertools.takewhile(lambda n: not n.entry, seen[: _TOP + 1]))
    if len(head) == len(seen[: _TOP + 1]) or any(n.wholes for n in head):
        return None, None
    days = [d for n in head for d in (*n.times, *n.periods) if d.first.day and not d.bound and not d.reporting]
    if len(days) == _ENDS and days[0].last is None and days[1].last is None and days[0].start < days[1].start:
        start, end = days[0].start, days[1].end  # "from 8:00 on 20 May to 8:00 on 21 May"
        spanned = replace(days[0], last=days[1].first, end=end, text=page.text[start:end])
        days = [spanned] if "\n" not in spanned.text and len(spanned.text) < _LONGEST else days[:1]
    if len(days) != 1:
        return None, None
    when = timeline.resolve(days[0])
    found = when.date if when.resolved else None
    if found is None or (date.fromisoformat(found.end) - date.fromisoformat(found.start)).days > _FEW_DAYS:
        return None, None
    return days[0], when


def stamp_of(page: Page, timeline: Timeline, notes: Notes, seen: Sequence[Notes]) -> Timed:
    """Date what stands under an hour in a running report ("16:15 A second raid …") by the day that it appeared.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    notes : Notes
        A segment.
    seen : sequence of Notes
        Those before it: where the log says of which day it is, that day counts.
    """
    found = stamp_before(page, notes)
    if found is None:
        return None, None
    headed, day = day_of_heading(page, timeline, [*seen[:_TOP], notes])
    if headed is not None:
        return headed, day
    start, end = found
    back = -int(timeline.passes_midnight(start))
    mention = DateMention(
        start=start, end=end, text=page.text[start:end], kind="deictic", rule="hour", unit="day", shift=(back, back)
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
