"""Sentences that date an event without telling it: "The attack occurred on the afternoon of 9 December"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter
from typing import Final

from mapper.model import DateValue
from mapper.reading.chronology import part_of_day
from mapper.reading.continuity import Draft
from mapper.reading.dates.edtf import Interval
from mapper.reading.dates.mention import NOTE, DateMention
from mapper.reading.dates.resolved import INFERRED, ResolvedDate, placed
from mapper.reading.dates.timeline import Timeline
from mapper.reading.event_times import day_of_heading
from mapper.reading.events import is_violence
from mapper.reading.fragments import dated_head
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page

_OCCURRED: Final = frozenset({"came", "occurred", "happened", "took", "began", "transpired"})
_WAS: Final = frozenset({"was", "were"})
_IT: Final = frozenset({"it", "this"})
_TO_VERB: Final = 3
_TO_DAY: Final = 12
_BACK: Final = frozenset({"earlier", "formerly", "past", "previous", "previously"})
_MORE: Final = frozenset(
    {"also", "and", "another", "at", "before", "elsewhere", "further", "hours", "in", "later", "meanwhile", "minutes"}
    | {"near", "separately", "shortly", "similarly"}
)
"""Words at which a paragraph goes on from the one above."""
_STRETCHES: Final = frozenset({"days", "weeks", "months", "years"})
_STRETCH: Final = 3
_DAYS: Final = "days"
_WEEK: Final = 7
_EVENING: Final = 2
"""Parts of the day from a morning back to an evening: it is another day."""
_NEXT_DAWN: Final = "the dawn after the evening of the event told right before"
_THAT_DAY: Final = "on the day of the event told before"
_AFTERMATH: Final = "so many days before the publication, or a day more"
_DAYS_AHEAD: Final = "in the days before the event told right before"
_GOES_ON: Final = "on the day of the event told right before"
_TO_BESIDE: Final = 7
_BEFORE_ACT: Final = 4
_ANOTHER: Final = frozenset({"after", "before", "following", "since", "like", "than", "from", "until", "another"})
_CLOCK: Final = frozenset(
    {"at", "on", "of", "about", "around", "am", "pm", "hours", "shortly", "just", "local", "time"}
)
_NOTE: Final = 120
"""A text of so many words and marks is a note, which tells of its own day."""


def date_by_clause(page: Page, timeline: Timeline, drafts: Sequence[Draft], seen: Sequence[Notes]) -> None:
    """Let "the strike came before dawn on 3 May" date its event, or the only one, whatever else is dated.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    drafts : sequence of Draft
        What it tells of; the one event is dated in place.
    seen : sequence of Notes
        Its segments, in order.
    """
    primary = [d for d in drafts if d.role == "primary"]
    if len(primary) == 1 and (record := dated_head(page, seen)) is not None and _long_before(timeline, record[1]):
        primary[0].mention, primary[0].when = record[1], timeline.resolve(record[1])
        return
    for notes in seen:
        told = primary if len(primary) == 1 else [d for d in primary if any(n is notes for n in d.notes)]
        mention = None if notes.boilerplate or not told else day_of_act(page, notes)
        if mention is None and told and told is primary and not _is_dated(primary[0]):
            mention = next((d for d in notes.times if day_level(d) and _beside_act(page, d, notes)), None)
        when = timeline.resolve(mention) if mention is not None else None
        if when is not None and when.resolved:
            told[0].mention, told[0].when = mention, when
            if len(primary) == 1:
                return


def date_short_note(page: Page, timeline: Timeline, drafts: Sequence[Draft], *, log: bool = False) -> None:
    """Date the only event of a short note without a day by the note itself: it tells of the day it was sent.

    Parameters
    ----------
    page, timeline, drafts
        As for `date_by_clause`.
    log : bool
        The text is kept by the clock, and of its day however long it is.
    """
    primary = [d for d in drafts if d.role == "primary"]
    if len(primary) != 1 or primary[0].mention is not None:
        return
    if not log and (len(page.low) > _NOTE or not timeline.names_no_day):
        return
    sentence = page.sentences[primary[0].notes[0].sentence]
    mention = _undated(page, sentence.start, sentence.end)
    dateline = timeline.dateline if timeline.published is not None else None
    if dateline is not None and _long_before(timeline, dateline):
        mention = dateline
    when = timeline.resolve(mention)
    if when.resolved:
        primary[0].mention, primary[0].when = mention, when


def _long_before(timeline: Timeline, mention: DateMention) -> bool:
    """Say whether "Exampla, 3 May 2031 -" lies days before the publication, if any: an event's day, not a story's."""
    written = timeline.resolve(mention).date
    if written is None or not written.end:
        return False
    return timeline.published is None or (timeline.published.first - date.fromisoformat(written.end)).days > 1


def day_of_act(page: Page, notes: Notes) -> DateMention | None:
    """Return the day that a sentence gives to the event told: "The strike came before dawn on 3 May".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment of it.
    """
    days = [d for d in notes.times if day_level(d) and d.kind in {"absolute", "partial", "weekday", "deictic"}]
    if not days:
        return None
    verb = _verb_of_act(page, notes)
    if not verb:
        return None
    return next((d for d in days if 0 < page.word_at(d.start) - verb <= _TO_DAY or _inside(page, d, verb)), None)


def _is_dated(draft: Draft) -> bool:
    """Say whether an event has a day that is written, and not one counted from a publication."""
    return draft.mention is not None and draft.mention.kind in {"absolute", "partial"}


def _beside_act(page: Page, day: DateMention, notes: Notes) -> bool:
    """Say whether a day stands right behind the act told: "puts the explosion at 7:20 on 14 October"."""
    begin = page.word_at(day.start)
    for act in notes.acts:
        if act.verb or act.determiner != "same" or not is_violence(act) or not 0 <= begin - act.last <= _TO_BESIDE:
            continue
        before = page.low[max(notes.first, act.first - _BEFORE_ACT) : act.first]
        between = page.low[act.last : begin]
        if _ANOTHER.isdisjoint(before) and all(low in _CLOCK or not low.isalpha() for low in between):
            return True
    return False


def _inside(page: Page, day: DateMention, verb: int) -> bool:
    return page.word_at(day.start) <= verb < page.word_at(day.end - 1)


def _verb_of_act(page: Page, notes: Notes) -> int:
    """Return the word of "came", "occurred", "took place" that an act, or "it", is the subject of; 0 for none."""
    first = notes.first
    if page.low[first] in _IT and first + 1 < notes.last and page.low[first + 1] in _OCCURRED | _WAS:
        told = page.low[first + 1] in _OCCURRED or _clock(page, first + 2)
        return first + 1 if told else 0
    for act in notes.acts:
        counted = act.determiner == "bare" and page.low[max(first, act.first - 2)] == "the"  # "the three strikes came"
        if not is_violence(act) or act.verb or not (counted or act.determiner == "same"):
            continue
        for at in range(act.last, min(act.last + _TO_VERB, notes.last)):
            if page.low[at] in _OCCURRED:
                return at
    return 0


def _clock(page: Page, at: int) -> bool:
    """Say whether "It was" goes on with a day or an hour: "on 3 May", "about 4 p.m. on 3 May", "a Friday"."""
    return page.low[at] in {"on", "about", "around", "at", "a", "in", "just", "shortly"} or page.low[at][0].isdigit()


def _undated(page: Page, start: int, end: int) -> DateMention:
    """Make a mention of the day of a note, or the one before, out of the sentence that tells its event."""
    return DateMention(
        start=start, end=end, text=page.text[start:end], kind="deictic", rule=NOTE, unit="day", shift=(-1, 0)
    )


def date_by_heading(page: Page, timeline: Timeline, drafts: Sequence[Draft], seen: Sequence[Notes]) -> None:
    """Date the events of a bulletin's entries that have no day by the day, or the two, that it says it is of.

    Parameters
    ----------
    page, timeline, drafts, seen
        As for `date_by_clause`.
    """
    undated = [d for d in drafts if d.role == "primary" and d.mention is None and d.notes[0].entry]
    mention, when = day_of_heading(page, timeline, seen) if undated else (None, None)
    for draft in undated if mention is not None else ():
        draft.mention, draft.when = mention, when


def date_by_the_one_before(page: Page, drafts: Sequence[Draft]) -> None:
    """Date an event without a day by the one told right before it: "… on Monday. In Exampla, a drone killed two.".

    Parameters
    ----------
    page : Page
        The article.
    drafts : sequence of Draft
        What it tells of; dated in place. Neither what looks back nor what stands
        in another entry, under another heading or two paragraphs on is dated so.
    """
    before: Draft | None = None
    for draft in sorted(drafts, key=lambda d: d.notes[0].first):
        if draft.role != "primary" or draft.flashback:
            continue
        if (told := _told_that_day(page, draft, drafts)) is not None:
            draft.when = replace(told, reason=_THAT_DAY, flags=_inferred(told))
        elif draft.mention is None and before is not None and _goes_on(page, draft, before):
            given = _given(page, draft.notes[0], before)
            draft.mention, draft.when = (before.mention, given) if given is not None else (None, None)
        before = draft if draft.mention is not None and draft.date is not None and _of_a_day(draft) else None


def _of_a_day(draft: Draft) -> bool:
    """Say whether an event has a day, or a night: "overnight"."""
    told, there = draft.mention, draft.date
    if told is None or there is None:
        return False
    return day_level(told) or (date.fromisoformat(there.end) - date.fromisoformat(there.start)).days <= 1


def _goes_on(page: Page, draft: Draft, before: Draft) -> bool:
    """Say whether an event is told in one breath with the one before it."""
    lead = draft.notes[0]
    if lead.entry != before.notes[0].entry or lead.periods or lead.under is not before.notes[0].under:
        return False
    beyond = lead.paragraph - max(before.paragraphs)
    opening = next((low for low in page.low[lead.first : lead.first + _TO_VERB] if low[0].isalpha()), "")
    if beyond not in {0, 1} or (beyond and opening not in _MORE):
        return False
    words = page.low[lead.first : lead.last]
    return _BACK.isdisjoint(words) and not page.has("background", lead.first, lead.last)


def _told_that_day(page: Page, draft: Draft, drafts: Sequence[Draft]) -> ResolvedDate | None:
    """Return the day of the event told last before "that same day", where this stands for an event's own day."""
    mention = draft.mention
    if mention is None or mention.kind != "anaphoric" or (mention.unit, mention.shift) != ("day", (0, 0)):
        return None
    told = [(n.first, d.when) for d in drafts for n in d.notes if d is not draft and d.date is not None]
    told = [(first, when) for first, when in told if page.starts[first] < mention.start]
    return max(told, key=itemgetter(0))[1] if told and draft.date is None else None


def _given(page: Page, lead: Notes, before: Draft) -> ResolvedDate | None:
    """Return the day that an event takes from the one before it: that day, the next at dawn, or the week before it."""
    when = before.when
    if when is None or when.date is None:
        return when
    words = range(max(0, lead.first - _STRETCH), min(lead.first + _STRETCH, lead.last - 1))
    ahead = next((page.low[at] for at in words if page.low[at] in _STRETCHES and page.low[at + 1] == "after"), "")
    if ahead:  # "…, days after nine died in a raid"
        earlier = replace(when, date=_moved(when.date, -_WEEK, -1), reason=_DAYS_AHEAD, flags=_inferred(when))
        return earlier if ahead == _DAYS else None
    first, then = before.notes[0], part_of_day(page, lead.first, min(lead.first + _TO_BESIDE, lead.last))
    now = part_of_day(page, first.first, first.last)
    night = then is not None and now is not None and now - then > _EVENING
    date_ = _moved(when.date, 1, 1) if night else when.date
    return replace(when, date=date_, reason=_NEXT_DAWN if night else _GOES_ON, flags=_inferred(when))


def _moved(day: DateValue, first: int, last: int) -> DateValue:
    start, end = date.fromisoformat(day.start) + timedelta(first), date.fromisoformat(day.end) + timedelta(last)
    return replace(day, edtf=f"{start}/{end}" if start != end else f"{start}", start=f"{start}", end=f"{end}")


def _inferred(when: ResolvedDate) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*when.flags, INFERRED)))


def date_by_its_aftermath(page: Page, timeline: Timeline, drafts: Sequence[Draft]) -> None:
    """Date what a story only says that it comes days after, by its publication: "A day after the raid on Exampla, …".

    Parameters
    ----------
    page, timeline, drafts
        As for `date_by_clause`. The story is of the day of its publication or of the day before.
    """
    published = timeline.published
    for draft in drafts if published is not None and len(drafts) == 1 else ():
        mention = draft.mention
        if published is None or mention is None or draft.date is not None or mention.kind != "anaphoric":
            continue
        after = page.word_at(mention.end - 1)
        lead = draft.notes[0]
        told = any(after < a.first <= after + _TO_BESIDE for a in lead.acts if is_violence(a))
        if mention.unit != "day" or mention.shift is None or page.low[after] != "after" or not told:
            continue
        days = Interval(published.first - timedelta(mention.shift[1] + 1), published.last - timedelta(mention.shift[0]))
        draft.when = placed(days, mention, "published", published.first.isoformat(), _AFTERMATH, flags=(INFERRED,))
