"""Days of the Islamic calendar: "12 Ramadan 1436", "the second day of Eid al-Adha".

Months begin when the moon is seen, a day earlier here than there: the tabular
calendar is counted, and a day on either side belongs to the answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from mapper.reading.dates.edtf import Interval, shifted
from mapper.reading.dates.mention import DateMention, DateParts
from mapper.reading.dates.words import DAY, ORDINAL, S

_EPOCH: Final = 227_014
"""Proleptic Gregorian ordinal of the day before 1 Muharram of the year 1."""

_MONTHS: Final = {
    "muharram": 1, "safar": 2, "rabi al-awwal": 3, "rabi' al-awwal": 3, "rabi al-thani": 4, "rabi' al-thani": 4,
    "jumada al-awwal": 5, "jumada al-ula": 5, "jumada al-thani": 6, "jumada al-akhira": 6, "rajab": 7, "shaban": 8,
    "sha'ban": 8, "shaaban": 8, "ramadan": 9, "ramadhan": 9, "ramzan": 9, "shawwal": 10, "dhu al-qi'dah": 11,
    "dhul qaada": 11, "dhu al-hijja": 12, "dhul hijjah": 12, "dhu al-hijjah": 12,
}  # fmt: skip
_FEASTS: Final = {"fitr": (10, 1), "adha": (12, 10)}
_NTH: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_NAMES: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))

DAY_OF_MONTH: Final = re.compile(
    rf"(?P<day>{DAY}){ORDINAL}?{S}(?:day{S})?(?:of{S})?(?P<month>{_NAMES})(?![a-zA-Z'])(?:,?{S}(?P<year>1[34]\d\d))?(?!\d)",
    re.IGNORECASE,
)
FEAST: Final = re.compile(r"Eid(?:[ -](?:al|ul|el)[ -]?(?P<which>Fitr|Adha))?(?![a-zA-Z])", re.IGNORECASE)
_NTH_BEFORE: Final = re.compile(rf"\b(?P<nth>{'|'.join(_NTH)})\s(?:day\s)?of\s(?:the\s)?$", re.IGNORECASE)
_ON_BEFORE: Final = re.compile(r"\b(?:on|day of|morning of|eve of)\s(?:the\s)?$", re.IGNORECASE)
_WINDOW: Final = 24


def gregorian(year: int, month: int, day: int) -> Interval | None:
    """Return the days that a day of the Islamic calendar may be.

    Examples
    --------
    >>> days = gregorian(1442, 10, 1)
    >>> days.first.isoformat(), days.last.isoformat()
    ('2021-05-12', '2021-05-14')
    """
    ordinal = day + -(-59 * (month - 1) // 2) + (year - 1) * 354 + (3 + 11 * year) // 30 + _EPOCH
    try:
        there = date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        return None
    return Interval(shifted(there, -1), shifted(there, 1))


def last_before(month: int, day: int, limit: date) -> Interval | None:
    """Return the last such day of the Islamic calendar that had begun by a day."""
    year = (limit.year - 622) * 33 // 32 + 1
    found = [gregorian(year + step, month, day) for step in (1, 0, -1, -2)]
    return next((days for days in found if days is not None and days.first <= limit), None)


def day_of_month(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "12 Ramadan 1436", "the 15th of Ramadan"."""
    month, day = _MONTHS[match["month"].lower()], int(match["day"])
    start, end = match.span()
    mention = DateMention(
        start=start, end=end, text=text[start:end], kind="deictic", rule="hijri", unit="day", hijri=(month, day)
    )
    if not match["year"]:
        return mention
    days = gregorian(int(match["year"]), month, day)
    if days is None:
        return None
    first, last = days.first, days.last
    return replace(
        mention,
        kind="absolute",
        hijri=None,
        first=DateParts(first.year, first.month, first.day),
        last=DateParts(last.year, last.month, last.day),
    )


def feast(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "the second day of Eid al-Adha", "on Eid al-Fitr"; "Eid clothes" and "before Eid" date nothing."""
    start = match.start()
    before = text[max(0, start - _WINDOW) : start]
    nth, led = _NTH_BEFORE.search(before), _ON_BEFORE.search(before)
    if nth is None and led is None:
        return None
    start -= len(nth[0]) if nth is not None else 0
    which = (match["which"] or "").lower()
    month, day = _FEASTS.get(which, (0, 1))
    day += _NTH[nth["nth"].lower()] - 1 if nth is not None else 0
    end = match.end()
    return DateMention(
        start=start, end=end, text=text[start:end], kind="deictic", rule="feast", unit="day", hijri=(month, day)
    )


def resolve(mention: DateMention, published: Interval) -> Interval | None:
    """Return the days of a feast, or of a day of an Islamic month, before a publication.

    "Eid" alone is the one of the two feasts that came last.
    """
    if mention.hijri is None:
        return None
    month, day = mention.hijri
    if month:
        return last_before(month, day, published.last)
    either = [last_before(m, d + day - 1, published.last) for m, d in _FEASTS.values()]
    return max((days for days in either if days is not None), default=None)
