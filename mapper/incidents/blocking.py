"""Finding the few pairs of accounts that are worth comparing.

Accounts meet where they lie in neighbouring cells and on neighbouring days, so
that the work grows with the number of accounts and not with its square. An
account that is known less well (a month, a province, a name that was not found,
no date) is the one that looks for the others. Where thousands share one cell
and day, each meets those most like it in name and toll.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import floor
from typing import Final

from mapper.incidents.scoring import LONGEST_GAP, month_day
from mapper.incidents.sketch import Sketch

_FINE_DEG: Final = 0.06
_COARSE_DEG: Final = 0.7
_FINE_RADIUS_M: Final = 5_000
_LONGEST_DAYS: Final = 10
_LONGEST_MONTHS: Final = 13
_MOST: Final = 48
"""Accounts of one block that each account meets, at most."""

_DAY, _MONTH, _UNDATED, _YEARLESS, _PROVINCE, _NAME, _COPY, _ID = range(8)
_Block = tuple[int, ...]


def candidate_pairs(sketches: Sequence[Sketch], copies: Mapping[str, str]) -> Iterator[tuple[int, int, bool]]:
    """Give each pair that may be one event, once.

    Parameters
    ----------
    sketches : sequence of Sketch
        Of all accounts.
    copies : mapping of str to str
        For a source that has copies, the one that stands for them all.

    Yields
    ------
    tuple of int, int, bool
        Positions in `sketches`, and whether the two articles are copies.
    """
    blocks: dict[int, list[int]] = {}
    for here in sorted(range(len(sketches)), key=lambda i: _rank(sketches[i])):
        one = sketches[here]
        met: dict[int, None] = {}
        kept, sought = _blocks(one, copies.get(one.source, ""))
        for block in sought:
            met.update(dict.fromkeys(blocks.get(hash(block), ())[-_MOST:]))
        for there in met:
            other = sketches[there]
            if one.source != other.source or one.id == other.id:
                yield here, there, bool(copies.get(one.source)) and copies.get(one.source) == copies.get(other.source)
        for block in dict.fromkeys(kept):
            blocks.setdefault(hash(block), []).append(here)


def _rank(one: Sketch) -> tuple[str, int, int, str, str]:
    """Order accounts so that those most alike are neighbours in every block."""
    return one.key, one.killed.minimum or one.killed.maximum or 0, one.start, one.id, one.source


def _blocks(one: Sketch, copy_of: str) -> tuple[list[_Block], list[_Block]]:
    """Return the blocks that an account is kept in, and those where it looks for others.

    Each kind of block has two halves: 0 holds every account, 1 those known
    less well. These look in both halves, the others only in the second.
    """
    kept: list[_Block] = [(_ID, _number(one.id))]
    sought: list[_Block] = [(_ID, _number(one.id))]
    if copy_of:
        kept.append((_COPY, _number(copy_of)))
        sought.append((_COPY, _number(copy_of)))
    toll = one.killed.minimum or one.killed.maximum or 0
    first, last = (one.start, one.end) if one.start else (0, -1)
    wide = last - first > _LONGEST_DAYS
    days = [] if wide else [*range(first, last + 1)]
    slack = [*range(days[0] - LONGEST_GAP, days[-1] + LONGEST_GAP + 1)] if days else []
    months = _months(one) if one.start else []

    def add(cells: Sequence[_Block], stored: list[int], looked: list[int], *, special: bool) -> None:
        kept.extend((*cells[0], half, value) for value in stored for half in (range(2) if special else range(1)))
        halves = range(2) if special else range(1, 2)
        sought.extend((*cell, half, value) for cell in cells for value in looked for half in halves)

    if one.radius_m:
        fine, coarse = _cells(one, _FINE_DEG), _cells(one, _COARSE_DEG)
        kept.extend((_DAY, *fine[0], day) for day in days)
        sought.extend((_DAY, *cell, day) for cell in fine for day in slack)
        add([(_MONTH, *cell) for cell in fine], months, months, special=wide)
        if toll:
            add([(_UNDATED, *cell) for cell in fine], [toll], [toll], special=not one.start)
            near_day = [(_PROVINCE, *cell, toll) for cell in coarse]
            add(near_day, days, slack, special=one.radius_m > _FINE_RADIUS_M)
        if day := month_day(one):
            add([(_YEARLESS, *cell) for cell in fine], [day], [day], special=bool(one.month_day))
    if one.key:
        add([(_NAME, _number(one.key))], days or [-toll], slack or [-toll], special=not one.radius_m)
    return kept, sought


def _months(one: Sketch) -> list[int]:
    first, last = date.fromordinal(one.start), date.fromordinal(one.end)
    return [*range(first.year * 12 + first.month, last.year * 12 + last.month + 1)][:_LONGEST_MONTHS]


def _cells(one: Sketch, degrees: float) -> list[tuple[int, int]]:
    """Return the cell of a position, and the eight around it."""
    x, y = floor(one.longitude / degrees), floor(one.latitude / degrees)
    return [(x, y), *((x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j)]


def _number(text: str) -> int:
    """Turn words into a number that is the same in every run."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
