"""Scenes: sentences that tell what happened and where, before the one that counts whom it harmed.

"Jets bomb a house in Exampla at dawn. Five people are pulled dead from the
rubble." The first sentence counts nobody, the second names no place: together
they tell of one event.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.continuity import stamp_before
from mapper.reading.dates.mention import DateMention
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.places_written import THERE, PlaceMention
from mapper.reading.vocabulary import word_set

_BACK: Final = 3
_FORM: Final = 8
"""So many lines of a form may stand before the one that counts the dead: its number, place, date, weapon …"""
_OF_ITS_OWN: Final = frozenset({"indefinite", "new", "dated"})
_ARMS: Final = word_set("weapons")
_UNSURE: Final = frozenset({"province", "governorate", "country", "strip", THERE, "place"})
_DISTRICT: Final = 3
_TOWN: Final = 5
_SETTLEMENT: Final = 4
_FRONT: Final = 4
_AT: Final = frozenset({"at", "in", "near", "outside"})
_SCRAP: Final = 16
_LEAD_IN: Final = 4
"""Letters before the day that begins an entry: "On "."""


def scene_before(page: Page, notes: Notes, passing: Sequence[tuple[Notes, bool]]) -> list[Notes]:
    """Return the segments of a paragraph that set the scene of a toll without a place, in order; none if none do.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment with a toll.
    passing : sequence of (Notes, bool)
        The segments before it, and whether each belongs to an event already.
    """
    placed = any(p.located and (p.names or p.anaphora not in _UNSURE) and p.rank > 1 for p in notes.places)
    if placed or "elsewhere" in page.low[notes.first : notes.last]:
        return []
    scrap = bool(passing) and _is_scrap(page, passing[-1], notes)
    if not scrap and any(is_violence(a) and not a.weak and a.determiner in _OF_ITS_OWN for a in notes.acts):
        return []
    form = bool(notes.entry) and any(t.rule == "label" for t in notes.wholes)
    # In a running report, the line before may have told of the blast whose dead this one counts.
    clocked = not notes.named and stamp_before(page, notes) is not None
    scene = _free_before(notes, passing, form=form, clocked=clocked)
    if form:
        return scene if _set(page, scene) else []
    points = any(p.anaphora == THERE and p.located for p in notes.places)
    if points and scene and any(p.located and p.rank >= _SETTLEMENT for p in scene[-1].named):
        return scene[-1:]  # "In Exampla the attackers burned a church. A guard was also killed there."
    if clocked:
        return scene if any(is_violence(a) for n in scene for a in n.acts) and _set(page, scene) else []
    return _telling(page, notes, scene, scrap=scrap)


def _free_before(notes: Notes, passing: Sequence[tuple[Notes, bool]], *, form: bool, clocked: bool) -> list[Notes]:
    """Return the segments right before one, of its paragraph or form, that count nobody and are of no event yet."""
    scene: list[Notes] = []
    for before, used in reversed(passing[-_FORM if form else -_BACK :]):
        same_form = form and before.entry == notes.entry
        beside = before.paragraph == notes.paragraph or (before.entry and (clocked or same_form))
        if not beside or used or before.boilerplate or before.wholes:
            break
        scene.insert(0, before)
    return scene


def _telling(page: Page, notes: Notes, scene: list[Notes], *, scrap: bool) -> list[Notes]:
    """Leave out of a scene what stands before the act or the day that it begins with; all of it, where none is told."""
    while scene and not tells_of_act(page, scene[0]) and not _adds(scene[0], scene[1:]):
        del scene[0]
    acts = scrap or any(tells_of_act(page, n) or (n.entry and any(map(is_violence, n.acts))) for n in [*scene, notes])
    return scene if (acts and _set(page, scene)) or _pins(page, scene) else []


def tells_of_act(page: Page, notes: Notes) -> bool:
    """Say whether a segment tells of somebody doing one thing: "a shell hit", "jets bomb", not "violence", "raids".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment of it.
    """
    acts = [a for a in notes.acts if is_violence(a)]
    entry = any(d.first.day for d in notes.times) and any(p.located and p.names for p in notes.places)
    if any(a.verb or entry or not (a.plural or a.determiner == "bare") for a in acts):
        return True
    return page.has("doer", notes.first, notes.last) or not _ARMS.isdisjoint(page.low[notes.first : notes.last])


def turns_to(page: Page, notes: Notes) -> PlaceMention | None:
    """Return the settlement that a segment opens with, where it tells of an act: "In Exampla, a drone hit a market".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment of it.
    """
    place = notes.named[0] if notes.named else None
    if place is None or not place.located or place.rank < _SETTLEMENT or place.first - notes.first > _FRONT:
        return None
    colon = page.low[place.last : place.last + 1] == [":"]
    return place if colon or (page.low[notes.first] in _AT and tells_of_act(page, notes)) else None


def _adds(one: Notes, rest: Sequence[Notes]) -> bool:
    """Say whether a segment gives the day, or the name of a place, that those after it lack."""
    day = any(day_level(d) for d in one.times) and not any(day_level(d) for n in rest for d in n.times)
    name = any(p.located and p.names for p in one.places) and not any(
        p.located and p.names for n in rest for p in n.places
    )
    return day or name


def opens_on_a_day(before: Notes, notes: Notes) -> bool:
    """Say whether a sentence gives the day to the act or toll, and the town, after it: "On Friday it happened again.".

    Parameters
    ----------
    before, notes : Notes
        The sentence, and the one that follows it.
    """
    counted = any(not t.of and not t.plural_only for t in notes.news)
    one = any(is_violence(a) and not a.weak and not a.plural for a in notes.acts)
    if not (counted or one) or before.paragraph != notes.paragraph or before.wholes or before.boilerplate:
        return False
    placed = any(p.located and p.rank > _DISTRICT for p in notes.named)
    return placed and any(day_level(d) for d in before.times)


def _set(page: Page, scene: Sequence[Notes]) -> bool:
    """Say whether segments say where something happened, or on which day."""
    placed = any((p.located and p.rank >= _DISTRICT) or p.anaphora for n in scene for p in n.places)
    named = any(p.rank >= _TOWN for n in scene if n.entry or tells_of_act(page, n) for p in n.named)
    return placed or named or any(day_level(d) for n in scene for d in n.times)


def _pins(page: Page, scene: Sequence[Notes]) -> bool:
    """Say whether one segment gives a day and a town, whatever was done there; where a day opens it, a name will do."""
    return any(
        any(
            day_level(d) and d.kind in {"absolute", "partial"} and (p.located or n.entry or _opens(page, n, d))
            for d in n.times
            for p in n.named
            if p.rank >= (_SETTLEMENT if n.entry else _TOWN)
        )
        for n in scene
    )


def _is_scrap(page: Page, told: tuple[Notes, bool], notes: Notes) -> bool:
    """Say whether a segment of its paragraph is but a day and a place: "3 May 2016, near Exampla, Deltaland."."""
    before, used = told
    bare = not before.tolls and not before.acts and before.last - before.first <= _SCRAP
    opens = any(day_level(d) and d.kind in {"absolute", "partial"} and _leads(page, before, d) for d in before.times)
    placed = any(p.located and p.rank >= _SETTLEMENT for p in before.named)
    return bare and not used and before.paragraph == notes.paragraph and opens and placed


def _opens(page: Page, notes: Notes, day: DateMention) -> bool:
    """Say whether a segment begins with its day and a colon: "Sunday 3 May: a lorry …"."""
    last = page.word_at(day.end - 1) + 1
    return _leads(page, notes, day) and page.low[last : last + 1] == [":"]


def _leads(page: Page, notes: Notes, day: DateMention) -> bool:
    return day.start - page.starts[notes.first] <= _LEAD_IN


def together(scene: Sequence[Notes], notes: Notes) -> Notes:
    """Return one segment for a scene and the toll that follows it, to be weighed as a whole.

    Parameters
    ----------
    scene : sequence of Notes
        From `scene_before`, not empty.
    notes : Notes
        The segment with the toll.
    """
    parts = [*scene, notes]
    return Notes(
        scene[0].sentence,
        notes.paragraph,
        scene[0].first,
        notes.last,
        [t for n in parts for t in n.tolls],
        [p for n in parts for p in n.phrases],
        [a for n in parts for a in n.acts],
        [p for n in parts for p in n.places],
        [d for n in parts for d in n.times],
        [d for n in parts for d in n.periods],
        order=notes.order,
        news=notes.news,
        under=notes.under,
        parts=parts,
        entry=notes.entry,
        heads=notes.heads,
    )
