"""Headings of a bulletin: the governorate under which its paragraphs stand ("Exampla: On 4 March, …")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page

_LONGEST: Final = 4
_BACK: Final = 40
_ENDS: Final = frozenset({":", "."})


def heading_over(page: Page, lead: Notes, seen: Sequence[Notes]) -> str:
    """Return the place that heads the paragraph of a segment, or stands alone on a line above it; "" for none.

    Parameters
    ----------
    page : Page
        The article.
    lead : Notes
        The segment.
    seen : sequence of Notes
        All segments, in order.
    """
    for notes in reversed(seen[max(0, lead.order - _BACK) : lead.order + 1]):
        for place in notes.named:
            if place.first > notes.first + 1 or not place.reference.name:
                continue
            colon = place.last < notes.last and page.low[place.last] == ":"
            alone = notes.last - notes.first <= _LONGEST and all(
                page.low[at] in _ENDS for at in range(place.last, notes.last)
            )
            if (colon and notes.paragraph == lead.paragraph) or (alone and notes is not lead):
                return place.reference.name
    return ""
