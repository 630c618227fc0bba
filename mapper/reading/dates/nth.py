"""Days that a month counts: "the last Sunday of March", "the second weekend in May", "the first ten days of June"."""

from __future__ import annotations

import calendar
import re
from typing import Final

from mapper.reading.dates import words
from mapper.reading.dates.calendar import spelled_well
from mapper.reading.dates.edtf import Interval, shifted
from mapper.reading.dates.mention import DateMention, DateParts
from mapper.reading.dates.words import MONTH, WEEKDAY, YEAR, YEAR_GAP, S

RULE: Final = "nth-of-month"
OPENERS: Final = ("first", "second", "third", "fourth", "last", "final")
_PLACES: Final = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "final": -1}
_COUNTS: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10, "fifteen": 15}

NTH: Final = re.compile(
    rf"(?P<place>{'|'.join(OPENERS)})\s(?:(?P<wd>{WEEKDAY})|(?P<weekend>weekend)|(?<=last\s)week|(?<=final\s)week"
    rf"|(?P<count>{'|'.join(_COUNTS)}|\d{{1,2}}){S}days){S}(?:of|in){S}(?:the{S}month{S}of{S})?(?P<m>{MONTH})"
    rf"(?:{YEAR_GAP}(?P<y>{YEAR}))?",
    re.IGNORECASE,
)


def nth(_: str, match: re.Match[str]) -> DateMention | None:
    """Read "the last Sunday of March", "the first ten days of June 2031"; the day is found once a year is known."""
    name, year = match["m"], int(match["y"] or 0)
    if not spelled_well(name, dated=bool(year) or name[0].isupper()):
        return None
    place = _PLACES[match["place"].lower()]
    weekday = None
    if match["wd"]:
        weekday = words.WEEKDAYS[match["wd"].rstrip(".").lower()]
        part = f"nth {place} {weekday}"
    elif match["count"]:
        count = match["count"].lower()
        part = f"days {place} {_COUNTS.get(count) or int(count)}"
    else:
        part = f"weekend {place}" if match["weekend"] else f"days {place} 7"
    parts = DateParts(year, words.MONTHS[name.rstrip(".").lower()])
    whole = weekday is None and not match["weekend"]
    return DateMention(
        start=match.start(),
        end=match.end(),
        text=match[0],
        kind="period" if whole else "absolute" if year else "partial",
        rule=RULE,
        first=parts,
        weekday=weekday,
        part=part,
    )


def days_of_part(month: Interval, part: str) -> Interval:
    """Return the days of a month that `nth` has read.

    Parameters
    ----------
    month : Interval
        All of its days.
    part : str
        From `nth`.

    Examples
    --------
    >>> from datetime import date
    >>> days_of_part(Interval(date(2019, 3, 1), date(2019, 3, 31)), "nth -1 6").first
    datetime.date(2019, 3, 31)
    """
    kind, place, *rest = part.split()
    at = int(place)
    if kind == "days":
        length = min(int(rest[0]), month.days + 1)
        if at < 0:
            return Interval(shifted(month.last, 1 - length), month.last)
        first = shifted(month.first, length * at)
        return Interval(min(first, month.last), min(shifted(first, length - 1), month.last))
    weekday = int(rest[0]) if rest else calendar.SATURDAY
    if at < 0:
        first = shifted(month.last, -((month.last.weekday() - weekday) % 7))
    else:
        first = shifted(month.first, (weekday - month.first.weekday()) % 7 + 7 * at)
    return Interval(first, shifted(first, 1) if kind == "weekend" else first)
