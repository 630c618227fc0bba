"""When: days that meet, the time of day, and what was in print before it can have happened."""

from __future__ import annotations

from datetime import date
from typing import Final

from mapper.incidents.evidence import Points
from mapper.incidents.hours import EARLY, LATE
from mapper.incidents.sketch import Sketch

LONGEST_GAP: Final = 2
"""Days between two accounts of one event, at most: reports date the news as often as the event."""

_PROMPT: Final = 3
_SOON: Final = 10
_LATE: Final = 40
_SAME_MINUTES: Final = 20
_FAR_HOURS: Final = 2
_HOURS: Final = 24
_MONTH: Final = 31


def days_between(left: Sketch, right: Sketch) -> int:
    """Return how many days lie between two accounts; 0 where they overlap or one is undated."""
    if not (left.start and right.start):
        return 0
    return max(0, max(left.start, right.start) - min(left.end, right.end))


def name_other_days(left: Sketch, right: Sketch) -> bool:
    """Tell whether each is dated to one day, and not to the same."""
    return left.one_day and right.one_day and left.start != right.start


def printed_before(left: Sketch, right: Sketch) -> bool:
    """Tell whether one account was published more than a day before the other's event can have happened."""
    return any(one.published and other.start > one.published + 1 for one, other in ((left, right), (right, left)))


def month_day(one: Sketch) -> int:
    """Return 100 * month + day of an account dated to one day, with or without its year; else 0."""
    if one.month_day or not one.one_day:
        return one.month_day
    day = date.fromordinal(one.start)
    return day.month * 100 + day.day


def dated_alike(left: Sketch, right: Sketch) -> bool:
    """Tell whether both are dated, or name the same day of the year."""
    if left.month_day or right.month_day:
        return month_day(left) == month_day(right) != 0
    return bool(left.start and right.start)


def time(left: Sketch, right: Sketch) -> Points:
    """Weigh the dates of two accounts."""
    if left.start and right.start:
        gap = days_between(left, right)
        return _apart(left, right, gap) if gap else _together(left, right)
    if dated_alike(left, right):
        return [(1.5, "the same day of the year")]
    if left.month_day and month_day(right):
        return [(-1.0, "another day of the year")]
    return _published(left, right)


def _together(left: Sketch, right: Sketch) -> Points:
    longest = max(left.end - left.start, right.end - right.start)
    if longest == 0:
        return [(2.0, "the same day"), *_hours(left, right)]
    points = next((value for most, value in ((2, 1.7), (7, 1.2), (31, 0.6)) if longest <= most), 0.2)
    return [(points, f"within the same {longest + 1} days" if longest <= _MONTH else "dates that overlap")]


def _apart(left: Sketch, right: Sketch, gap: int) -> Points:
    first, second = sorted((left, right), key=lambda one: one.start)
    exact = first.one_day and second.one_day
    if gap > 1:
        return [(-1.6 if exact else -0.8, f"{gap} days apart")]
    if not (first.hours and second.hours):
        return [(0.2 if exact else 0.5, "a day apart")]
    if first.hours & LATE and second.hours & EARLY:
        return [(1.2, "one night, between two days")]
    return [(-0.5, "a day apart, at other times of the day")]


def hours_differ(left: Sketch, right: Sketch) -> bool:
    """Tell whether both name a time of day, and these lie apart."""
    if not (left.hours and right.hours):
        return False
    around = left.hours
    for shift in range(1, _FAR_HOURS):
        around |= left.hours << shift | left.hours >> shift | left.hours >> (_HOURS - shift)
    return not around & right.hours


def _hours(left: Sketch, right: Sketch) -> Points:
    if not (left.hours and right.hours):
        return []
    if left.minute >= 0 and right.minute >= 0 and abs(left.minute - right.minute) <= _SAME_MINUTES:
        return [(1.5, "the same hour")]
    if hours_differ(left, right):
        return [(-1.5 if left.minute >= 0 or right.minute >= 0 else -1.0, "at another time of the day")]
    return [(0.3, "the same time of the day")] if left.hours & right.hours else []


def lag(left: Sketch, right: Sketch) -> int | None:
    """Return the days from what is known of one to the publication of the undated other; None where unknown."""
    undated, other = (left, right) if not left.start else (right, left)
    if undated.month_day or other.month_day or not undated.published:
        return None
    if other.start:
        return undated.published - other.end if other.end >= other.start else None
    return abs(undated.published - other.published) if other.published else None


def _published(left: Sketch, right: Sketch) -> Points:
    days = lag(left, right)
    if days is None:
        return []
    background = left.background or right.background
    what = "published on the day" if days <= 0 else f"published within {days} day{'s' if days > 1 else ''}"
    if days <= _PROMPT:
        return [(1.2, what)]
    if days <= _SOON:
        return [(0.5, what)]
    return [(-1.0, f"published {days} days later")] if days > _LATE and not background else []
