"""Accounts that two events fit nearly as well are left to a person.

One article tells two strikes on a town apart; another tells of one strike there
and says too little to know which. The best pair is then hardly better than the
next: to join it would be to guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from mapper.incidents.evidence.time import name_other_days
from mapper.incidents.scoring import Comparison
from mapper.incidents.sketch import Sketch

Pair = tuple[Comparison, int, int]
"""A comparison, and where its two accounts stand among the sketches."""

_MARGIN: Final = 0.8
_AGAINST: Final = -1.0
"""Points that must speak against two accounts before they count as two events: too little known is no evidence."""
_MOST: Final = 12
"""Partners of one account that are held against each other: those with the most points."""


def without_rivals(
    pairs: Sequence[Pair], sketches: Sequence[Sketch], compared: Callable[[int, int], Comparison]
) -> Iterator[Pair]:
    """Make pairs unsure where another event, known to be another, fits one of the two as well.

    Parameters
    ----------
    pairs : sequence of Pair
        Those that are, or may be, the same.
    sketches : sequence of Sketch
        Of all accounts.
    compared : callable
        Compares two of them by where they stand.

    Yields
    ------
    Pair
        All of them, in their order.
    """
    partners: dict[int, list[tuple[float, str, int]]] = {}
    for comparison, here, there in pairs:
        for one, other in ((here, there), (there, here)):
            partners.setdefault(one, []).append((-comparison.score, sketches[other].id, other))
    for ranked in partners.values():
        ranked.sort()
        del ranked[_MOST:]

    def has_rival(score: float, one: int, other: int) -> bool:
        return any(
            rival != other
            and -points >= score - _MARGIN
            and _are_two(compared(rival, other), sketches[rival], sketches[other])
            for points, _, rival in partners[one]
        )

    for comparison, here, there in pairs:
        doubt = comparison.verdict == "same" and (
            has_rival(comparison.score, here, there) or has_rival(comparison.score, there, here)
        )
        reasons = (*comparison.reasons, "another event fits nearly as well")
        yield (replace(comparison, verdict="unsure", reasons=reasons) if doubt else comparison), here, there


def _are_two(comparison: Comparison, one: Sketch, other: Sketch) -> bool:
    if name_other_days(one, other):
        return comparison.verdict != "same"
    return comparison.verdict == "different" and comparison.against <= _AGAINST
