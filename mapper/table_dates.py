"""Dates as other people's tables write them: read where they can mean one day alone."""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import Final

_ISO: Final = re.compile(r"(\d{4})(?:[-/](\d\d?)(?:[-/](\d\d?))?)?(?:[T ][\d:.Z+-]{1,20})?")
_COMPACT: Final = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?\d{4,6})?Z?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[ -]([^\W\d_]{3,9})\.?,?[ -](\d{4})")
_MONTH_FIRST: Final = re.compile(r"([^\W\d_]{3,9})\.? (?:(\d{1,2}),? )?(\d{4})")
_NUMBERS: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WEEKDAY: Final = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? ", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r",?(?:T| (?:at )?)(?:[01]?\d|2[0-3])[:.][0-5]\d(?:[:.][0-6]\d(?:\.\d{1,9})?)?"
    r"(?: ?[ap]\.?m\.?)?(?: ?(?:Z|[A-Z]{2,5}))?(?: ?[+-]\d\d:?\d\d)?(?: \([A-Z]{2,5}\))?",
    re.IGNORECASE,
)
_NAMES: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS: Final = {
    "sept": 9,
    **{short: number for number, name in enumerate(_NAMES, 1) for short in (name, name[:3])},
}
_MOST_MONTHS: Final = 12


def day_range(text: str) -> tuple[str, str] | None:
    """Read a day, month or year, or an interval of these parted by a slash.

    Examples
    --------
    >>> day_range("2018-02"), day_range("2018-02-03/2018-02-05")
    (('2018-02-01', '2018-02-28'), ('2018-02-03', '2018-02-05'))
    >>> day_range("3 Feb 2018"), day_range("13/02/2018")
    (('2018-02-03', '2018-02-03'), ('2018-02-13', '2018-02-13'))
    >>> one_span("Sat, 03 Feb 2018 07:30:00 GMT"), one_span("Saturday, February 3, 2018 at 7:30 am")
    (('2018-02-03', '2018-02-03'), ('2018-02-03', '2018-02-03'))
    >>> day_range("03/02/2018") is None
    True
    """
    whole = one_span(text)
    if whole is not None:
        return whole
    first, _, last = text.partition("/")
    start, end = one_span(first), one_span(last or first)
    if start is None or end is None:
        return None
    return start[0], max(start[1], end[1])


def why_unread(text: str) -> str:
    """Say why `day_range` did not read a date, and what to do."""
    if _NUMBERS.fullmatch(text.strip()):
        return "can be read day first or month first; write the year first, such as 2018-02-03"
    return "is no date, or not written as 2018-02-03, 2018-02, 2018 or 3 February 2018"


def edtf_of(start: str, end: str) -> str:
    """Write a run of days; a whole month or year is called by its name."""
    if start == end:
        return start
    names = (start[:4], start[:7])
    return next((name for name in names if day_range(name) == (start, end)), f"{start}/{end}")


def one_span(text: str) -> tuple[str, str] | None:
    """Read one day, month or year, as its first and last day; None where it may mean several."""
    parts = _parts(_without_hour(" ".join(text.split())))
    if parts is None:
        return None
    year, month, day = parts
    try:
        start = date(year, month or 1, day or 1)
        end = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return start.isoformat(), end.isoformat()


def _without_hour(text: str) -> str:
    """Take off the name of the day before a date and the time of day after it, as mails, feeds and pages write them."""
    weekday = _WEEKDAY.match(text)
    bare = text[weekday.end() :] if weekday else text
    clock = next((found for found in _CLOCK.finditer(bare) if found.end() == len(bare)), None)
    return bare[: clock.start()] if clock else bare


def _parts(text: str) -> tuple[int, int, int] | None:
    """Take a date apart into year, month and day; 0 for what is not there."""
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if found := _DAY_FIRST.fullmatch(text):
        day, name, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        name, day, year = found.groups()
    elif found := _NUMBERS.fullmatch(text):
        return _by_size(*map(int, found.groups()))
    else:
        return None
    month = _MONTHS.get(name.lower())
    return (int(year), month, int(day or 0)) if month else None


def _by_size(first: int, second: int, year: int) -> tuple[int, int, int] | None:
    """Tell day from month where only one of the two can be a month, or both are the same."""
    if first == second or first > _MOST_MONTHS >= second:
        return year, second, first
    return (year, first, second) if second > _MOST_MONTHS >= first else None
