"""Finding the few pairs of accounts that are worth comparing.

Accounts meet where they lie in neighbouring cells and on neighbouring days, so
that the work grows with the number of accounts and not with its square. An
account that is known less well (a month, a province, a name that was not found,
no date) is the one that looks for the others (see also `loose`). Where thousands share one cell
and day, each meets those most like it in name and toll.

A block is a number; a sorted list of (block, account) takes the place of a
dictionary, at a tenth of the memory.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import floor
from typing import TYPE_CHECKING, Any, Final

from mapper.incidents.evidence.time import LONGEST_GAP, month_day
from mapper.incidents.loose import Loose, days_of
from mapper.incidents.marks import number_of
from mapper.incidents.sketch import Sketch

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_FINE_DEG: Final = 0.06
_COARSE_DEG: Final = 0.7
_FINE_RADIUS_M: Final = 5_000
_LONGEST_DAYS: Final = 10
_LONGEST_MONTHS: Final = 13
_MOST_HERE: Final = 24
_MOST_BESIDE: Final = 6
_MOST_LOOSE: Final = 6
"""Accounts that each account meets in one block of its own cell, of a cell beside it, and in a loose one, at most."""

_NOWHERE: Final = (0, 0)
_CHUNK: Final = 2_000
_RANK_BITS: Final = 24
_COLUMNS: Final = 5

_DAY, _MONTH, _UNDATED, _YEARLESS, _PROVINCE, _NAME, _COPY, _ID, _LOOSE = range(0, 18, 2)
_PLACED: Final = _PROVINCE
"""The kinds up to this one have cells, and cells have neighbours."""


def candidate_pairs(sketches: Sequence[Sketch], copies: Mapping[str, str]) -> Iterator[tuple[int, int, bool]]:
    """Give each pair that may be one event, once.

    Parameters
    ----------
    sketches : sequence of Sketch
        Of all accounts, 16 million at most.
    copies : mapping of str to str
        For a source that has copies, the one that stands for them all.

    Yields
    ------
    tuple of int, int, bool
        Positions in `sketches`, and whether the two articles are copies.
    """
    ranked = sorted(range(len(sketches)), key=lambda i: _rank(sketches[i]))
    kept, sought, ends, loose = _Rows(), _Rows(), [0], Loose(sketches)
    for rank, position in enumerate(ranked):
        one = sketches[position]
        _add(one, copies.get(one.source, ""), rank, kept, sought)
        kept.add(rank, _LOOSE, _NOWHERE, found := loose.kept(one))
        sought.add(rank, _LOOSE, _NOWHERE, loose.sought(one))
        # Those that look have a half of their own, in which the others look for them.
        kept.add(rank, _LOOSE + 1, _NOWHERE, loose.sought(one))
        sought.add(rank, _LOOSE + 1, _NOWHERE, found)
        ends.append(len(sought))
    table = _sorted(kept)
    for first in range(0, len(ranked), _CHUNK):
        last = min(first + _CHUNK, len(ranked))
        for left, right in _met(table, sought, ends[first], ends[last]):
            here, there = ranked[left], ranked[right]
            one, other = sketches[here], sketches[there]
            if one.source != other.source or one.id == other.id:
                text = copies.get(one.source)
                yield here, there, text is not None and text == copies.get(other.source)


def _rank(one: Sketch) -> tuple[str, int, int, str, str]:
    """Order accounts so that those most alike are neighbours in every block."""
    return one.key, one.killed.minimum or one.killed.maximum or 0, one.start, one.id, one.source


class _Rows:
    """Rows of account, kind of block, cell (two numbers) and value, packed."""

    def __init__(self) -> None:
        self._numbers = array("q")

    def add(
        self, rank: int, kind: int, cell: tuple[int, int], values: Sequence[int], halves: Sequence[int] = (0,)
    ) -> None:
        for half in halves:
            for value in values:
                self._numbers.extend((rank, kind + half, *cell, value))

    def __len__(self) -> int:
        return len(self._numbers) // _COLUMNS

    def columns(self, first: int, last: int) -> NDArray[np.int64]:
        import numpy as np

        flat = np.frombuffer(self._numbers, dtype=np.int64) if self._numbers else np.empty(0, dtype=np.int64)
        return flat.reshape(-1, _COLUMNS)[first:last]


def _add(one: Sketch, copy_of: str, rank: int, kept: _Rows, sought: _Rows) -> None:
    """Note the blocks that an account is kept in, and those where it looks for others.

    Each kind of block has two halves: one holds every account, the other those
    known less well. These look in both halves, the others only in the second.
    """
    for kind, text in ((_ID, one.id), (_COPY, copy_of)):
        if text:
            kept.add(rank, kind, _NOWHERE, (number_of(text),))
            sought.add(rank, kind, _NOWHERE, (number_of(text),))
    toll = one.killed.minimum or one.killed.maximum or 0
    wide = one.start > 0 and one.end - one.start > _LONGEST_DAYS
    days = range(0) if wide else days_of(one)
    slack = range(days[0] - LONGEST_GAP, days[-1] + LONGEST_GAP + 1) if days else days

    def both(kind: int, cell: tuple[int, int], own: Sequence[int], others: Sequence[int], *, special: bool) -> None:
        kept.add(rank, kind, cell, own, (0, 1) if special else (0,))
        sought.add(rank, kind, cell, others, (0, 1) if special else (1,))

    if one.radius_m:
        fine, coarse = _cell(one, _FINE_DEG), _cell(one, _COARSE_DEG)
        kept.add(rank, _DAY, fine, days)
        sought.add(rank, _DAY, fine, slack)
        months = _months(one) if one.start else ()
        both(_MONTH, fine, months, months, special=wide)
        if toll:
            both(_UNDATED, fine, (toll,), (toll,), special=not one.start)
            own, others = ([number_of(f"{toll}/{day}") for day in some] for some in (days, slack))
            both(_PROVINCE, coarse, own, others, special=one.radius_m > _FINE_RADIUS_M)
        if day := month_day(one):
            both(_YEARLESS, fine, (day,), (day,), special=bool(one.month_day))
    if one.key:
        poor = not one.radius_m or not one.start or bool(one.others)
        own, others = ([number_of(f"{one.key}/{day}") for day in some] for some in (days, slack))
        both(_NAME, _NOWHERE, own, others, special=poor)
        if toll:
            numbers = (number_of(f"{one.key}/{-toll}"),)
            both(_NAME, _NOWHERE, numbers, numbers, special=poor)


def _months(one: Sketch) -> Sequence[int]:
    first, last = date.fromordinal(one.start), date.fromordinal(one.end)
    return range(first.year * 12 + first.month, last.year * 12 + last.month + 1)[:_LONGEST_MONTHS]


def _cell(one: Sketch, degrees: float) -> tuple[int, int]:
    return floor(one.longitude / degrees), floor(one.latitude / degrees)


def _blocks(rows: NDArray[np.int64], x: int = 0, y: int = 0) -> NDArray[np.uint64]:
    """Name the blocks of rows, shifted by some cells, in the upper 40 bits.

    Two blocks share a name once in a million million: then two accounts are
    compared in vain.
    """
    import numpy as np

    name = np.zeros(len(rows), dtype=np.uint64)
    for column, shift in ((1, 0), (2, x), (3, y), (4, 0)):
        name = (name ^ (rows[:, column] + shift).astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        name ^= name >> np.uint64(29)
    return (name >> np.uint64(_RANK_BITS)) << np.uint64(_RANK_BITS)


def _sorted(kept: _Rows) -> NDArray[np.uint64]:
    import numpy as np

    rows = kept.columns(0, len(kept))
    return np.unique(_blocks(rows) | rows[:, 0].astype(np.uint64))


def _met(table: NDArray[np.uint64], sought: _Rows, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Give the pairs of some accounts with those that are ranked before them."""
    import numpy as np

    rows = sought.columns(first, last)
    placed = rows[rows[:, 1] <= _PLACED + 1]
    loose = rows[:, 1] >= _LOOSE
    found: list[NDArray[Any]] = [
        _before(table, some, _blocks(some), most)
        for some, most in ((rows[~loose], _MOST_HERE), (rows[loose], _MOST_LOOSE))
    ]
    for x, y in ((x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y):
        found.append(_before(table, placed, _blocks(placed, x, y), _MOST_BESIDE))
    pairs = np.unique(np.concatenate(found))
    for pair in pairs.tolist():
        yield pair >> _RANK_BITS, pair & ((1 << _RANK_BITS) - 1)


def _before(
    table: NDArray[np.uint64], rows: NDArray[np.int64], blocks: NDArray[np.uint64], most: int
) -> NDArray[np.uint64]:
    """Pair each row's account with the last of those ranked before it in its block."""
    import numpy as np

    rank = rows[:, 0].astype(np.uint64)
    high = np.searchsorted(table, blocks | rank)
    low = np.maximum(np.searchsorted(table, blocks), high - most)
    many = high - low
    index = np.arange(int(many.sum())) - np.repeat(np.cumsum(many) - many, many) + np.repeat(low, many)
    others = table[index] & np.uint64((1 << _RANK_BITS) - 1)
    pairs: NDArray[np.uint64] = (np.repeat(rank, many) << np.uint64(_RANK_BITS)) | others
    return pairs
