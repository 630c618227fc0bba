"""Counts that a text itself replaces: the lines of a live page, "revised to 7", "now 12", "4 → 6"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from mapper.reading.chronology import stands_alone
from mapper.reading.continuity import Draft
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.stated import TollReading

_CLOCKED: Final = re.compile(
    r"^[ \t*\u2022-]{0,4}(?:\d{1,2}[ \t](?:[A-Z][a-z]{2},?)[ \t]{1,2})?"
    r"(?:\d{1,2}[:.h]\d\d|[01]\d[0-5]\d|2[0-3][0-5]\d)(?:[ \t]?(?:[ap]\.?m\b|GMT|UTC|hrs|h\b))?(?=[ \t:.|,\u2013-])",
    re.MULTILINE,
)
_LINES: Final = 3
_ARROWS: Final = frozenset({"\u2192"})


def is_log(page: Page) -> bool:
    """Say whether a text is kept by the clock: three lines or more, and most of them, begin with an hour.

    Parameters
    ----------
    page : Page
        The article.
    """
    lines = sum(1 for line in page.text.splitlines() if line.strip())
    clocked = len(_CLOCKED.findall(page.text)) if lines >= _LINES else 0
    return clocked >= _LINES and 2 * clocked >= lines


def supersede(page: Page, drafts: Sequence[Draft], *, log: bool) -> None:
    """Mark the counts of each event that a later one replaces.

    Parameters
    ----------
    page : Page
        The article.
    drafts : sequence of Draft
        What it tells of; tolls are marked in place.
    log : bool
        The article is kept by the clock, see `is_log`.
    """
    titled = bool(drafts) and stands_alone(page, 0)
    for draft in drafts:
        last: dict[str, TollReading] = {}
        headline = {id(toll) for notes, toll in draft.tolls if titled and notes.sentence == 0}
        for notes, toll in sorted(draft.tolls, key=lambda told: told[1].first):
            if toll.of or toll.plural_only or toll.population == "fighters" or toll.count.op == "word":
                continue
            before = last.get(toll.group)
            last[toll.group] = toll
            if before is not None and id(before) in headline and id(toll) not in headline and _says_more(before, toll):
                before.superseded = True
            if before is None or before.superseded or toll.count.value in {0, before.count.value}:
                continue  # nothing is newer that says the same
            grown = log and toll.count.value >= before.count.value
            if grown or _revises(page, notes, before, toll):
                before.superseded = True
            elif log:
                last[toll.group] = before


def _says_more(headline: TollReading, told: TollReading) -> bool:
    """Say whether the story is more exact than its headline: "at least ten" after "Ten", two after the one named."""
    if told.count.value == headline.count.value:
        return headline.count.op == "=" and told.count.op in {">", ">="}
    return headline.count.value == 1 < told.count.value


def _revises(page: Page, notes: Notes, before: TollReading, toll: TollReading) -> bool:
    """Say whether words beside a count make it the newer one: "updated: 3 dead", "4 → 6"."""
    since = max(before.last, notes.first) if before.last <= toll.first else notes.first
    if not _ARROWS.isdisjoint(page.low[before.last : toll.first]):
        return toll.first - before.last <= _LINES
    return page.has("revision", since, toll.last)
