"""Who the dead were, told in the sentence after: "They comprised seven women, 14 children and five men"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.stated import PARTS, TollReading, subset

_THEY: Final = frozenset({"they", "these", "those"})
_ARE: Final = frozenset({"comprise", "comprised", "comprising", "include", "included", "were", "are", "was"})
_INCLUDE: Final = frozenset({"include", "included", "comprise", "comprised"})
_DEAD: Final = frozenset({"dead", "killed", "victims", "martyrs", "casualties", "fatalities", "them", "whom"})
_OPENING: Final = 3
_REACH: Final = 8
_RECENT: Final = 3
_BACK: Final = 6
_JOIN: Final = frozenset({"and", "or", "&"})


def makeup_of(page: Page, notes: Notes, told: Sequence[tuple[Notes, TollReading]]) -> list[TollReading]:
    """Return the women, children and men that a sentence without a harm counts among those killed before it.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    told : sequence of (Notes, TollReading)
        What was counted of the event so far, in order.

    Returns
    -------
    list of TollReading
        None where the segment speaks of others, or of more than were killed.
    """
    if notes.wholes or not told or not _speaks_of_them(page, notes):
        return []
    whole = next((t for n, t in reversed(told) if not t.of and notes.order - n.order <= _RECENT), None)
    counted = {t.of for n, t in told if t.of and whole is not None and t.group == whole.group}
    if whole is None or whole.group != "killed":
        return []
    found = []
    for of in PARTS:
        mine = [p for p in notes.phrases if p.of == of and not p.plural_only]
        if mine and of not in counted:
            found.append(subset(notes.sentence, mine, whole.group))
    return found if 0 < sum(t.count.value for t in found) <= whole.count.value else []


def all_of_them(page: Page, toll: TollReading, notes: Notes, seen: Sequence[Notes]) -> TollReading:
    """Count a part that is the whole: "three teachers, all of them women", "All of the victims were children".

    Parameters
    ----------
    page : Page
        The article.
    toll : TollReading
        A toll of `notes`.
    notes : Notes
        Its segment.
    seen : sequence of Notes
        The segments before it.
    """
    if not toll.of or not toll.plural_only or (toll.last < notes.last and page.low[toll.last] in _JOIN):
        return toll
    back = page.low[max(notes.first, toll.first - _BACK) : toll.first]
    if not back or not _says_all(back):
        return toll
    before = [t for n in (*seen[-1:], notes) if n.paragraph == notes.paragraph for t in n.tolls]
    told = [t for t in before if t.group == toll.group and not t.of and not t.plural_only and t.first < toll.first]
    return replace(toll, count=told[-1].count, plural_only=False) if told else toll


def _says_all(back: Sequence[str]) -> bool:
    """Say whether the words before "women" make them all: "all", "all of them", "all of the victims were"."""
    if back[-1] == "all" or list(back[-3:]) == ["all", "of", "them"] or list(back[-3:]) == ["all", "of", "whom"]:
        return True
    return "all" in back and back[-1] in {"were", "are"} and "," not in back


def _speaks_of_them(page: Page, notes: Notes) -> bool:
    opening = page.low[notes.first : notes.first + _OPENING]
    if opening and opening[0] in _THEY and not _ARE.isdisjoint(opening):
        return True
    words = page.low[notes.first : notes.first + _REACH]
    if any(one in _THEY and other in _INCLUDE for one, other in itertools.pairwise(words)):
        return True  # "A spokesman said they included a nurse."
    return any(one in {"the", "of"} and other in _DEAD for one, other in itertools.pairwise(words)) and (
        not _ARE.isdisjoint(words)
    )
