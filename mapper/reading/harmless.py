"""What an article tells besides the harm to civilians: accidents, what missed, fighters alone, how a war began."""

from __future__ import annotations

from datetime import date
from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.dates.timeline import Timeline
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.totals import Scope
from mapper.reading.violence import Theme, no_violence, theme_of

_WAR: Final = 1_000
"""So many dead, told of weeks before, are how a war began."""
_OTHERS: Final = 64
"""So many events are asked whether they harmed anybody."""
_LIFETIME: Final = 60
"""So many years before a text was published lies what nobody documents any more."""
_OF_OLD: Final = 1960
"""Where it is not known when that was, what lies before this year."""


def leave_out_harmless(
    page: Page, timeline: Timeline, drafts: list[Draft], totals: list[tuple[Notes, TollReading, Scope]]
) -> None:
    """Set aside the tolls of what is no harm to civilians.

    Parameters
    ----------
    page : Page
        The article.
    timeline : Timeline
        Its calendar.
    drafts : list of Draft
        What it tells of; what is none is taken out.
    totals : list of (Notes, TollReading, Scope)
        Added to.
    """
    theme = theme_of(page)
    since = timeline.published.first.year - _LIFETIME if timeline.published is not None else _OF_OLD
    kept = []
    for at, draft in enumerate(drafts):
        beside = any(d is not draft and d.role == "primary" and _harms(d) for d in drafts[:_OTHERS])
        scope = _scope(page, draft, theme, beside=beside, first=at == 0)
        if _before(draft, since):
            scope = Scope("history", "an event of the past that the report only mentions")
        if scope is None:
            kept.append(draft)
        else:
            totals += [(notes, toll, scope) for notes, toll in draft.tolls if not toll.plural_only]
    drafts[:] = kept


def _harms(draft: Draft) -> bool:
    """Say whether an event counts anybody."""
    return any(t.count.value for _, t in draft.tolls)


def _before(draft: Draft, year: int) -> bool:
    """Say whether an event was before a year."""
    when = draft.date
    return when is not None and bool(when.end) and date.fromisoformat(when.end).year < year


def _scope(page: Page, draft: Draft, theme: Theme, *, beside: bool, first: bool) -> Scope | None:
    tolls = [t for _, t in draft.tolls]
    if beside and tolls and not _harms(draft):
        return Scope("no-act", "nobody was harmed")
    if (none := no_violence(page, draft.notes, theme)) is not None:
        return none
    wholes = [t for t in tolls if not t.of and not t.plural_only]
    if not first and wholes and all(t.population == "fighters" for t in wholes):
        return Scope("fighters", "counts fighters alone, beside harm to others")
    if draft.flashback and any(t.group == "killed" and t.count.value >= _WAR for t in wholes):
        return Scope("history", "how the war began")
    return None
