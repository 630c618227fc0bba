"""Counting days, weeks, months and years from an anchor."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from mapper.reading.dates.edtf import (
    Interval,
    covering,
    edtf_of,
    one_day,
    shifted,
    shifted_month,
    whole_month,
    whole_season,
    whole_year,
)
from mapper.reading.dates.mention import DateMention, DateParts
from mapper.reading.dates.nth import days_of_part

_PART_DAYS: Final = {
    "early": (1, 10), "mid": (11, 20), "late": (21, 31), "first-half": (1, 15), "second-half": (16, 31),
    "week-1": (1, 7), "week-2": (8, 14), "week-3": (15, 21), "week-4": (22, 28),
    "last-day": (31, 31),
}  # fmt: skip
_PART_MONTHS: Final = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "first-half": (1, 6), "second-half": (7, 12)}
_UNSPECIFIED: Final = re.compile(r"XXXX-(\d{2})-(\d{2})")


def fixed(parts: DateParts) -> date | None:
    """Return the day that is written in full; None if it is not one of the calendar."""
    try:
        return date(parts.year, parts.month, parts.day)
    except ValueError:
        return None


def days_of(first: DateParts, last: DateParts | None = None, part: str = "") -> Interval | None:
    """Return the days that written parts with a year stand for."""
    start = _whole(first, part)
    end = _whole(last, part) if last else start
    return Interval(start.first, end.last) if start and end and start.first <= end.last else None


def _whole(parts: DateParts, part: str) -> Interval | None:
    if not 1 <= parts.year <= 9998:
        return None
    if parts.day:
        day = fixed(parts)
        return _week_at(day, part) if day else None
    if parts.season:
        return whole_season(parts.year, parts.season)
    if parts.month:
        return _part_of(whole_month(parts.year, parts.month), part)
    if part in _PART_MONTHS:
        low, high = _PART_MONTHS[part]
        return Interval(whole_month(parts.year, low).first, whole_month(parts.year, high).last)
    return whole_year(parts.year)


def _week_at(day: date, part: str) -> Interval:
    if part == "week-of":
        return Interval(day, shifted(day, 6))
    return Interval(shifted(day, -6), day) if part == "week-ending" else one_day(day)


def _part_of(month: Interval, part: str) -> Interval:
    if " " in part:
        return days_of_part(month, part)
    if part not in _PART_DAYS:
        return month
    low, high = _PART_DAYS[part]
    return Interval(
        month.first.replace(day=min(low, month.last.day)), month.first.replace(day=min(high, month.last.day))
    )


def _with_year(mention: DateMention, year: int) -> Interval | None:
    first, last = mention.first, mention.last
    start = DateParts(year, first.month, first.day, first.season)
    end = last and DateParts(year + (last.month < first.month), last.month, last.day)
    return days_of(start, end, mention.part)


def _with_month(mention: DateMention, near: date, step: int) -> Interval | None:
    year, month = shifted_month(near, step)
    last = mention.last and DateParts(year, month, mention.last.day)
    return days_of(DateParts(year, month, mention.first.day), last)


def _candidates(mention: DateMention, near: date) -> list[Interval]:
    if mention.first.month:
        found = [_with_year(mention, near.year + step) for step in (-2, -1, 0, 1)]
    else:
        found = [_with_month(mention, near, step) for step in (-2, -1, 0, 1)]
    days = [one for one in found if one is not None]
    # "Wednesday, 13 December" is only in some years a Wednesday.
    named = [one for one in days if mention.weekday in {one.first.weekday(), one.last.weekday()}]
    return named or days


def nearest(mention: DateMention, near: date) -> Interval | None:
    """Complete a date without year or month so that it lies as near as possible to a day."""
    return min(_candidates(mention, near), key=lambda days: abs((days.first - near).days), default=None)


def latest_before(mention: DateMention, published: Interval, *, slack: int) -> Interval | None:
    """Complete a date without year or month to the last one before the publication."""
    # A clock further east may be a day ahead; but "the 1st" of no month is not tomorrow.
    limit = shifted(published.last, slack if mention.first.month else 0)
    past = [days for days in _candidates(mention, published.last) if days.first <= limit]
    return max(past, default=None)


def unspecified(mention: DateMention) -> str:
    """Write a date without its year: "XXXX-03-16"."""
    first = mention.first
    if mention.last is not None or mention.part or first.season:
        return ""
    if first.month and first.day:
        return f"XXXX-{first.month:02d}-{first.day:02d}"
    return f"XXXX-{first.month:02d}" if first.month else ""


def shifted_unspecified(edtf: str, mention: DateMention) -> str:
    """Count from a date without its year, where the result is the same in every year.

    Examples
    --------
    >>> two_days = DateMention(start=0, end=1, text="", kind="anaphoric", rule="", unit="day", shift=(2, 2))
    >>> shifted_unspecified("XXXX-02-02", two_days), shifted_unspecified("XXXX-02-28", two_days)
    ('XXXX-02-04', '')
    """
    match = _UNSPECIFIED.fullmatch(edtf)
    if not match or mention.unit != "day" or mention.shift is None or mention.shift[0] != mention.shift[1]:
        return ""
    moved = set()
    for year in (2001, 2004):
        start = fixed(DateParts(year, int(match[1]), int(match[2])))
        end = start and shifted(start, mention.shift[0])
        moved.add((end.year - year, end.month, end.day) if end else None)
    only = moved.pop() if len(moved) == 1 else None
    return f"XXXX-{only[1]:02d}-{only[2]:02d}" if only and only[0] == 0 else ""


def shifted_from(days: Interval, mention: DateMention) -> Interval:
    """Count from the days of an event: "two days later", "the same week"."""
    low, high = mention.shift or (0, 0)
    if mention.weekday is not None:
        return _weekday_from(days, mention.weekday, low)
    if mention.unit == "week" and not mention.rule.startswith("counted"):
        return _weeks(days, low)
    if mention.unit == "month":
        first, last = whole_month(*shifted_month(days.first, low)), whole_month(*shifted_month(days.last, high))
        return covering(first, last)
    if mention.unit == "year":
        return _years(days, low, high)
    if mention.unit == "weekend":
        return _weekend(one_day(shifted(days.first, 7 * low)))
    scale = 7 if mention.unit == "week" else 1
    return Interval(shifted(days.first, scale * low), shifted(days.last, scale * high))


def _weekday_from(days: Interval, weekday: int, step: int) -> Interval:
    """Return "the following Friday", "the previous Friday", or the Friday of the same week."""
    if step > 0:
        return one_day(shifted(_back_to(days.last, weekday), 7))
    if step < 0:
        return one_day(_back_to(shifted(days.first, -1), weekday))
    return one_day(shifted(days.first, weekday - days.first.weekday()))


def _years(days: Interval, low: int, high: int) -> Interval:
    first, last = _clamped(days.first.year + low), _clamped(days.last.year + high)
    return covering(whole_year(first), whole_year(last))


def _clamped(year: int) -> int:
    return min(max(year, 1), 9998)


def _weeks(days: Interval, step: int) -> Interval:
    """Return the calendar weeks (Monday to Sunday) that lie some weeks from the days.

    Of an uncertain day the earliest week counts whole, the latest only to the
    same weekday, so that one uncertainty is not counted twice.
    """
    monday = shifted(days.first, 7 * step - days.first.weekday())
    sunday = shifted(monday, 6)
    return Interval(monday, max(sunday, shifted(days.last, 7 * step)))


def _weekend(days: Interval) -> Interval:
    first = _back_to(days.first, 5)
    last = _back_to(days.last, 5)
    return Interval(first, shifted(last, 1))


def _back_to(day: date, weekday: int) -> date:
    return shifted(day, -((day.weekday() - weekday) % 7))


def weekday_before(published: Interval, mention: DateMention) -> Interval:
    """Return the day of a weekday's name: the last one up to the publication.

    "last Friday" is the last one before the day of publication itself, "next
    Friday" the first after it; "Tuesday last week" the one of that week.
    """
    weekday, step = mention.weekday or 0, mention.shift[0] if mention.shift else 0
    ends = []
    for day in (published.first, published.last):
        if mention.unit == "week":
            start = shifted(day, 7 * step - day.weekday() + weekday)
        elif step > 0:
            start = shifted(_back_to(day, weekday), 7)
        else:
            start = _back_to(shifted(day, step), weekday)
        ends.append(start)
    if mention.last_weekday is None:
        return Interval(min(ends), max(ends))
    length = (mention.last_weekday - weekday) % 7
    if mention.unit == "week":
        return Interval(min(ends), shifted(max(ends), length))
    ended = [_back_to(day, mention.last_weekday) for day in (published.first, published.last)]
    return Interval(shifted(min(ended), -length), max(ended))


def nearest_weekday(near: Interval, mention: DateMention) -> Interval:
    """Return the day with a weekday's name that is at most three days from another."""
    weekday = mention.weekday or 0
    start = _back_to(shifted(near.first, 3), weekday)
    length = 0 if mention.last_weekday is None else (mention.last_weekday - weekday) % 7
    return Interval(start, shifted(start, length))


def relative_to(published: Interval, mention: DateMention) -> Interval | None:
    """Count from the publication: "yesterday", "last week", "earlier this month", "last November".

    Returns
    -------
    Interval or None
        None for a length without a place ("a 48 hour span").
    """
    if mention.rule == "span":
        return None
    step = mention.shift[0] if mention.shift else 0
    if mention.rule == "last-month-name":
        return _named_month(published, mention, step)
    if mention.first.season:
        return _season(published.last, mention, step)
    if mention.rule.startswith("counted"):
        return shifted_from(published, mention)
    return _stretch_or_unit(published, mention, step)


def _stretch_or_unit(published: Interval, mention: DateMention, step: int) -> Interval:
    first, last = published.first, published.last
    if mention.rule == "stretch":
        return Interval(min(_reach(first, mention, step), first), last)
    whole = _whole_units(published, mention, step)
    if whole is None:
        low, high = mention.shift or (0, 0)
        return Interval(shifted(first, low), shifted(last, high))
    # "this week" cannot reach past the day it was written.
    return Interval(whole.first, min(whole.last, last)) if step == 0 and whole.first <= last else whole


def _whole_units(published: Interval, mention: DateMention, step: int) -> Interval | None:
    first, last = published.first, published.last
    if mention.unit == "week":
        return _weeks(published, step)
    if mention.unit == "month":
        start, end = whole_month(*shifted_month(first, step)), whole_month(*shifted_month(last, step))
        if mention.first.day:
            return _with_month(mention, last, step)
        whole = covering(start, end)
        return _part_of(whole, mention.part) if start == end else whole
    if mention.unit == "year":
        years = _years(published, step, step)
        parts = days_of(DateParts(years.first.year), None, mention.part)
        return parts if parts and years.first.year == years.last.year else years
    if mention.unit == "weekend":
        saturday = _weekend(published)
        # Written during a weekend, "last weekend" is the one before.
        back = (-7 if step < 0 and first.weekday() >= 5 else 0) + 7 * min(step + 1, 0)
        return Interval(shifted(saturday.first, back), shifted(saturday.last, back))
    return None


def _reach(first: date, mention: DateMention, low: int) -> date:
    if mention.unit == "week":
        return shifted(first, 7 * low)
    if mention.unit == "month":
        return whole_month(*shifted_month(first, low)).first
    if mention.unit == "year":
        return whole_year(_clamped(first.year + low)).first
    return shifted(first, low)


def _named_month(published: Interval, mention: DateMention, step: int) -> Interval | None:
    """Return "last November" (before the month of publication) or "this March" (up to it)."""
    month = mention.first.month
    year = published.last.year
    if month > published.last.month or (step < 0 and month == published.last.month):
        year -= 1
    return days_of(DateParts(_clamped(year), month), None, mention.part)


def _season(last: date, mention: DateMention, step: int) -> Interval | None:
    season = mention.first.season
    for year in (last.year, last.year - 1, last.year - 2):
        days = whole_season(_clamped(year), season)
        if days.first <= last and not (step < 0 and days.last >= last):
            return days
    return None


def season_edtf(parts: DateParts) -> str:
    """Write a season of a year: "2017-21" is the spring of 2017."""
    return f"{parts.year:04d}-{20 + parts.season}"


def edge(days: Interval, end: date) -> str:
    """Write the month, year or day that bounds a period."""
    text = edtf_of(days)
    return end.isoformat() if "/" in text else text
