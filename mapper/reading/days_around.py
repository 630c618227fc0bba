"""The day that an event takes from the sentences around it, where its own give none."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.dates.timeline import Timeline
from mapper.reading.event_times import Timed, when_of
from mapper.reading.notes import Notes, day_level, heads_a_form
from mapper.reading.page import Page
from mapper.reading.scenes import tells_of_act

_HEAD: Final = 3
"""Segments at the head of a text, where its day may stand."""
_NEAR: Final = 40
"""How many segments away a date may stand that an event of its paragraph takes."""
_JUST_ABOVE: Final = 3
_RECENT: Final = 12


def date_from_context(
    page: Page, timeline: Timeline, drafts: Sequence[Draft], seen: Sequence[Notes], draft: Draft, taken: Container[int]
) -> None:
    """Date an event by its own paragraph; the only one of an article, or a form's head, by those beside it too.

    Parameters
    ----------
    page, timeline
        The article, and its calendar.
    drafts : sequence of Draft
        What it tells of.
    seen : sequence of Notes
        Its segments, in order.
    draft : Draft
        The event; dated in place.
    taken : container of int
        The `id` of each expression of time that is an event's already.
    """
    lead = draft.notes[0]
    near = seen[max(0, lead.order - _NEAR) : lead.order + _NEAR]
    around = [n for n in near if n.paragraph == lead.paragraph and n.times and not n.boilerplate]
    before = [n for n in around if n.first < lead.first]
    after = [n for n in around if n.first > lead.first]
    if len([d for d in drafts if d.role == "primary"]) == 1 or heads_a_form(lead):
        # The only event of an article, or a form's head: the day may be given in the paragraph before or after.
        beside = [n for n in near if abs(n.paragraph - lead.paragraph) == 1 and n.times and not n.boilerplate]
        after += [n for n in beside if n.paragraph > lead.paragraph]
        after += [n for n in reversed(beside) if n.paragraph < lead.paragraph]
        after += [n for n in seen[:_HEAD] if n.first < lead.first and n.times and not n.boilerplate]
    for notes in (*reversed(before), *after):
        mention, when = when_of(page, timeline, drafts, notes, draft)
        free = id(mention) not in taken or heads_a_form(lead)  # a form's head is what its narrative tells of
        if mention is not None and free and day_level(mention) and mention.kind != "anaphoric":
            draft.mention, draft.when = mention, when
            return


def told_before(
    page: Page,
    timeline: Timeline,
    drafts: Sequence[Draft],
    seen: Sequence[Notes],
    notes: Notes,
    passing: Sequence[tuple[Notes, bool]],
) -> Timed:
    """Return the day that the sentences before a toll give in its paragraph: "On 3 May shells fell. Two died.".

    Parameters
    ----------
    page, timeline, drafts, seen
        As for `date_from_context`.
    notes : Notes
        The segment with the toll.
    passing : sequence of (Notes, bool)
        For each segment seen, whether it is of an event already.
    """
    taken = {id(d.mention) for d in drafts[-_RECENT:]}
    lead = (notes.parts or [notes])[0]
    for before in reversed(seen[-_NEAR:]):
        above = before.paragraph == lead.paragraph - 1 and lead.order - before.order <= _JUST_ABOVE
        if before.paragraph != lead.paragraph and not (
            above and not passing[before.order][1] and tells_of_act(page, before)
        ):
            break
        mention, when = when_of(page, timeline, drafts, before, None)
        if mention is None or before.boilerplate:
            continue
        told = mention.kind != "anaphoric" or (when is not None and when.resolved)
        if id(mention) not in taken and day_level(mention) and told:
            return mention, when
    return None, None
