"""Ledes: what the first sentences of a story sum up, and the day that they give to what it then tells one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mapper.reading.chronology import stands_alone
from mapper.reading.continuity import Dated, Draft
from mapper.reading.dates.timeline import Timeline
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.places_written import PlaceMention
from mapper.reading.sums import REACH, is_sum, may_sum_up
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.totals import SUMS, Scope

_HEAD: Final = 2
"""The paragraphs after the headline among which a lede stands."""
_LONGEST: Final = 4
"""A lede over more days dates none of its parts: "in the past week"."""
_FIRST: Final = 12
_SIDES: Final = ("north", "south", "east", "west")
_ROUND: Final = 0.8
_TOWN: Final = 4

Totals = list[tuple[Notes, TollReading, Scope]]


def day_of_lede(page: Page, timeline: Timeline, drafts: Sequence[Draft], totals: Totals) -> Dated | None:
    """Return when the events happened that a story's lede sums up: "killed 14 in two provinces on Monday".

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    drafts : sequence of Draft
        What it has told of so far.
    totals : list of (Notes, TollReading, Scope)
        What it has summed up so far.

    Returns
    -------
    Dated or None
        None where the lede sums up nothing, or gives no day, nor a few of them.
    """
    for notes, toll, scope in totals[:_FIRST]:
        if notes.paragraph > _HEAD or scope.kind not in SUMS or toll.of:
            continue
        for mention in [d for d in notes.times if day_level(d)] or [*notes.times, *notes.periods]:
            if scope.kind == "cumulative" and mention.kind != "weekday":
                continue  # "since early Monday" counts a day, "since 7 October" a war
            when = timeline.resolve(mention)
            if not mention.bound and when.date is not None and _few_days(when.date.start, when.date.end):
                return mention, when
    first = drafts[0] if drafts else None
    if first is None or first.mention is None or first.when is None or first.notes[0].paragraph > _HEAD:
        return None
    return (first.mention, first.when) if day_level(first.mention) and may_sum_up(page, first) else None


def _few_days(start: str, end: str) -> bool:
    return bool(start and end) and (date.fromisoformat(end) - date.fromisoformat(start)).days < _LONGEST


def leave_out_headline(notes: Notes, drafts: list[Draft], totals: Totals) -> None:
    """Set aside what a headline counts, where the lede says that it is a sum.

    Parameters
    ----------
    notes : Notes
        The segment read last.
    drafts : list of Draft
        What is told so far; one that only the headline told of is taken out.
    totals : list of (Notes, TollReading, Scope)
        What is summed up so far, with what the segment sums up; added to.
    """
    if len(drafts) != 1 or notes.paragraph != 1 or any(n.paragraph for n in drafts[0].notes):
        return
    summed = [(t, scope) for n, t, scope in totals if n is notes and not t.of]
    told = [t for _, t in drafts[0].tolls if not t.of]
    scopes = [next((scope for whole, scope in summed if _rounds(t, whole)), None) for t in told]
    if scopes and None not in scopes:
        totals += [(n, t, scopes[0]) for n, t in drafts[0].tolls if not t.plural_only and scopes[0] is not None]
        drafts.clear()


def _rounds(headline: TollReading, lede: TollReading) -> bool:
    """Say whether a headline gives the lede's number, or "more than 30" for its 31."""
    short, full = headline.count.value, lede.count.value
    least = headline.count.op in {">", ">="} and _ROUND * full <= short <= full
    return headline.group == lede.group and (short == full or least)


def leave_out_sums(page: Page, timeline: Timeline, drafts: list[Draft], totals: Totals) -> None:
    """Set aside what only sums up the events told after it; they happened when it says, where they do not.

    Parameters
    ----------
    page, timeline, drafts, totals
        As for `day_of_lede`; sums are taken out of the drafts, and put with the totals.
    """
    sums = [d for at, d in enumerate(drafts) if is_sum(page, d, drafts[at + 1 : at + 1 + REACH])]
    for whole in sums:
        drafts.remove(whole)
        scope = Scope("subtotal", "sums up events that are told one by one")
        parts = _parts(whole)
        drafts += parts
        told = {id(toll) for part in parts for _, toll in part.tolls}
        totals += [(n, toll, scope) for n, toll in whole.tolls if not toll.plural_only and id(toll) not in told]
    dated = next((d for d in sums if d.mention is not None and day_level(d.mention)), None)
    events = {id(d.mention) for d in drafts if d.mention is not None}
    for draft in drafts:
        given = draft.assumed
        if dated is not None and dated.mention is not None and dated.when is not None:
            if draft.notes[0].first < dated.notes[0].first:
                continue
            given = (dated.mention, dated.when)
        elif given is not None and id(given[0]) in events:
            continue  # what was taken for a sum is an event
        if given is None or draft.role != "primary":
            continue
        if draft.mention is None:
            draft.mention, draft.when = given
        elif draft.mention.kind == "anaphoric" and draft.when is not None and not draft.when.resolved:
            draft.when = timeline.resolve(draft.mention, anchor=given[1].date)


def _parts(whole: Draft) -> list[Draft]:
    """Return the events that were taken for the sum's own: each of a later paragraph, with a town and a lower count."""
    most = max((t.count.value for _, t in whole.tolls if t.group == "killed"), default=0)
    parts = []
    for paragraph in sorted(whole.paragraphs):
        notes = [n for n in whole.notes if n.paragraph == paragraph]
        tolls = [(n, t) for n, t in whole.tolls if n.paragraph == paragraph]
        places = [p for n in notes for p in n.named]
        dead = [t.count.value for _, t in tolls if t.group == "killed" and not t.of and not t.plural_only]
        town = any(p.located and p.rank >= _TOWN for p in places)
        if paragraph > whole.notes[0].paragraph + 1 and town and dead and max(dead) < most:
            parts.append(Draft(notes=notes, places=places, tolls=tolls, paragraphs={paragraph}, counts=tolls[0][0]))
    return parts


def town_of_lede(page: Page, draft: Draft, headline: PlaceMention) -> PlaceMention | None:
    """Return the town near its headline's where a lede puts an event: "near Exampla, north of Betaville".

    Parameters
    ----------
    page : Page
        The article.
    draft : Draft
        An event.
    headline : PlaceMention
        The place of the segment that it begins with.

    Returns
    -------
    PlaceMention or None
        None where that segment is no headline, or the lede names its place as well.
    """
    if not headline.names or len(draft.notes) < _HEAD or draft.notes[0].paragraph or not stands_alone(page, 0):
        return None
    lede = draft.notes[1]
    towns = [p for p in lede.named if p.located and p.rank >= _TOWN and headline.names[0] not in p.names[:1]]
    if len(towns) != 1 or not lede.wholes:
        return None
    return towns[0] if _takes_bearings(page, headline, lede) else None


def _takes_bearings(page: Page, headline: PlaceMention, lede: Notes) -> bool:
    """Say whether a lede only tells how its town lies to the headline's place: "…, north-east of Betaville"."""
    words = headline.names[0].split()
    for at in range(lede.first + 1, lede.last):
        if page.low[at : at + len(words)] == words:
            return page.low[at - 1] == "of" and any(side in page.low[at - 2] for side in _SIDES)
    return False
