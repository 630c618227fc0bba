"""Where one sentence tells of two events: "nine were killed in Exampla, while three died in Betaville"."""

from __future__ import annotations

from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Page

_PARTS = 2
_AFTER = frozenset({"after", "before"})
_SOON = frozenset({"hour", "hours", "minutes"})
_SPLITTERS = frozenset({";", "while", "whereas", "and"})


def segments(page: Page, notes: Notes) -> list[Notes]:
    """Cut a sentence where both parts have an act or toll and a place of their own."""
    placed = sum(p.located and p.rank > 1 for p in notes.named)
    split = page.low[notes.first : notes.last].count(";") and bool(notes.times or notes.periods)
    if placed < _PARTS - bool(split) or len(notes.wholes) + len(_single_acts(notes)) < _PARTS:
        return [notes]
    leaps = {t.first - 1 for t in notes.tolls if t.rule == "gapped"}
    for at in range(notes.first + (2 if leaps else 4), notes.last - (2 if leaps else 4)):
        hours_after = page.low[at] in _AFTER and page.low[at - 1] in _SOON
        if page.low[at] not in _SPLITTERS and at not in leaps and not hours_after:
            continue
        left = _sliced(page, notes, notes.first, at)
        aside = page.low[at] == ";" and not left.wholes  # "the third such blast; in an earlier one, …"
        if not ((left.wholes or _single_acts(left)) and (_placed(left) or aside)):
            continue
        right = _sliced(page, notes, at + 1, notes.last)
        if not ((right.wholes or _single_acts(right)) and _placed(right)):
            continue
        near = page.low[at] != "and" or _begins_soon(right, at)
        if near and not _same_names(left, right):
            if not (right.times or right.periods):
                right.times, right.periods = left.times, left.periods
            if hours_after:
                right.times = [d for d in right.times if d.kind != "anaphoric"]
            right.beside = True
            return [left, *segments(page, right)]
    return [notes]


def _single_acts(notes: Notes) -> list[Act]:
    return [a for a in notes.acts if is_violence(a) and not a.weak and (a.determiner != "bare" or a.plural)]


def _placed(notes: Notes) -> bool:
    return any(p.located and p.rank > 1 for p in notes.named)


def _same_names(left: Notes, right: Notes) -> bool:
    a = {n for p in left.named for n in p.names}
    return any(n in a for p in right.named for n in p.names)


def _begins_soon(right: Notes, at: int) -> bool:
    starts = [t.first for t in right.wholes] + [a.first for a in _single_acts(right)]
    return bool(starts) and min(starts) - at <= 8


def _sliced(page: Page, notes: Notes, first: int, last: int) -> Notes:
    start, end = page.starts[first], page.ends[last - 1]
    return Notes(
        notes.sentence,
        notes.paragraph,
        first,
        last,
        [t for t in notes.tolls if first <= t.first and t.last <= last],
        [p for p in notes.phrases if first <= p.first and p.last <= last],
        [a for a in notes.acts if first <= a.first and a.last <= last],
        [p for p in notes.places if first <= p.first and p.last <= last],
        [d for d in notes.times if start <= d.start < end],
        [d for d in notes.periods if start <= d.start < end],
        notes.boilerplate,
    )
