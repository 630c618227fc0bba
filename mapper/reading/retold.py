"""Events that a text tells twice: "nine buried in Exampla, six in Betaville", after both were told in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.continuity import Draft
from mapper.reading.events import is_violence
from mapper.reading.page import Page
from mapper.reading.place_ties import within
from mapper.reading.places_written import PlaceMention

_BACK: Final = 24
"""So many events before one are compared: a list of thousands takes no longer for each."""
_FEWEST: Final = 3
"""Fewer dead than this are as many at one place by chance."""
_TOWN: Final = 4
_ITS_OWN: Final = frozenset({"dated", "indefinite", "new"})


def join_retold(page: Page, drafts: list[Draft]) -> None:
    """Let an event take in what only tells of it once more: its place and its toll, and no other day.

    Parameters
    ----------
    page : Page
        The article.
    drafts : list of Draft
        What it tells of, in order; changed in place.
    """
    kept: list[Draft] = []
    for draft in drafts:
        told = next((d for d in reversed(kept[-_BACK:]) if _is_retold(page, draft, d)), None)
        if told is None:
            kept.append(draft)
            continue
        told.notes += [n for n in draft.notes if all(n is not m for m in told.notes)]
        told.tolls += draft.tolls
        told.paragraphs |= draft.paragraphs
    drafts[:] = kept


def _is_retold(page: Page, draft: Draft, told: Draft) -> bool:
    if draft.role != "primary" or told.role != "primary" or draft.notes[0].entry != told.notes[0].entry:
        return False
    mine, theirs = _killed(draft), _killed(told)
    if len(mine) != 1 or not mine <= theirs or max(mine) < _FEWEST:
        return False
    if draft.mention is not None and (draft.date is None or told.date is None or draft.date != told.date):
        return False
    acts = [a for n in draft.notes for a in n.acts if is_violence(a) and not a.weak]
    if any(a.verb or a.determiner in _ITS_OWN for a in acts):
        return False
    if any(page.has("new_act", n.first, n.last) for n in draft.notes):
        return False
    here = _settlements(draft.places)
    return bool(here) and all(any(within(p, q) for q in told.places[:_BACK]) for p in here)


def _killed(draft: Draft) -> set[int]:
    tolls = (t for _, t in draft.tolls if t.group == "killed" and not t.of and not t.plural_only)
    return {t.count.value for t in tolls if t.count.op == "="}


def _settlements(places: Sequence[PlaceMention]) -> list[PlaceMention]:
    return [p for p in places[:_BACK] if p.located and p.names and p.rank >= _TOWN]
