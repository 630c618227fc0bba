"""How many: an unusual number in both, counts that rise from one edition to the next, parts of a whole."""

from __future__ import annotations

from typing import Final

from mapper.incidents.evidence import Points
from mapper.incidents.sketch import Sketch
from mapper.model import Toll

_FEW: Final = 5
_MANY: Final = 15
_NEAR: Final = 0.7
_SURPRISE: Final = ((1, 0.2), (2, 0.5), (3, 0.8), (5, 1.1), (10, 1.6), (20, 2.0))
_MOST: Final = 2.3
_ROUND: Final = 0.6
_INJURED: Final = 0.6
_MOST_AGAINST: Final = {"killed": -2.5, "injured": -0.6}


def harm(left: Sketch, right: Sketch) -> Points:
    """Weigh the tolls of two accounts."""
    points: Points = [
        *_toll(left, right, left.killed, right.killed, "killed", 1.0),
        *_toll(left, right, left.injured, right.injured, "injured", _INJURED),
    ]
    for name, mine, theirs in (("women", left.women, right.women), ("children", left.children, right.children)):
        if mine == Toll() or theirs == Toll():
            continue
        if mine == theirs:
            points.append((0.5 if (mine.minimum or 0) > 2 else 0.2, f"the same number of {name}"))
        elif not _rose_with_all(_number(mine) - _number(theirs), _number(left.killed) - _number(right.killed)):
            points.append((-0.2, f"another number of {name}"))
    return points


def _number(toll: Toll) -> int:
    return toll.minimum or toll.maximum or 0


def _rose_with_all(part: int, whole: int) -> bool:
    """Tell whether a part of the dead rose with all of them, and by no more: they are the same, and others."""
    return part * whole > 0 and abs(part) <= abs(whole)


def surprise(number: int) -> float:
    """Return what it says that two accounts give one number: much for 23, less for 20, which is round, or for 1.

    Examples
    --------
    >>> surprise(1) < surprise(20) < surprise(7) < surprise(23)
    True
    """
    points = next((value for most, value in _SURPRISE if number <= most), _MOST)
    return points - _ROUND if number >= 10 and number % 10 == 0 else points


def _toll(left: Sketch, right: Sketch, mine: Toll, theirs: Toll, what: str, weight: float) -> Points:
    if mine == Toll() or theirs == Toll():
        return []
    if mine == theirs:
        number = mine.minimum or mine.maximum or 0
        vague = mine.minimum != mine.maximum
        points = surprise(number) * (0.7 if vague else 1.0) if number > _FEW or not vague else 0.0
        return [(weight * points, f"the same number {what}: {_words(mine)}")] if points else []
    if what == "killed" and (shared := _quoted(left, right)):
        return [(0.7 * surprise(shared), f"both give a count of {shared} killed")]
    low, high = sorted((mine, theirs), key=lambda toll: (toll.maximum or toll.minimum or 0, toll.minimum or 0))
    less, more = low.maximum or low.minimum or 0, high.minimum or high.maximum or 0
    if more <= less or (low.maximum is None and less >= 0.7 * more):
        # "at least 2" agrees with nearly everything; "at least 13" with 16 says something.
        least = min(mine.minimum or mine.maximum or 0, theirs.minimum or theirs.maximum or 0)
        return [(weight * 0.5, f"numbers {what} that agree")] if least > _FEW and least >= 0.7 * more else []
    if what == "killed" and (close := _close_counts(left, right, less / more)):
        less, more = close
        return [(0.3 * weight, f"counts of {less} and {more} {what} that both lie near")]
    rose = _rose(left, right, left_is_less=low is mine)
    points = weight * _difference(less, more, rose=rose, vague=low.maximum is None)
    words = f"{what} rose from {less} to {more} in a later report" if rose else f"{less} and {more} {what}"
    return [(max(points, _MOST_AGAINST[what]), words)]


def _difference(less: int, more: int, *, rose: bool, vague: bool) -> float:
    """Return the points that two numbers which differ take."""
    if more - less == 1:
        return next(value for least, value in ((10, 0.6), (4, 0.2), (0, -0.1 if rose else -0.3)) if less >= least)
    ratio = less / more
    points = next((value for least, value in ((0.7, -0.2), (0.5, -1.0), (0.3, -1.8)) if ratio >= least), -2.5)
    if less > _MANY and ratio >= 0.5:
        points += 0.6  # that two counts are both so high is no accident
    elif rose and ratio >= 0.5:
        points *= 0.3  # the dead are found and the wounded die: a toll rises by the day
    # "At least 13" and 38 do not exclude each other; "at least 1" and 18 are seldom said of one attack.
    return points * ((0.35 if ratio >= 0.3 else 0.7) if vague and points < 0 else 1.0)


def _rose(left: Sketch, right: Sketch, *, left_is_less: bool) -> bool:
    """Tell whether the smaller number was published first, and both soon after the event."""
    earlier, later = (left, right) if left_is_less else (right, left)
    return 0 < earlier.published <= later.published and not (earlier.background or later.background)


def _quoted(left: Sketch, right: Sketch) -> int:
    """Return the highest unusual count that one gives for itself and the other names too: "up from the first 11"."""
    own = [
        (one.killed.minimum, other.counts)
        for one, other in ((left, right), (right, left))
        if one.killed.minimum == one.killed.maximum
    ]
    return max((number for number, named in own if number and number > 3 and number in named), default=0)


def _close_counts(left: Sketch, right: Sketch, ratio: float) -> tuple[int, int] | None:
    """Find the highest count of one that lies much nearer to the other's own: "four more died, which makes 19"."""
    best: tuple[int, int] | None = None
    for one, other in ((left, right), (right, left)):
        own = one.killed.minimum if one.killed.minimum == one.killed.maximum else None
        highest = max(other.counts, default=0)
        if own and min(own, highest) > _FEW and (share := min(own, highest) / max(own, highest)) >= max(_NEAR, ratio):
            best, ratio = (min(own, highest), max(own, highest)), share
    return best


def _words(toll: Toll) -> str:
    low, high = toll.minimum, toll.maximum
    if low is None:
        return f"up to {high}"
    return f"at least {low}" if high is None else f"{low}" if low == high else f"{low} to {high}"
