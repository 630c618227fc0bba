"""What another source counts, where only its number is said: "7 killed, 11 hurt; the police give 9 and 28"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.page import COUNT, Page
from mapper.reading.tolls.numbers import Quantity, quantity_at
from mapper.reading.tolls.stated import TollReading

_GIVES: Final = frozenset(
    {"counted", "counts", "gave", "give", "gives", "had", "has", "put", "puts", "spoke", "speaks"}
)
_LEADS: Final = frozenset({"a", "at", "figure", "it", "of", "only", "that", "the"})
_ENDS: Final = frozenset({".", ",", ";", "(", ")", "and", '"', "-", "\u2013", "\u2014"})
_LEAD: Final = 4
_TIMES: Final = 4
"""Counts of one event do not differ by more."""


def other_counts(
    page: Page, bounds: tuple[int, int], tolls: Sequence[TollReading], blocked: Container[int]
) -> list[TollReading]:
    """Return what other sources count of what a sentence has told: the dead, and then the hurt.

    Parameters
    ----------
    page : Page
        The article.
    bounds : (int, int)
        The words of the sentence.
    tolls : sequence of TollReading
        What it counts, in order.
    blocked : container of int
        Words of dates and ages.
    """
    told = [t for t in tolls if not t.of and not t.plural_only and t.count.op != "word"]
    if not told:
        return []
    taken = {word for t in tolls for word in range(t.first, t.last)}
    found: list[TollReading] = []
    for at in range(told[0].last, bounds[1] - 1):
        if page.low[at] not in _GIVES and page.mark("report", at) is None:
            continue
        count = _bare(page, at + 1, bounds[1], blocked)
        if count is None or count.first in taken:
            continue
        before = {t.group: t for t in reversed(told) if t.last <= at}
        second = _second(page, count.last, bounds[1], blocked) if len(before) > 1 else None
        first = before.get("killed")
        if first is None or not _alike(count, first.count):
            continue
        found.append(replace(first, first=at, last=count.last, count=count, rule="other-count"))
        if second is not None and _alike(second, before["injured"].count):
            found.append(
                replace(before["injured"], first=second.first, last=second.last, count=second, rule="other-count")
            )
    return found


def _bare(page: Page, at: int, end: int, blocked: Container[int]) -> Quantity | None:
    """Read a number that nothing follows, behind "gave" or "put it at"."""
    last = at
    while last < min(at + _LEAD, end) and page.low[last] in _LEADS:
        last += 1
    if last >= end or not page.kinds[last] & COUNT:
        return None
    count = quantity_at(page, last, end, blocked)
    ends = count is not None and (count.last >= end or page.low[count.last] in _ENDS)
    return count if ends and count is not None and count.op != "word" and count.value else None


def _second(page: Page, at: int, end: int, blocked: Container[int]) -> Quantity | None:
    if at + 1 >= end or page.low[at] not in {"and", ","}:
        return None
    return _bare(page, at + 1, end, blocked)


def _alike(one: Quantity, other: Quantity) -> bool:
    low, high = sorted((one.value, other.value))
    return 0 < high <= low * _TIMES
