"""Where one sentence tells of two events: "nine were killed in Exampla, while three died in Betaville"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.dates.mention import DateMention, Unit
from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.tolls.gapped import GAPPED

_PARTS: Final = 2
_AFTER: Final = frozenset({"after", "before"})
_SOON: Final = frozenset({"hour", "hours", "minutes"})
_ONE: Final = frozenset({"a", "one"})
_LONG_AGO: Final = 60
_DAYS: Final = frozenset({"day", "days", "week", "weeks"})
_SOON_AFTER: Final = 8
_LISTS: Final = frozenset({"and", ";"})
_OPENING: Final = 2
_CLAUSE_ENDS: Final = frozenset({",", ";", ":", "while", "whereas", "after", "before", "when"})
_SPLITTERS: Final = frozenset({";", "while", "whereas", "and"})


def segments(page: Page, notes: Notes) -> list[Notes]:
    """Cut a sentence where both parts have an act or toll and a place of their own."""
    placed = sum(p.located and p.rank > 1 for p in notes.named) + _is_days_after(page, notes)
    split = page.low[notes.first : notes.last].count(";") and bool(notes.times or notes.periods)
    dated = sum(map(day_level, notes.times)) >= _PARTS and bool(notes.places)
    if placed < _PARTS - (_PARTS if dated else bool(split)) or len(notes.wholes) + len(_single_acts(notes)) < _PARTS:
        return [notes]
    leaps = {t.first - 1 for t in notes.tolls if t.rule == GAPPED}
    for at in range(notes.first + (2 if leaps else 4), notes.last - (2 if leaps else 4)):
        follows = page.low[at] in _AFTER
        hours_after = follows and page.low[at - 1] in _SOON
        days_after = follows and page.low[at - 1] in _DAYS
        if dated and (told := _at_one_place(page, notes, at)) is not None:
            return told
        if page.low[at] not in _SPLITTERS and at not in leaps and not hours_after and not days_after:
            continue
        if page.low[at] == "and" and _shares_subject(page, notes, at + 1):
            continue
        left = _sliced(page, notes, notes.first, at)
        aside = page.low[at] == ";" and not left.wholes  # "the third such blast; in an earlier one, …"
        if not ((left.wholes or _single_acts(left)) and (_placed(left) or aside)):
            continue
        right = _sliced(page, notes, at + 1, notes.last)
        there = days_after and _points_back(left, right)
        if not ((right.wholes or _single_acts(right)) and (_placed(right) or there)):
            continue
        near = page.low[at] != "and" or _begins_soon(right, at)
        if near and (there or not _same_names(left, right)):
            if not (right.times or right.periods):
                right.times, right.periods = left.times, left.periods
            if hours_after:
                right.times = [d for d in right.times if d.kind != "anaphoric"]
            if days_after and not any(d not in left.times for d in right.times):
                day = _days_before(page, at - 1)
                left.times = [d for d in left.times if d.kind != "anaphoric"]
                right.times = [day] if day is not None else []
            right.beside = True
            dates = bool(right.times or right.periods)
            parts = segments(page, right)
            if dates and not (parts[0].times or parts[0].periods):  # they stand in a part behind it
                parts[0].times, parts[0].periods = left.times, left.periods
            return [left, *parts]
    return [notes]


def _is_days_after(page: Page, notes: Notes) -> bool:
    """Say whether a sentence tells what a place that it only points at came to days before."""
    if not any(p.anaphora for p in notes.places):
        return False
    return any(page.low[at] in _AFTER and page.low[at - 1] in _DAYS for at in range(notes.first + 1, notes.last))


def _points_back(left: Notes, right: Notes) -> bool:
    """Give what happened "there" the place of what came days later: "…, two days after a farmer died there"."""
    if right.named or not any(p.anaphora for p in right.places):
        return False
    right.places = [replace(p, located=True) for p in left.named if p.located][-1:]
    return bool(right.places)


def _looks_back(page: Page, notes: Notes, where: int) -> list[Notes] | None:
    """Part what a place was hit by before: "bombed Exampla on Saturday, where a gas attack killed 87 on Tuesday"."""
    left, right = _sliced(page, notes, notes.first, where), _sliced(page, notes, where + 1, notes.last)
    there = [p for p in left.named if p.last in {where - 1, where}]
    told = all(
        any(not t.plural_only for t in part.wholes) and any(map(day_level, part.times)) for part in (left, right)
    )
    if not there or not told or right.named:
        return None
    right.places = [replace(there[-1], located=True)]
    right.beside = True
    return [left, right]


def _at_one_place(page: Page, notes: Notes, at: int) -> list[Notes] | None:
    """Part what a sentence tells of one place and two days."""
    if page.low[at] == "where":
        return _looks_back(page, notes, at)
    return _by_days(page, notes, at) if page.low[at] in _LISTS else None


def _by_days(page: Page, notes: Notes, at: int) -> list[Notes] | None:
    """Part what is counted by its days: "on Monday 27 died in Exampla, and on Friday a rocket killed four"."""
    left, right = _sliced(page, notes, notes.first, at), _sliced(page, notes, at + 1, notes.last)
    there = [p for p in left.places if p.located and (p.names or p.anaphora)]
    if right.named or not there or not right.times:
        return None
    opens = page.word_at(right.times[0].start) - right.first <= _OPENING
    told = all(
        any(not t.plural_only for t in part.wholes) and any(map(day_level, part.times)) for part in (left, right)
    )
    if not opens or not told or right.times[0].kind == "anaphoric":
        return None
    if not right.places:
        right.places = [next((p for p in there if p.names), there[-1])]
    right.beside = True
    return [left, right]


def _shares_subject(page: Page, notes: Notes, verb: int) -> bool:
    """Say whether "and wounded 15" only goes on with what was done, where no place stands before its clause ends."""
    if page.mark("harm", verb) is None:
        return False
    last = next((at for at in range(verb, notes.last) if page.low[at] in _CLAUSE_ENDS), notes.last)
    return not any(p.located and verb <= p.first < last for p in notes.named)


def _days_before(page: Page, unit: int) -> DateMention | None:
    """Return the day before the one told first: "…, two days after a strike on Exampla left nine dead"."""
    number = page.mark("number", unit - 1)
    low = page.low[unit - 1]
    days = 1 if low in _ONE else int(number.value) if number is not None else int(low) if low.isdecimal() else 0
    if not 0 < days < _LONG_AGO:
        return None
    whole: Unit = "week" if page.low[unit].startswith("week") else "day"
    way = -1 if page.low[unit + 1] == "after" else 1
    start, end = page.span(unit - 1, unit + 2)
    return DateMention(
        start=start,
        end=end,
        text=page.text[start:end],
        kind="anaphoric",
        rule="days-after-it",
        unit=whole,
        shift=(way * days, way * days),
    )


def _single_acts(notes: Notes) -> list[Act]:
    return [a for a in notes.acts if is_violence(a) and not a.weak and (a.determiner != "bare" or a.plural)]


def _placed(notes: Notes) -> bool:
    return any(p.located and p.rank > 1 for p in notes.named)


def _same_names(left: Notes, right: Notes) -> bool:
    # "Exampla (Gammaland)" and "Betaville (Gammaland)" lie in one, and are two.
    return any(p.names[0] in q.names or q.names[0] in p.names for p in left.named for q in right.named)


def _begins_soon(right: Notes, at: int) -> bool:
    starts = [t.first for t in right.wholes] + [a.first for a in _single_acts(right)]
    if not starts or min(starts) - at <= _SOON_AFTER:
        return bool(starts)
    # "…, and a bus on the Exampla road was hit, killing nine": the place stands before what was done there.
    opens = any(p.located and p.first - at <= _SOON_AFTER for p in right.named)
    return (
        opens
        and min(starts) - at <= 2 * _SOON_AFTER
        and any(is_violence(a) and a.first < min(starts) for a in right.acts)
    )


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
