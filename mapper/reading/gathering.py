"""What the only event of a text takes in at the end: tolls that name no place and no day of their own."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from mapper.reading.chronology import hour_at, part_of_day
from mapper.reading.continuity import Draft
from mapper.reading.dates.timeline import Timeline
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.tolls.adding import added
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.totals import Scope, of_the_dead

_NEAR: Final = 12
"""How many segments away such a toll may stand."""

_SHORT: Final = 250
"""In a text of so many words, every such toll is of its event; in a longer one, only what was not counted yet."""

_HEAD: Final = 1
"""Paragraphs from the headline to the lede."""
_TIMES: Final = 10
"""A toll so many times that of the event is another's."""
_PLACES: Final = 40
_OPENING: Final = 8
"""Words in which a sentence turns to another part of the day, and segments in which an event names its own."""
_REMEMBERED: Final = frozenset({"anniversary", "commemorate", "commemorated", "commemoration", "memorial"})
_GATHERED: Final = _REMEMBERED | {"gathered", "mark", "marked", "mourn", "remember", "remembered", "vigil"}
_NEW: Final = frozenset({"a", "an", "another"})
_OTHER: Final = ("background", "new_act", "earlier_acts")

Total = tuple[Notes, TollReading, Scope]


def gather(
    page: Page, timeline: Timeline, draft: Draft, totals: Sequence[Total], reasons: Sequence[str]
) -> list[Total]:
    """Let the only event take in the tolls that were set aside because nothing places or dates them.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    draft : Draft
        Its only event; it takes the tolls in place.
    totals : sequence of Total
        What was set aside, in order.
    reasons : sequence of str
        Those of being without a place or a day.

    Returns
    -------
    list of Total
        What stays set aside.
    """
    counted = {t.group for _, t in draft.tolls if not t.of and not t.plural_only}
    kept: list[Total] = []
    for notes, toll, scope in totals:
        open_to = len(page.low) <= _SHORT or toll.group not in counted
        if scope.reason in reasons and open_to and not toll.of and _fits(page, timeline, notes, toll, draft):
            if all(n is not notes for n in draft.notes):
                draft.notes.append(notes)
            draft.tolls.append((notes, added(page, toll, notes, draft.tolls)))
            draft.tolls += [(notes, t) for t in notes.tolls if t.of and t.group == toll.group and t.first >= toll.first]
        else:
            kept.append((notes, toll, scope))
    return kept


def _fits(page: Page, timeline: Timeline, notes: Notes, toll: TollReading, draft: Draft) -> bool:
    if notes.boilerplate or notes.periods or toll.population == "fighters":
        return False
    if min(abs(n.order - notes.order) for n in draft.notes) > _NEAR:
        return False
    told = max((t.count.value for _, t in draft.tolls if t.group == toll.group and not t.of), default=0)
    far_more = 0 < told * _TIMES <= toll.count.value  # "it has owned to over 800", after a strike that killed 23
    sums = any(not of_the_dead(page, cue) for cue in page.marked("total", notes.first, notes.last))
    if far_more or sums or any(page.has(tag, notes.first, notes.last) for tag in _OTHER):
        return False
    acts = [a for a in notes.acts if is_violence(a)]
    plural = any(a.plural and not a.verb for a in acts) and len(page.low) > _SHORT
    if plural or any(a.determiner == "new" for a in acts):
        return False
    known = {name for p in draft.places[:_PLACES] for name in p.names}
    if known and any(p.located and known.isdisjoint(p.names) for p in notes.named):
        return False
    return not _of_another_day(timeline, notes, draft)


def _of_another_day(timeline: Timeline, notes: Notes, draft: Draft) -> bool:
    """Say whether a segment gives a day on which its event cannot have been."""
    days = [d for d in notes.times if day_level(d) and d.kind != "anaphoric"]
    there = draft.date
    if not days or there is None:
        return False
    found = [when.date for when in map(timeline.resolve, days) if when.date is not None and when.resolved]
    return bool(found) and all(d.start > there.end or d.end < there.start for d in found)


def chance_of(page: Page, notes: Notes, scoped: Container[int]) -> int:
    """Weigh whether a segment tells of the one event, where nothing tells of it in full; 0 for no.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    scoped : container of int
        The `id` of each toll that is a sum.
    """
    if notes.boilerplate or (not notes.wholes and is_remembered(page, notes)):
        return 0
    news = [t for t in notes.tolls if id(t) not in scoped and not t.of and t.population != "fighters"]
    counted = [t for t in news if not t.plural_only]
    summed_up = any(id(t) in scoped and not t.of for t in notes.tolls)
    if summed_up and not counted and not any(day_level(d) for d in notes.times):
        return 0  # all that it counts is a sum
    acts = [a for a in notes.acts if is_violence(a) and not a.plural]
    tied = bool(notes.times) or bool(notes.named)
    head = len(page.low) <= _SHORT or notes.paragraph <= _HEAD  # further down, an act that nobody counts is no story
    if (counted and (acts or tied)) or (head and acts and tied):
        return 2
    return int(bool(counted or (news and acts)) or (head and bool(notes.acts) and tied))


def is_remembered(page: Page, notes: Notes) -> bool:
    """Say whether a segment tells of a ceremony for an act: its day is not that of the act.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment of it.
    """
    return not _REMEMBERED.isdisjoint(page.low[notes.first : notes.last])


def breaks_in(page: Page, notes: Notes, draft: Draft) -> bool:
    """Say whether a segment tells of an act during a ceremony for an old one, or hours after the last one.

    "As they prayed, a bomb went off"; "At dawn … killed six. In the evening, shells hit a mosque and killed six".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    draft : Draft
        The event told before it.
    """
    lead = draft.notes[0]
    if _is_hours_later(page, notes, draft) or _is_at_another_hour(page, notes, draft) or _is_beside(page, notes):
        return True
    if _GATHERED.isdisjoint(page.low[lead.first : lead.last]) or notes.times:
        return False
    counted = any(not t.of and not t.plural_only and not t.definite for t in notes.news)
    return counted and any(a.determiner in {"indefinite", "new"} for a in notes.acts if is_violence(a))


def _is_hours_later(page: Page, notes: Notes, draft: Draft) -> bool:
    opening = part_of_day(page, notes.first, min(notes.first + _OPENING, notes.last))
    if opening is None or not any(a.verb and is_violence(a) for a in notes.acts):
        return False
    if not any(t.group == "killed" and not (t.of or t.definite or t.plural_only) for t in notes.news):
        return False
    told = (part_of_day(page, n.first, n.last) for n in draft.notes[:_OPENING])
    before = next((part for part in told if part is not None), opening)
    return abs(opening - before) > 1


def _is_at_another_hour(page: Page, notes: Notes, draft: Draft) -> bool:
    """Say whether a paragraph with a toll and that of an event begin with two hours: "At about 15:00, …"."""
    here, there = notes.paragraph, draft.notes[0].paragraph
    if here == there or not any(not t.of and not t.plural_only for t in notes.news):
        return False
    hours = [hour_at(page, paragraph) for paragraph in (here, there)]
    return all(hours) and hours[0] != hours[1]


def _is_beside(page: Page, notes: Notes) -> bool:
    """Say whether somebody new is killed by an act of its own "on the same day": that goes on to another event."""
    same_day = any(d.kind == "anaphoric" and d.unit == "day" and d.shift == (0, 0) for d in notes.times)
    acts = any(a.verb and is_violence(a) and not a.weak for a in notes.acts)
    new = [t for t in notes.news if t.group == "killed" and not (t.of or t.definite or t.plural_only)]
    return same_day and acts and bool(new) and page.low[new[0].first] in _NEW
