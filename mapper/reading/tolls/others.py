"""What another source counts, where only its number is said: "7 killed, 11 hurt; the police give 9 and 28"."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import COUNT, Page
from mapper.reading.tolls.numbers import Quantity, quantity_at
from mapper.reading.tolls.stated import TollReading

_GIVES: Final = frozenset(
    {"counted", "counts", "gave", "give", "gives", "had", "has", "put", "puts", "spoke", "speaks"}
)
_LEADS: Final = frozenset({"a", "at", "figure", "it", "of", "only", "that", "the"})
_ENDS: Final = frozenset({".", ",", ";", "(", ")", "and", '"', "-", "\u2013", "\u2014"})
_LEAD: Final = 4
OTHER: Final = "other-count"
"""The rule of such a toll."""

_GIVES_ALONE: Final = frozenset(
    {"counted", "counts", "gave", "gives", "had", "has", "listed", "lists", "named", "names"}
)
_SOURCES: Final = frozenset(
    {"account", "accounts", "activists", "agency", "authorities", "broadcaster", "channel", "commission", "committee"}
    | {"correspondent", "directorate", "doctor", "group", "hospital", "list", "media", "ministry", "monitor", "network"}
    | {"newspaper", "observatory", "office", "official", "officials", "outlet", "page", "police", "radio", "report"}
    | {"reporter", "reports", "residents", "source", "sources", "station", "website", "witness", "witnesses"}
)
_BACK: Final = 5
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
        if "(" in page.low[at - _LEAD : at]:
            first = next((t for t in reversed(told) if t.last <= at), first)  # "hurt 22 (a police source says 19)"
        if first is None or not _alike(count, first.count):
            continue
        found.append(replace(first, first=at, last=count.last, count=count, rule=OTHER))
        if second is not None and _alike(second, before["injured"].count):
            found.append(replace(before["injured"], first=second.first, last=second.last, count=second, rule=OTHER))
    return found


def _bare(page: Page, at: int, end: int, blocked: Container[int]) -> Quantity | None:
    """Read a number that nothing follows, behind "gave" or "put it at"."""
    last = at
    while last < min(at + _LEAD, end) and page.low[last] in _LEADS:
        last += 1
    if last >= end or not page.kinds[last] & COUNT:
        return None
    count = quantity_at(page, last, end, blocked)
    last = count.last + (page.low[count.last : count.last + 1] == ["names"]) if count is not None else end
    ends = count is not None and (last >= end or page.low[last] in _ENDS)
    return count if ends and count is not None and count.op != "word" and count.value else None


def _second(page: Page, at: int, end: int, blocked: Container[int]) -> Quantity | None:
    if at + 1 >= end or page.low[at] not in {"and", ","}:
        return None
    return _bare(page, at + 1, end, blocked)


def _alike(one: Quantity, other: Quantity) -> bool:
    low, high = sorted((one.value, other.value))
    return 0 < high <= low * _TIMES


def counts_of_others(page: Page, notes: Notes, seen: Sequence[Notes]) -> list[TollReading]:
    """Return what a source counts in a sentence that only says its number: "A news agency gave seven.".

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    seen : sequence of Notes
        Those before it.
    """
    words = page.low[notes.first : notes.last]
    if _GIVES_ALONE.isdisjoint(words) or notes.acts or notes.wholes or _SOURCES.isdisjoint(words):
        return []
    before = [t for n in seen[-_BACK:] for t in n.tolls if t.group == "killed" and not t.of and not t.plural_only]
    if not before or before[-1].count.op == "word" or before[-1].population == "fighters":
        return []
    for at in range(notes.first + 1, notes.last - 1):
        if page.low[at] not in _GIVES_ALONE:
            continue
        count = _bare(page, at + 1, notes.last, ())
        if count is not None and count.value > 1 and _alike(count, before[-1].count):
            return [replace(before[-1], sentence=notes.sentence, first=at, last=count.last, count=count, rule=OTHER)]
    return []
