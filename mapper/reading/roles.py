"""Which events an article only looks back on: those long before the first, under no heading of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mapper.reading.chronology import stands_alone
from mapper.reading.continuity import Draft
from mapper.reading.dates.resolved import ResolvedDate
from mapper.reading.page import Page

_OLD_DAYS: Final = 45
_WEEKS_BACK: Final = 21


def mark_background(page: Page, drafts: Sequence[Draft]) -> None:
    """Make an event background that lies six weeks or more before the first event told.

    Parameters
    ----------
    page : Page
        The article.
    drafts : sequence of Draft
        What it tells of, in order; changed in place. What stands under a heading
        of its own, or a day's, is told for its own sake.
    """
    primary = [d for d in drafts if d.role == "primary" and d.date is not None]
    if not primary or (first := _days(primary[0].when)) is None:
        return
    opened = {primary[0].notes[0].paragraph}
    for draft in primary[1:]:
        opens = draft.notes[0].paragraph not in opened
        opened.add(draft.notes[0].paragraph)
        if draft.long_before:
            draft.role = "background"
            continue
        days = _days(draft.when)
        if days is not None and days[1] < first[0] and _in_general(draft) and not _in_general(primary[0]):
            draft.role = "background"
            continue
        if days is not None and (first[0] - days[1]).days > _OLD_DAYS and not (opens and _headed(page, draft)):
            draft.role = "background"


def _in_general(draft: Draft) -> bool:
    """Say whether an event's time is a month or a season, under no heading: "last month eleven died in …"."""
    return draft.mention is not None and draft.mention.unit == "month" and not draft.notes[0].heads


def goes_back(draft: Draft, told: Sequence[Draft]) -> bool:
    """Say whether an event lies weeks before the one told last: what is told next does not go on from it.

    Parameters
    ----------
    draft : Draft
        An event.
    told : sequence of Draft
        Those told before it.
    """
    days = _days(draft.when)
    last = next((d for d in reversed(told) if d.role == "primary" and not d.flashback), None)
    before = _days(last.when) if last is not None else None
    return days is not None and before is not None and (before[0] - days[1]).days > _WEEKS_BACK


def _headed(page: Page, draft: Draft) -> bool:
    """Say whether an event is the first thing told under a line that stands alone, or under a day."""
    lead = draft.notes[0]
    first = lead.sentence
    while first and page.sentences[first - 1].paragraph == lead.paragraph:
        first -= 1
    return lead.under is not None or bool(lead.heads) or (first > 1 and stands_alone(page, first - 1))


def _days(when: ResolvedDate | None) -> tuple[date, date] | None:
    if when is None or when.date is None or not when.date.start or not when.date.end:
        return None
    return date.fromisoformat(when.date.start), date.fromisoformat(when.date.end)
