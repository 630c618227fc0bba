"""Intervals of days, and how ISO 8601-2 (EDTF) writes them.

The `edtf` package reads every profile of the standard, but takes 170 ms to start
and 6 ms for an interval; an article has some ten. What is needed here is a
handful of shapes, so they are written directly; that package checks them in the
tests.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mapper.model import DateValue

_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T[0-9:.,+\-Z]{1,32})?)?)?[~?%]?")
_SEASON_MONTHS: Final = {1: (3, 5), 2: (6, 8), 3: (9, 11), 4: (12, 2)}


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """The days from `first` to `last`, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days after the first the last one is; 0 for a single day."""
        return (self.last - self.first).days


def one_day(day: date) -> Interval:
    """Return the interval of a single day."""
    return Interval(day, day)


def whole_month(year: int, month: int) -> Interval:
    """Return the days of a month."""
    return Interval(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def whole_year(year: int) -> Interval:
    """Return the days of a year."""
    return Interval(date(year, 1, 1), date(year, 12, 31))


def whole_season(year: int, season: int) -> Interval:
    """Return the days of a northern season; a winter runs into the next year."""
    start, end = _SEASON_MONTHS[season]
    last_year = year + 1 if end < start else year
    return Interval(date(year, start, 1), whole_month(last_year, end).last)


def covering(first: Interval, second: Interval) -> Interval:
    """Return the interval from the earlier start to the later end."""
    return Interval(min(first.first, second.first), max(first.last, second.last))


def shifted(day: date, days: int) -> date:
    """Move a day, stopping at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shifted_month(day: date, months: int) -> tuple[int, int]:
    """Return the year and month that lie some months from a day."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 12 * 9999 + 11)
    return index // 12, index % 12 + 1


def parse_published(edtf: str) -> Interval | None:
    """Read the date or interval that a source was published.

    Parameters
    ----------
    edtf : str
        "2017-03-23", "2017-03", "2017", "2017-03-23T08:00:00Z" or two of them
        with a slash between.

    Returns
    -------
    Interval or None
        None when it is empty, open at one end, or not a date.

    Examples
    --------
    >>> parse_published("2017-03-23/2017-03-31").days
    8
    >>> parse_published("../2017-03-31") is None
    True
    """
    ends = [_parse_one(part) for part in edtf.strip().split("/", 1)]
    if not all(ends):
        return None
    first, last = ends[0], ends[-1]
    return Interval(first.first, last.last) if first and last and first.first <= last.last else None


def _parse_one(text: str) -> Interval | None:
    match = _DATE.fullmatch(text.strip())
    if not match:
        return None
    year, month, day = (int(group or 0) for group in match.groups())
    try:
        if day:
            return one_day(date(year, month, day))
        return whole_month(year, month) if match[2] else whole_year(year)
    except (ValueError, calendar.IllegalMonthError):
        return None


def edtf_of(days: Interval, *, approximate: bool = False) -> str:
    """Write an interval in its shortest form.

    Examples
    --------
    >>> edtf_of(whole_month(2017, 3)), edtf_of(Interval(date(2018, 2, 3), date(2018, 2, 4)))
    ('2017-03', '2018-02-03/2018-02-04')
    >>> edtf_of(one_day(date(2018, 2, 4)), approximate=True)
    '2018-02-04~'
    """
    mark = "~" if approximate else ""
    first, last = days.first, days.last
    if first == last:
        return f"{first.isoformat()}{mark}"
    if days == whole_year(first.year):
        return f"{first.year:04d}{mark}"
    if days == whole_month(first.year, first.month):
        return f"{first.year:04d}-{first.month:02d}{mark}"
    return f"{first.isoformat()}{mark}/{last.isoformat()}{mark}"


def value_of(days: Interval, text: str, *, edtf: str = "", approximate: bool = False) -> DateValue:
    """Make the date of a claim from an interval and the words for it."""
    return DateValue(
        edtf=edtf or edtf_of(days, approximate=approximate),
        start=days.first.isoformat(),
        end=days.last.isoformat(),
        text=text,
    )


def unresolved(text: str, edtf: str = "") -> DateValue:
    """Make the date of a claim that cannot be placed in the calendar."""
    return DateValue(edtf=edtf, start="", end="", text=text)


def interval_of(value: DateValue | None) -> Interval | None:
    """Return the days of a resolved date; None for an unresolved one."""
    if value is None or not (value.start and value.end):
        return None
    try:
        days = Interval(date.fromisoformat(value.start), date.fromisoformat(value.end))
    except ValueError:
        return None
    return days if days.first <= days.last else None
