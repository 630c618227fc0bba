"""Feasts that move with Easter, which East and West keep on different days of most years."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from mapper.reading.dates.edtf import Interval, one_day, shifted
from mapper.reading.dates.mention import DateMention, DateParts

_FROM_EASTER: Final = {
    "palm sunday": -7, "maundy thursday": -3, "good friday": -2, "easter saturday": -1, "easter sunday": 0,
    "easter day": 0, "easter monday": 1, "pentecost": 49, "pentecost sunday": 49,
}  # fmt: skip
RULE: Final = "easter"
FEAST: Final = re.compile(
    r"(?P<feast>Palm\sSunday|Maundy\sThursday|Good\sFriday|Easter\s(?:Saturday|Sunday|Day|Monday)|Pentecost(?:\sSunday)?)"
    r"(?:,?\s(?P<y>(?:19|20)\d\d)(?!\d))?(?![a-zA-Z])",
    re.IGNORECASE,
)
_ORTHODOX: Final = re.compile(r"\b(?:Orthodox|Coptic|Ethiopian)\s$", re.IGNORECASE)
_JULIAN: Final = 13
"""Days from a date of the Julian calendar to the same day of ours, in the years below."""
_FIRST: Final = 1901
_LAST: Final = 2099
_NEWS_DAYS: Final = 31


def feast(text: str, match: re.Match[str]) -> DateMention:
    """Read "Good Friday", "Easter Sunday 2016", "Orthodox Easter Sunday"."""
    offset = _FROM_EASTER[" ".join(match["feast"].lower().split())]
    start, end = match.span()
    orthodox = _ORTHODOX.search(text[max(0, start - 12) : start]) is not None
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        kind="deictic",
        rule=RULE,
        first=DateParts(int(match["y"] or 0)),
        unit="day",
        shift=(offset, offset),
        part="orthodox" if orthodox else "",
    )


def western(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher).

    Examples
    --------
    >>> western(2016).isoformat(), western(2024).isoformat()
    ('2016-03-27', '2024-03-31')
    """
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox(year: int) -> date:
    """Return Easter Sunday of the Julian calendar as a day of ours (the method of Meeus), 1900 to 2099.

    Examples
    --------
    >>> orthodox(2016).isoformat(), orthodox(2025).isoformat()
    ('2016-05-01', '2025-04-20')
    """
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return shifted(date(year, month, day + 1), _JULIAN)


def resolve(mention: DateMention, published: Interval | None) -> Interval | None:
    """Return the day of a feast in its year, else the last before a publication; None where East and West differ.

    Of two days that differ, one is taken when it alone lies within a month of the publication.
    """
    if published is not None and not _FIRST <= published.last.year < _LAST:
        return None
    step = mention.shift[0] if mention.shift else 0
    kept = (orthodox,) if mention.part else (western, orthodox)
    if mention.first.year:
        days = {shifted(easter(mention.first.year), step) for easter in kept}
        limit = published.last if published is not None else None
    elif published is not None:
        limit = published.last
        past = [[shifted(easter(limit.year + back), step) for back in (0, -1)] for easter in kept]
        days = {next(day for day in years if day <= limit) for years in past}
    else:
        return None
    near = {day for day in days if limit is not None and 0 <= (limit - day).days <= _NEWS_DAYS}
    if len(days) > 1:
        days = near
    return one_day(days.pop()) if len(days) == 1 else None
