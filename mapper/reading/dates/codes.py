"""Dates as notes and telegrams abbreviate them: "18JUN23", "9 Feb 22", "08/06 -", "28 to 29/05/2019"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mapper.reading.dates import words
from mapper.reading.dates.calendar import made
from mapper.reading.dates.mention import DateMention, DateParts
from mapper.reading.dates.words import DASH_OR_SLASH, DAY, ORDINAL, RANGE_WORD, S

_CENTURY: Final = 2000
_TWELVE: Final = 12
_NAMES: Final = {
    "kanun al-thani": 1, "kanoun al-thani": 1, "kanoon al-thani": 1, "kanun ii": 1, "shubat": 2, "shbat": 2,
    "adhar": 3, "azar": 3, "nisan": 4, "nissan": 4, "ayyar": 5, "haziran": 6, "huzayran": 6, "hazeeran": 6, "tammuz": 7,
    "tammouz": 7, "tamouz": 7, "aylul": 9, "ayloul": 9, "eylul": 9, "tishreen al-awwal": 10, "tishrin al-awwal": 10,
    "tishrin i": 10, "tishreen i": 10, "tishreen al-thani": 11, "tishrin al-thani": 11,
    "tishrin ii": 11, "tishreen ii": 11, "kanun al-awwal": 12, "kanoun al-awwal": 12,
    "kanoon al-awwal": 12, "kanun i": 12,
}  # fmt: skip
"""Months as they are called in Syria, Iraq, Lebanon, Jordan and Palestine."""

_LEVANT: Final = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(_NAMES, key=len, reverse=True))
_SHORT: Final = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)"
_LONG: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

TELEGRAM: Final = re.compile(
    rf"(?P<d>{DAY})(?:(?:[01]\d|2[0-3])[0-5]\d[A-Z]?\s?)?(?P<m>{_SHORT})[a-z]{{0,6}}\s?(?P<y>(?:20)?[0-4]\d(?![\dA-Za-z]))?"
    r"(?![A-Za-z])",
    re.IGNORECASE,
)
SHORT_YEAR: Final = re.compile(
    rf"(?P<d>{DAY})(?:{S}(?P<m>{_SHORT}\.?|{_LONG}){S}'?|-(?P<m2>{_SHORT})-)(?P<y>[0-4]\d)(?=\s?[,;)\]/]|\s?\.(?!\d)|\s{{0,2}}(?:\n|\Z|[-\u2013])|\t)",
    re.IGNORECASE,
)
WITHOUT_YEAR: Final = re.compile(
    r"(?P<a>0?[1-9]|[12]\d|3[01])/(?P<b>0?[1-9]|[12]\d|3[01])(?![\d/%]|[.,]\d|\s?(?:of|per)\s"
    rf"|\s(?:{_SHORT}))"
)
POINTS: Final = re.compile(
    r"(?P<a>0?[1-9]|[12]\d|3[01])\.(?P<b>0[1-9]|1[0-2]|[1-9](?=\.))(?:\.(?=[\s:,;)])|(?=[\s:,;)]))"
)
HYPHENED: Final = re.compile(r"(?P<a>0[1-9]|[12]\d|3[01])-(?P<b>0[1-9]|[12]\d|3[01])-(?P<y>[0-4]\d)(?![\d-]|[.,]\d)")
NUMERIC_DAYS: Final = re.compile(
    rf"(?P<d1>{DAY})(?:{DASH_OR_SLASH}|{RANGE_WORD})(?P<d2>{DAY})(?P<sep>[/.])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)"
)
COMPACT: Final = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
DOTTED: Final = re.compile(r"(?P<d>0[1-9]|[12]\d|3[01])\.(?P<m>0[1-9]|1[0-2])\.(?P<y>[0-4]\d)(?![\d.]\d)")
LEVANTINE: Final = re.compile(
    rf"(?P<d>{DAY}){ORDINAL}?{S}(?:of{S})?(?P<m>{_LEVANT})(?![a-zA-Z-])(?:,?{S}(?P<y>(?:19|20)\d\d))?(?!\d)",
    re.IGNORECASE,
)
_ON: Final = re.compile(
    r"\b(?:on|dated|(?:night|morning|evening|afternoon) of|since|until|(?:date|when):?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)|(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s(?:the\s)?$",
    re.IGNORECASE,
)
_OPENS: Final = re.compile(r"(?:(?:^|\n)[\s*\u2022-]{0,4}|\(|[;|]\s)$")
_ENDS: Final = re.compile(r"\s{0,2}(?:[-:,.;)|\u2013\u2014]|\n|\Z|at\b|in\b|when\b|around\b|shortly\b|\d{1,2}[:.]\d\d)")
_FAMOUS: Final = frozenset({"9/11", "24/7"})


def telegram(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "18JUN23 2130L", "01JUN", "190600Z JUN 23"."""
    return _coded(text, match, "telegram")


def short_year(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "9 Feb 22", "23-Feb-18"; "7 August 12" has no short year unless it ends there."""
    return _coded(text, match, "short-year")


def _coded(text: str, match: re.Match[str], rule: str) -> DateMention | None:
    groups = match.groupdict()
    month = words.MONTHS[(groups["m"] or groups["m2"]).rstrip(".").lower()]
    year = int(match["y"] or 0)
    year += _CENTURY if match["y"] and year < _CENTURY else 0
    return made(text, match.start(), match.end(), rule, DateParts(year, month, int(match["d"])))


def hyphened(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "06-10-18" where a date is due: behind "on" or a weekday, at the head of a line."""
    return _where_due(text, match, _CENTURY + int(match["y"]))


def without_year(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "27/6" where a date is due: at the head of a line, behind "on"; not "4/5 of them"."""
    return None if match[0] in _FAMOUS else _where_due(text, match, 0)


def _where_due(text: str, match: re.Match[str], year: int) -> DateMention | None:
    """Read two numbers as a day and a month, in whichever order they can be, where the words before ask for a date."""
    before = text[max(0, match.start() - 20) : match.start()]
    due = _ON.search(before) or (_OPENS.search(before) and _ENDS.match(text, match.end()))
    if not due:
        return None
    a, b = int(match["a"]), int(match["b"])
    if a > _TWELVE and b > _TWELVE:
        return None
    day, month = (a, b) if b <= _TWELVE else (b, a)
    found = made(text, match.start(), match.end(), "numeric", DateParts(year, month, day))
    unsure = a <= _TWELVE and b <= _TWELVE and a != b
    return replace(found, day_first_unsure=True) if found is not None and unsure else found


def points(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "27.06." at the head of a line, "on 27.06", "on 5.6."; elsewhere it may be an hour."""
    before = text[max(0, match.start() - 20) : match.start()]
    if not (_ON.search(before) or (match[0].endswith(".") and _OPENS.search(before))):
        return None
    return made(text, match.start(), match.end(), "dotted", DateParts(0, int(match["b"]), int(match["a"])))


def numeric_days(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "28 to 29/05/2019", "3-4.11.2021"."""
    year, month, first, last = (int(match[group]) for group in ("y", "m", "d1", "d2"))
    if last <= first:
        return None
    return made(
        text, match.start(), match.end(), "days-month", DateParts(year, month, first), DateParts(year, month, last)
    )


def compact(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "20210326" where a line, or a field of a table, begins."""
    if match.start() and text[match.start() - 1] not in "\n\t|;,=([":
        return None
    parts = DateParts(int(match["y"]), int(match["m"]), int(match["d"]))
    return made(text, match.start(), match.end(), "compact", parts)


def dotted(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "26.03.21": who writes points puts the day first."""
    parts = DateParts(_CENTURY + int(match["y"]), int(match["m"]), int(match["d"]))
    return made(text, match.start(), match.end(), "dotted", parts)


def levantine(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "12 Tishreen al-Awwal 2019", "the 3rd of Nisan"."""
    month = _NAMES[" ".join(match["m"].lower().split())]
    parts = DateParts(int(match["y"] or 0), month, int(match["d"]))
    return made(text, match.start(), match.end(), "levantine", parts)
