"""Whether two accounts tell of one event, with the reasons and a score.

Each kind of evidence adds or takes points; the weights say how often it holds
for one event and how often by chance. They were set on invented pairs and
checked on monitors' narratives that are known to be of different events.
Some facts decide alone: an article does not tell one event twice, and what lies
three days or out of reach apart is not one event.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from mapper import geo
from mapper.incidents.sketch import Sketch
from mapper.incidents.surroundings import Surroundings
from mapper.model import Toll

Verdict = Literal["same", "different", "unsure"]

SAME: Final = 4.6
UNSURE: Final = 3.6
LONGEST_GAP: Final = 2
"""Days between two accounts of one event, at most: reports date the news as often as the event."""

_FEW: Final = 5
_MANY: Final = 15
_TELLING_PLACE: Final = 2.5
_TELLING: Final = 1.0
_TOGETHER_M: Final = 1_500
_COPIED: Final = 10.0
_COPIED_WORDS: Final = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What became of two accounts.

    Parameters
    ----------
    left, right : str
        Ids of the accounts, the smaller first.
    verdict : Verdict
        ``same`` from `SAME` points, ``unsure`` from `UNSURE`.
    score : float
        Points, rounded to two decimals.
    reasons : tuple of str
        Each with its points, for people.
    """

    left: str
    right: str
    verdict: Verdict
    score: float
    reasons: tuple[str, ...] = ()


Points = list[tuple[float, str]]


def compare(one: Sketch, other: Sketch, around: Surroundings, *, copied: bool = False) -> Comparison:
    """Compare two accounts.

    Parameters
    ----------
    one, other : Sketch
        In any order.
    around : Surroundings
        How common their names are, and how many events compete.
    copied : bool
        Whether their articles are copies of one text.

    Returns
    -------
    Comparison
    """
    left, right = (one, other) if one.id <= other.id else (other, one)
    veto = _veto(left, right)
    if copied and left.source != right.source and _share(left.words, right.words) >= _COPIED_WORDS:
        return _comparison(left, right, [(_COPIED, "the same sentence in a copy of the same text")])
    if veto:
        return Comparison(left=left.id, right=right.id, verdict="different", score=0.0, reasons=(veto,))
    points: Points = [*_place(left, right), *_time(left, right)]
    if (lost := around.rivalry(left, right)) and all(value > 0 for value, _ in points):
        points.append((-round(lost, 2), "other events there that day"))
    points += _doers(left, right, around)
    told = [*_tolls(left, right), *_site(left, right, around), *_text(left, right, around)]
    result = _comparison(left, right, [*points, *told])
    doubt = ""
    if not _dated_alike(left, right):
        doubt = "one of them is not dated"
    elif min(left.weight, right.weight) < _TELLING_PLACE and sum(value for value, _ in told) < _TELLING:
        doubt = "little but place and day in common"
    return (
        replace(result, verdict="unsure", reasons=(*result.reasons, doubt))
        if doubt and result.verdict == "same"
        else result
    )


def _comparison(left: Sketch, right: Sketch, points: Points) -> Comparison:
    score = round(sum(value for value, _ in points), 2)
    verdict: Verdict = "same" if score >= SAME else "unsure" if score >= UNSURE else "different"
    reasons = tuple(f"{value:+.1f} {reason}" for value, reason in points if value)
    return Comparison(left=left.id, right=right.id, verdict=verdict, score=score, reasons=reasons)


def _veto(left: Sketch, right: Sketch) -> str:
    if left.source == right.source and left.id != right.id:
        return "one article tells them apart"
    if (gap := days_between(left, right)) > LONGEST_GAP:
        return f"{gap} days apart"
    if left.radius_m and right.radius_m:
        apart = distance_m(left, right)
        if apart > 2 * (left.radius_m + right.radius_m) + 3_000:
            return f"{apart / 1000:.0f} km apart"
    return ""


def days_between(left: Sketch, right: Sketch) -> int:
    """Return how many days lie between two accounts; 0 where they overlap or one is undated."""
    if not (left.start and right.start):
        return 0
    return max(0, max(left.start, right.start) - min(left.end, right.end))


def distance_m(left: Sketch, right: Sketch) -> float:
    """Return the metres between two located accounts."""
    if left.longitude == right.longitude and left.latitude == right.latitude:
        return 0.0
    return geo.distance_m(left.longitude, left.latitude, right.longitude, right.latitude)


def _dated_alike(left: Sketch, right: Sketch) -> bool:
    if left.month_day or right.month_day:
        return month_day(left) == month_day(right) != 0
    return bool(left.start and right.start)


def month_day(one: Sketch) -> int:
    """Return 100 * month + day of an account dated to one day, with or without its year; else 0."""
    if one.month_day or not one.start or one.start != one.end:
        return one.month_day
    day = date.fromordinal(one.start)
    return day.month * 100 + day.day


def _place(left: Sketch, right: Sketch) -> Points:
    same_name = bool(left.key) and left.key == right.key
    if not (left.radius_m and right.radius_m):
        if same_name:
            return [(1.8, "the same name, not placed")]
        near = [geo.distance_m(*a, *b) for a in _positions(left) for b in _positions(right)]
        return [(1.0, "one of the places it may mean")] if near and min(near) <= 2 * _TOGETHER_M else []
    weight = min(left.weight, right.weight)
    apart = distance_m(left, right)
    if apart <= _TOGETHER_M or (left.place_id and left.place_id == right.place_id):
        return [(weight, "the same place")]
    reach = left.radius_m + right.radius_m
    if apart <= reach:
        named: Points = [(0.8, "the same name")] if same_name else []
        return [(weight * (1.0 - 0.7 * apart / reach), f"{apart / 1000:.0f} km apart, within reach"), *named]
    return [(-1.0, f"{apart / 1000:.0f} km apart")]


def _positions(one: Sketch) -> tuple[tuple[float, float], ...]:
    return ((one.longitude, one.latitude),) if one.radius_m else one.others


def _time(left: Sketch, right: Sketch) -> Points:
    if not (left.start and right.start):
        if _dated_alike(left, right):
            return [(1.5, "the same day of the year")]
        return [(-1.0, "another day of the year")] if left.month_day and month_day(right) else []
    gap = days_between(left, right)
    if gap:
        return [(0.5, "a day apart")] if gap == 1 else [(-0.8, f"{gap} days apart")]
    longest = max(left.end - left.start, right.end - right.start)
    if longest == 0:
        return [(2.0, "the same day")]
    for most, points in ((2, 1.7), (7, 1.2), (31, 0.6)):
        if longest <= most:
            return [(points, f"within the same {longest + 1} days")]
    return [(0.2, "dates that overlap")]


def _tolls(left: Sketch, right: Sketch) -> Points:
    points = [*_toll(left.killed, right.killed, "killed", 1.0), *_toll(left.injured, right.injured, "injured", 0.5)]
    for name, mine, theirs in (("women", left.women, right.women), ("children", left.children, right.children)):
        if mine != Toll() and theirs != Toll():
            same = 0.5 if (mine.minimum or 0) > 2 else 0.2
            points.append(
                (same, f"the same number of {name}") if mine == theirs else (-0.3, f"another number of {name}")
            )
    return points


def _toll(left: Toll, right: Toll, what: str, weight: float) -> Points:
    if left == Toll() or right == Toll():
        return []
    if left == right and (left.maximum is not None or (left.minimum or 0) > _FEW):
        number = left.minimum or left.maximum or 0
        points = next((value for most, value in ((2, 0.4), (5, 0.9), (15, 1.5)) if number <= most), 2.0)
        return [(weight * points, f"the same number {what}")]
    low, high = sorted((left, right), key=lambda toll: (toll.maximum is None, toll.maximum or 0))
    ceiling, floor = low.maximum, high.minimum
    if ceiling is None or floor is None or floor <= ceiling:
        # "at least 2" agrees with nearly everything; "at least 13" with 16 says something.
        least, most = sorted((left.minimum or left.maximum or 0, right.minimum or right.maximum or 0))
        return [(weight * 0.5, f"numbers {what} that agree")] if least > _FEW and least >= 0.7 * most else []
    ratio = ceiling / floor if ceiling else 0.0
    points = next((value for least, value in ((0.7, -0.2), (0.5, -1.0), (0.3, -1.8)) if ratio >= least), -2.5)
    if ceiling > _MANY and ratio >= 0.5:
        points += 0.6  # that two counts are both so high is no accident
    elif floor - ceiling == 1:
        points = -0.3
    return [(weight * points, f"{ceiling} and {floor} {what}")]


def _doers(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    points: Points = []
    if left.actors and right.actors:
        shared = left.actors & right.actors
        points.append(
            (round(0.6 * max(map(around.rarity, shared)), 2), "the same actor") if shared else (-0.6, "other actors")
        )
    if left.event and right.event:
        same = left.event == right.event
        points.append(
            (round(0.4 * around.rarity(left.event), 2), "the same kind of attack")
            if same
            else (-0.5, "another kind of attack")
        )
    return points


def _site(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    if not (left.site and right.site):
        return []
    if left.site != right.site:
        return [(-0.8, f"{left.site} and {right.site}")]
    return [(round(around.rarity(left.site), 2), f"a {left.site} in both")]


def _text(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    points: Points = []
    shared, worth = around.shared(left.names, right.names)
    if worth >= 0.1:
        points.append((min(2.7, round(worth, 2)), f"{shared} names in common"))
    elif min(around.rare(left), around.rare(right)) >= 2:
        points.append((-1.2, "no name in common"))
    share = _share(left.words, right.words)
    if share >= 0.15:
        points.append((round(1.5 * share, 2), "the same words"))
    return points


def _share(left: array[int], right: array[int]) -> float:
    if not left or not right:
        return 0.0
    common = len(set(left).intersection(right))
    return common / (len(left) + len(right) - common)
