"""Words of time in English, and the pieces of patterns made of them.

Every repeat is bounded and every pattern is tried only where one of its opening
words stands, so that reading is linear in the length of the text.
"""

from __future__ import annotations

from typing import Final

_MONTH_NAMES: Final = [
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
]  # fmt: skip
_WEEKDAY_NAMES: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH_SHORT: Final = {
    "jan": 1, "feb": 2, "febr": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_WEEKDAY_SHORT: Final = {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "weds": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip

MONTHS: Final = {name: number for number, name in enumerate(_MONTH_NAMES, 1)} | _MONTH_SHORT
WEEKDAYS: Final = {name: number for number, name in enumerate(_WEEKDAY_NAMES)} | _WEEKDAY_SHORT
SEASONS: Final = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

SHORT_MONTHS: Final = frozenset(_MONTH_SHORT)
SHORT_WEEKDAYS: Final = frozenset(_WEEKDAY_SHORT)
ORDINARY_MONTHS: Final = frozenset({"may", "march", "april", "june", "august"})
"""Month names that are also verbs, adjectives or people's names."""

NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip

VAGUE: Final = {"couple": (2, 3), "few": (2, 5), "some": (2, 5), "several": (3, 7), "many": (4, 12), "": (2, 10)}
"""How many a vague word stands for, at least and at most; the empty word is "days later"."""

UNITS: Final = {
    "minute": "hour", "hour": "hour", "day": "day", "night": "day", "week": "week", "fortnight": "week",
    "month": "month", "year": "year", "decade": "year",
}  # fmt: skip

TIMES_OF_DAY: Final = {
    "predawn": "dawn", "pre-dawn": "dawn", "dawn": "dawn", "daybreak": "dawn", "sunrise": "dawn", "fajr": "dawn",
    "morning": "morning", "mid-morning": "morning", "noon": "noon", "midday": "noon", "lunchtime": "noon",
    "afternoon": "afternoon", "evening": "evening", "sunset": "evening", "dusk": "evening", "nightfall": "evening",
    "iftar": "evening", "night": "night", "midnight": "night", "overnight": "night", "tonight": "night",
    "early hours": "dawn", "small hours": "dawn",
}  # fmt: skip

S: Final = r"\s{1,3}"
DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
DAY_END: Final = r"(?!\d|,\d{3}(?!\d)|[.:]\d|\s?%|[a-zA-Z])"
ORDINAL: Final = r"(?:st|nd|rd|th)"
YEAR: Final = r"(?:1[89]|20)\d\d(?![\d%]|,\d{3}|\.\d|\s?(?:hrs|hours|h|GMT|UTC|LT|Z)(?![a-zA-Z]))"
YEAR_GAP: Final = r"(?:\s?,\s{0,3}|\s{1,3}(?:of\s{1,3})?)"
MONTH: Final = (
    r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)(?![a-zA-Z])"
    r"|(?:Jan|Febr?|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?![a-zA-Z])\.?)"
)
WEEKDAY: Final = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?![a-zA-Z])"
    r"|(?:Mon|Tues?|Weds?|Thu(?:rs?)?|Fri|Sat|Sun)(?![a-zA-Z])\.?)"
)
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)(?![a-zA-Z])"
UNIT: Final = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)s?(?![a-zA-Z])"
COUNT: Final = (
    r"(?:\d{1,3}|a\s{1,3}couple\s{1,3}of|a\s{1,3}few|a\s{1,3}single|just\s{1,3}a|an?|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|several|few|some|many|couple\s{1,3}of)"
)
PART_OF_DAY: Final = (
    r"(?:pre-?dawn|dawn|daybreak|sunrise|fajr|(?:mid-)?morning|noon|midday|lunchtime|afternoon|evening|sunset|dusk"
    r"|nightfall|iftar|midnight|night|(?:early|small)(?:\s{1,3}morning)?\s{1,3}hours)(?![a-zA-Z])"
)
DASH_OR_SLASH: Final = r"\s{0,2}[-\u2013/]\s{0,2}"
RANGE_WORD: Final = (
    r"\s{1,3}(?:and\s{1,3}(?:on\s{1,3})?into|to|and|or|until|till|through|thru|into|&)\s{1,3}(?:on\s{1,3})?"
    rf"(?:the\s{{1,3}}(?:{PART_OF_DAY}\s{{1,3}}(?:of|on)\s{{1,3}}(?:the\s{{1,3}})?)?)?"
)


def count_of(words: str) -> tuple[int, int]:
    """Read how many units an expression means, at least and at most.

    Examples
    --------
    >>> count_of("two"), count_of("a few"), count_of("48")
    ((2, 2), (2, 5), (48, 48))
    """
    for word in reversed(words.lower().split()):
        if word.isdecimal():
            return int(word), int(word)
        if word in VAGUE:
            return VAGUE[word]
        if word in NUMBERS:
            return NUMBERS[word], NUMBERS[word]
    return (1, 1) if words else VAGUE[""]


def time_of_day(words: str) -> str:
    """Name the part of the day that some words speak of, or return an empty string.

    Examples
    --------
    >>> time_of_day("in the early hours"), time_of_day("on the evening"), time_of_day("noon")
    ('dawn', 'evening', 'noon')
    """
    lower = " ".join(words.lower().split())
    if "hours" in lower:
        return "dawn"
    for word in reversed(lower.split()):
        if word in TIMES_OF_DAY:
            return TIMES_OF_DAY[word]
    return ""
