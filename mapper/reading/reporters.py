"""Who reports, nearest to the event first: an outlet that cites a monitor relays it."""

from __future__ import annotations

from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page

_RELAYS: Final = frozenset({"cites", "cited", "citing", "quoting", "quoted", "quotes", "according", "via"})
_VERB_REACH: Final = 8
_GENERIC: Final = frozenset({"local sources", "local media"})


def read_reporters(page: Page, notes: Notes, first: int | None = None) -> tuple[str, ...]:
    """Return who a segment names as reporting it, origin before relay.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    first : int, optional
        First word of the clause, where it begins before the segment.

    Examples
    --------
    "The BBC cites the Syrian Observatory" is ``("SOHR", "BBC")``.
    """
    begin = notes.first if first is None else first
    names: list[tuple[int, str]] = []
    past = begin
    for mark in page.marked("reporter", begin, notes.last):
        if mark.first < past:
            continue
        past = mark.last
        if all(n != mark.value for _, n in names):
            names.append((mark.first, mark.value))
    if not names or not page.has("report", begin, notes.last):
        return ()
    verbs = [m.first for m in page.marked("report", begin, notes.last)]
    near = [(at, n) for at, n in names if any(abs(v - at) <= _VERB_REACH + 4 * len(names) for v in verbs)]
    near = [(at, n) for at, n in near if n not in _GENERIC or any(0 < v - at <= 4 or 0 < at - v <= 3 for v in verbs)]
    order: list[str] = []
    for at, name in near:
        relay = any(page.low[i] in _RELAYS for i in range(max(begin, at - 6), at)) and bool(order)
        if relay:
            order.insert(0, name)
        else:
            order.append(name)
    return tuple(order)
