"""Who the dead were, told in the sentence after: "They comprised seven women, 14 children and five men"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.stated import PARTS, TollReading, subset

_THEY: Final = frozenset({"they", "these", "those"})
_ARE: Final = frozenset({"comprise", "comprised", "comprising", "include", "included", "were", "are", "was"})
_DEAD: Final = frozenset({"dead", "killed", "victims", "martyrs", "casualties", "fatalities", "them", "whom"})
_OPENING: Final = 3
_REACH: Final = 8
_RECENT: Final = 3


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


def _speaks_of_them(page: Page, notes: Notes) -> bool:
    opening = page.low[notes.first : notes.first + _OPENING]
    if opening and opening[0] in _THEY and not _ARE.isdisjoint(opening):
        return True
    words = page.low[notes.first : notes.first + _REACH]
    return any(one in {"the", "of"} and other in _DEAD for one, other in itertools.pairwise(words)) and (
        not _ARE.isdisjoint(words)
    )
