"""Whether a segment that may go on with an event has a tie to it: its paragraph, its place, its toll, its words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.continuity import Draft, may_agree
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.place_ties import within
from mapper.reading.tolls.adding import adds

_RANK_CITY: Final = 5
_TOWN: Final = 4
_NEAR: Final = 40
"""How many places and tolls of an event are compared."""


def belongs(
    page: Page, drafts: Sequence[Draft], notes: Notes, draft: Draft, acts: Sequence[object], *, placed: bool
) -> bool:
    """Say whether a segment that seems to go on with a draft has a tie to it.

    Parameters
    ----------
    page : Page
        The article.
    drafts : sequence of Draft
        What it has told of so far.
    notes : Notes
        The segment.
    draft : Draft
        The event that it would go on with.
    acts : sequence of Act
        What the segment says was done.
    placed : bool
        It names a place, or points at one.
    """
    if notes.paragraph in draft.paragraphs:
        return True
    elsewhere = len(drafts) > 1 and all(t.rule == "nobody" for t in notes.wholes)  # "rockets fell; nobody was hurt"
    if notes.paragraph - max(draft.paragraphs) <= 1 and not (notes.wholes and elsewhere) and _details(notes, draft):
        return True
    if _fills_in(page, drafts, notes, draft) or _goes_on_counting(page, notes, draft) or _dates(drafts, notes, draft):
        return True
    told = (a for a in notes.acts if is_violence(a) and not a.verb and page.low[a.first] != "violence")
    # Where an article tells of several events, "the mine" two paragraphs on may be another.
    near = notes.paragraph - max(draft.paragraphs) <= 1 or len(drafts) == 1
    definite = near and any(a.determiner in {"same", "dated"} for a in told)
    definite = definite or page.has("same_act", notes.first, min(notes.first + 3, notes.last))
    again = any(within(p, q) for p in notes.named for q in draft.places[:_NEAR])
    mine = [t for t in notes.wholes if not t.plural_only]
    theirs = [t for _, t in draft.tolls[:_NEAR] if not t.of and not t.plural_only]
    same = any(may_agree(a, b) for a in mine for b in theirs) or any(t.rule == "stated-toll" for t in mine)
    return definite or again or same or (not mine and bool(acts) and placed and bool(notes.wholes))


def returns_to(notes: Notes, draft: Draft, current: Draft) -> bool:
    """Say whether a segment goes back to an event by its place: "The Exampla blast hurt 14", "six died in Exampla".

    Parameters
    ----------
    notes : Notes
        The segment.
    draft : Draft
        The event that it seems to go back to.
    current : Draft
        The one told last.
    """
    told = [a for a in notes.acts if is_violence(a) and a.determiner in {"same", "dated"}]
    named = [p for p in notes.named if p.rank >= _TOWN and any(p.last <= a.first <= p.last + 1 for a in told)]
    counted = any(not t.of and not t.plural_only for t in notes.news)
    located = [p for p in notes.named if p.located and p.rank >= _TOWN]
    if not told and counted and len(located) == 1:
        named = located
    here = any(within(p, q) for p in named for q in current.places[:_NEAR])
    return not here and any(within(p, q) for p in named for q in draft.places[:_NEAR])


def _fills_in(page: Page, drafts: Sequence[Draft], notes: Notes, draft: Draft) -> bool:
    """Say whether a toll without place and day is of the article's only event: uncounted so far, or by another."""
    if notes.times or notes.periods or not notes.wholes or len([d for d in drafts if d.role == "primary"]) > 1:
        return False
    known = {n for p in draft.places[:_NEAR] for n in p.names}
    elsewhere = any(p.located and known.isdisjoint(p.names) for p in notes.named)
    counted = {t.group for _, t in draft.tolls[:_NEAR] if not t.of}
    new = any(a.determiner == "new" for a in notes.acts if is_violence(a))
    told = page.has("report", notes.first, notes.last) and not any(a.plural for a in notes.acts)
    return not elsewhere and not new and (told or all(t.group not in counted for t in notes.wholes))


def _goes_on_counting(page: Page, notes: Notes, draft: Draft) -> bool:
    """Say whether the next paragraph adds to a count: "Two bystanders also died."."""
    near = notes.paragraph - max(draft.paragraphs) <= 1 and not any(p.located for p in notes.named)
    return near and any(adds(page, t, notes) for t in notes.wholes)


def _dates(drafts: Sequence[Draft], notes: Notes, draft: Draft) -> bool:
    """Say whether the paragraph after a lede without a day gives it, and names no other place: how it came about."""
    if draft.mention is not None or len(drafts) > 1 or notes.paragraph - max(draft.paragraphs) > 1:
        return False
    if not any(day_level(d) for d in notes.times) or any(a.determiner == "new" for a in notes.acts if is_violence(a)):
        return False
    known = [n for p in draft.places[:_NEAR] for n in p.names]
    return all(_same_name(n, known) for p in notes.named if p.located for n in p.names[:1])


def _same_name(name: str, known: Sequence[str]) -> bool:
    """Say whether a place was named before, if with its division: "Exampla town", after "Exampla Local Government"."""
    return any(name.startswith(other) or other.startswith(name) for other in known)


def _details(notes: Notes, draft: Draft) -> bool:
    """Say whether the paragraph after a lede fills in what it left open: the village, or the injured."""
    if notes.times:
        return False
    open_place = not any(p.rank >= _RANK_CITY and p.reference.name for p in draft.places)
    village = any(p.rank >= _RANK_CITY and p.located for p in notes.named)
    if open_place and village and not notes.wholes:
        return True
    known = {t.group for _, t in draft.tolls[:_NEAR] if not t.of}
    return bool(notes.wholes) and not notes.named and all(t.group not in known for t in notes.wholes)
