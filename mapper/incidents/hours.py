"""The time of day that an account names, as the hours it can mean.

A day has 24 bits: "at dawn" sets those from three to seven, a clock time its own
hour and those beside it, so that two accounts can be held against each other
whatever way they tell the time.
"""

from __future__ import annotations

import re
from typing import Final

DAY: Final = (1 << 24) - 1
_HOUR: Final = 60
_NOON: Final = 12
_CLOCK: Final = re.compile(
    r"(?<![\d.,:])(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d)(?!\d)(?:\s?(?P<half>[ap]\.?m\b))?"
    r"|(?:\.(?P<part>[0-5]\d))?\s?(?P<bare>[ap]\.?m\b))",
    re.IGNORECASE,
)
_LIMITS: Final = re.compile(
    r"\b(?:by|until|till|since|from|as of|updated|posted|published)(?: about| around)? $", re.IGNORECASE
)
_WORDS: Final = re.compile(
    r"\b(?:(?P<dawn>pre-?dawn|dawn|daybreak|sunrise|early hours|small hours|early morning)"
    r"|(?P<morning>morning)|(?P<noon>noon|midday)|(?P<afternoon>afternoon)"
    r"|(?P<evening>evening|sunset|dusk|nightfall)|(?P<night>overnight|midnight|night))\b",
    re.IGNORECASE,
)


def _span(first: int, last: int) -> int:
    return sum(1 << hour % 24 for hour in range(first, last + 1))


_PARTS: Final = {
    "dawn": _span(1, 7),
    "morning": _span(4, 12),
    "noon": _span(10, 14),
    "afternoon": _span(12, 18),
    "evening": _span(16, 23),
    "night": _span(18, 30),
}
LATE: Final = _span(18, 23)
EARLY: Final = _span(0, 6)
"""Hours of a night before and after midnight: it belongs to two days of the calendar."""


def hours_of(text: str) -> tuple[int, int]:
    """Read the first time of day in a text.

    Returns
    -------
    hours : int
        A bit for each hour it may mean; 0 where none is named.
    minute : int
        Minutes since midnight of a clock time; -1 for anything vaguer.

    Examples
    --------
    >>> hours_of("Shells fell at 11:20 PM")[1], hours_of("at 9 a.m. and at dawn")[1], hours_of("at dusk")[1]
    (1400, 540, -1)
    >>> hours_of("Nine bodies had been found by 10 p.m.")
    (0, -1)
    """
    for match in _CLOCK.finditer(text):
        minute = _minute(match)
        if minute >= 0 and not _LIMITS.search(text[max(0, match.start() - 20) : match.start()]):
            hour = minute // _HOUR
            return _span(hour + 23, hour + 25), minute
    match_ = _WORDS.search(text)
    return (_PARTS[str(match_.lastgroup)], -1) if match_ else (0, -1)


def _minute(match: re.Match[str]) -> int:
    hour, half = int(match["hour"]), (match["half"] or match["bare"] or "").lower()
    minute = int(match["minute"] or match["part"] or 0)
    if half:
        if not 1 <= hour <= _NOON:
            return -1
        hour = hour % _NOON + (_NOON if half.startswith("p") else 0)
    return hour * _HOUR + minute if hour < 24 else -1
