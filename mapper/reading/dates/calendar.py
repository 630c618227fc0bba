"""Rules for dates of the calendar: days, months, years, weekdays."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from typing import Final

from mapper.reading.dates import words
from mapper.reading.dates.mention import EITHER, DateMention, DateParts, MentionKind
from mapper.reading.dates.words import (
    DASH_OR_SLASH,
    DAY,
    DAY_END,
    MONTH,
    ORDINAL,
    PART_OF_DAY,
    RANGE_WORD,
    SEASON,
    UNIT,
    WEEKDAY,
    YEAR,
    YEAR_GAP,
    S,
)

# After "and 12" or "to 12" only these may follow: "March 5 and 12 people" is one date.
_CLOSED: Final = re.compile(
    r"(?=\s{0,2}(?:[.,;:)\]\"'\u2013-]|\Z)|\s{1,3}(?:in|at|when|as|by|near|while|after|before|with|the|a|an|that|which"
    r"|against|on|last|this|were|was|and|killing|of|(?:19|20)\d\d)(?![a-zA-Z]))"
)
_DAY_2: Final = rf"(?P<d2>{DAY})(?:(?P<o2>{ORDINAL})(?![a-zA-Z])|{DAY_END})"
_RANGE: Final = rf"(?P<range>(?:{DASH_OR_SLASH}|(?P<rw>{RANGE_WORD}))(?:{WEEKDAY},?\s{{1,3}})?)"

MONTH_DAY: Final = re.compile(
    rf"(?P<m1>{MONTH}){S}(?:the{S})?(?P<d1>{DAY})(?:(?P<o1>{ORDINAL})(?![a-zA-Z])|(?=[-\u2013/]\d)|{DAY_END})"
    rf"(?:{YEAR_GAP}(?P<y1>{YEAR}))?"
    rf"(?:{_RANGE}(?:(?P<m2>{MONTH}){S})?{_DAY_2}(?:{YEAR_GAP}(?P<y2>{YEAR}))?)?",
    re.IGNORECASE,
)
DAY_MONTH: Final = re.compile(
    rf"(?P<d1>{DAY})(?P<o1>{ORDINAL})?(?:{S}(?:day{S})?(?:of{S})?(?:the{S})?|-)(?P<m1>{MONTH})"
    rf"(?:(?:{YEAR_GAP}|-)(?P<y1>{YEAR}))?"
    rf"(?:{_RANGE}(?P<d2>{DAY})(?P<o2>{ORDINAL})?{S}(?:of{S})?(?P<m2>{MONTH})(?:{YEAR_GAP}(?P<y2>{YEAR}))?)?",
    re.IGNORECASE,
)
DAYS_MONTH: Final = re.compile(
    rf"(?P<d1>{DAY})(?P<o1>{ORDINAL})?{_RANGE}(?P<d2>{DAY})(?P<o2>{ORDINAL})?{S}(?:of{S})?(?P<m1>{MONTH})"
    rf"(?:{YEAR_GAP}(?P<y1>{YEAR}))?",
    re.IGNORECASE,
)
MONTH_YEAR: Final = re.compile(
    rf"(?P<m1>{MONTH})(?:(?P<range>{DASH_OR_SLASH}|{RANGE_WORD})(?P<m2>{MONTH}))?{YEAR_GAP}(?P<y1>{YEAR})",
    re.IGNORECASE,
)
MONTH_ALONE: Final = re.compile(rf"(?P<m1>{MONTH})", re.IGNORECASE)
ISO: Final = re.compile(r"(?P<y>(?:1[89]|20)\d\d)([-/.])(?P<m>0?[1-9]|1[0-2])\2(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)")
NUMERIC: Final = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:1[89]|20)\d\d|(?<=/)\d\d)(?![\d/]|\.\d)"
)
YEARS: Final = re.compile(rf"(?P<y1>{YEAR})(?:{DASH_OR_SLASH}(?P<y2>{YEAR}|\d\d(?!\d)))?")
ERA: Final = re.compile(rf"(?:(?:1[89]|20)\d0'?s(?![a-zA-Z])|\d{{1,2}}{ORDINAL}[- ]century)", re.IGNORECASE)
DAY_ALONE: Final = re.compile(
    rf"(?P<d1>{DAY}){ORDINAL}(?:{_RANGE}(?P<d2>{DAY}){ORDINAL})?(?![a-zA-Z'-])", re.IGNORECASE
)
WEEKDAYS: Final = re.compile(
    rf"(?P<w1>{WEEKDAY})(?P<t1>{S}{PART_OF_DAY})?"
    rf"(?:(?P<range>{DASH_OR_SLASH}|{RANGE_WORD})(?:(?:the{S})?(?P<t2>(?:early|late)(?!{S}hours)|{PART_OF_DAY}){S}(?:of{S}|on{S})?)?"
    rf"(?P<w2>{WEEKDAY})(?P<t3>{S}{PART_OF_DAY})?)?"
    rf"(?P<past>{S}(?:last|past)(?!{S}(?:{UNIT}|{SEASON}|{MONTH}|{PART_OF_DAY}|\d)))?(?![a-zA-Z])",
    re.IGNORECASE,
)
HOLIDAY: Final = re.compile(
    rf"(?P<which>Christmas|New Year's)\s(?P<part>Eve|Day|{PART_OF_DAY})(?![a-zA-Z])", re.IGNORECASE
)
SEASON_YEAR: Final = re.compile(rf"(?P<s1>{SEASON}){YEAR_GAP}(?P<y1>{YEAR})", re.IGNORECASE)

# A capitalised noun after a date makes it a name: "6 October Bridge", "April 7 Street", "Friday Market".
_NAMED_AFTER: Final = re.compile(
    r"\s(?:Bridge|Street|Square|City|University|Brigade|Battalion|Division|Movement|Mosque|School|Hospital|Neighbou?rhood"
    r"|Park|Stadium|Hall|Camp|Dam|Airport|District|Forces?|Front|Market|Club|Avenue|Road|Roundabout|Tower|Committee|Alliance|Coalition|Bloc"
    r"|Revolution|Mosques|Times|Telegraph|Mirror|Express|Herald|Mail|Post|Mercury|Tribune|Star|Sun|World|Independent)(?![a-z])"
)
_NAMED_BEFORE: Final = re.compile(r"(?:Good|Black|Bloody|Palm|Easter|Cyber|Mail on|every|each|Every|Each) $")
_ON_BEFORE: Final = re.compile(
    r"(?:\b[Oo]n|\bof|\b[Ss]ince|\buntil|\bfrom|\bby|\bbetween|\band) the (?:night of the )?$", re.IGNORECASE
)
_MONTH_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|during|by|of|from|early|late|mid|mid-|last|next|this|between|throughout|through|previous"
    r"|following|past|before|after|and|to)(?: early| late| mid)?[ -]$",
    re.IGNORECASE,
)
_DAY_BEFORE: Final = re.compile(rf"\b\d{{1,2}}{ORDINAL}? $", re.IGNORECASE)
_YEAR_BEFORE: Final = re.compile(
    r"\b(?:in|since|during|of|by|until|till|from|early|late|mid|mid-|before|after|throughout|between|year|mid|for)[ -]$"
    r"|\b(?:between|from|since) \d{4} (?:and|to|until|through) $|\($",
    re.IGNORECASE,
)
_OPEN_CLASS: Final = re.compile(
    r"\s(?:at|and|when|in|a|an|two|three|there|as|after|while|with|near|that|around|by|he|she|they|it|were|was|warplanes"
    r"|aircraft|instant|inst|of this|of last|of the month|last|local)\b|\s?[.,;:)\"]|\s?\Z"
)


_FIELD: Final = re.compile(r"(?:^|[\s;|,])[a-z_]{0,16}date[a-z_]{0,8}=$", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"\bbetween(?: the [a-z]{4,12} of)? $", re.IGNORECASE)
_DATE_AFTER: Final = re.compile(rf",?\s{{0,2}}(?:{MONTH}|\d{{1,2}})", re.IGNORECASE)


def _window(text: str, start: int) -> str:
    return text[max(0, start - 40) : start]


def _month(word: str) -> int:
    return words.MONTHS[word.rstrip(".").lower()]


def spelled_well(word: str, *, dated: bool) -> bool:
    """Tell a month from a verb: "may" and "march" in small letters need a year beside them."""
    lower = word.rstrip(".").lower()
    return word[0].isupper() or dated or lower not in words.ORDINARY_MONTHS


def _possible(parts: DateParts) -> bool:
    if not (parts.month and parts.day):
        return True
    return parts.day <= calendar.monthrange(parts.year or 2000, parts.month)[1]


def made(
    text: str, start: int, end: int, rule: str, first: DateParts, last: DateParts | None = None
) -> DateMention | None:
    """Make the mention of a day, or of several, unless there is no such day or the words go on as a name."""
    if not _possible(first) or (last and not _possible(last)) or _NAMED_AFTER.match(text, end):
        return None
    kind: MentionKind = "absolute" if first.year and (first.month or first.season) else "partial"
    return DateMention(start=start, end=end, text=text[start:end], kind=kind, rule=rule, first=first, last=last)


def month_day(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "March 16, 2017", "Feb. 3-4", "March 30 to April 2, 2017"."""
    return _day_range(text, match, "month-day", pair=True)


def day_month(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "16 March 2017", "16th of March", "28 February to 2 March 2017"."""
    return _day_range(text, match, "day-month", pair=bool(match["m2"]))


def days_month(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "16-18 March", "3 and 4 February 2018"."""
    month, year = _month(match["m1"]), int(match["y1"] or 0)
    first, last = int(match["d1"]), int(match["d2"])
    if last <= first or not spelled_well(match["m1"], dated=bool(year)) or not _is_range(text, match, last - first):
        return None
    rule = EITHER if _is_choice(match) and last == first + 1 else "days-month"
    return made(text, match.start(), match.end(), rule, DateParts(year, month, first), DateParts(year, month, last))


def _day_range(text: str, match: re.Match[str], rule: str, *, pair: bool) -> DateMention | None:
    month, day, year = _month(match["m1"]), int(match["d1"]), int(match["y1"] or 0)
    if not spelled_well(match["m1"], dated=bool(year or match["y2"] or match["o1"])):
        return None
    start, end = match.start(), match.end()
    if not match["d2"] or not pair:
        return made(text, start, _end_of_first(match), rule, DateParts(year, month, day))
    last_month = _month(match["m2"]) if match["m2"] else month
    last_year = int(match["y2"] or 0) or year
    first_year = year or (last_year - (last_month < month) if last_year else 0)
    if last_year and not match["y2"] and last_month < month:
        last_year += 1
    first, last = DateParts(first_year, month, day), DateParts(last_year, last_month, int(match["d2"]))
    gap = last.day - day + 31 * (last_month - month)
    closed = match["m2"] or not match["rw"] or match["o2"] or _CLOSED.match(text, match.end("d2"))
    forward = (first_year, month, day) < (last_year, last_month, last.day) or (not last_year and last_month < month)
    if closed and forward and not (year and not match["m2"]) and _is_range(text, match, gap):
        return made(text, start, end, f"{rule}-range", first, last)
    return made(text, start, _end_of_first(match), rule, DateParts(year, month, day))


def _is_choice(match: re.Match[str]) -> bool:
    """Say whether two days are one or the other: "late Sunday or early Monday"."""
    return "or" in match["range"].lower().split()


def _end_of_first(match: re.Match[str]) -> int:
    return match.start("range") if match["range"] else match.end()


def _is_range(text: str, match: re.Match[str], gap: int) -> bool:
    """Take "3 and 4 March" for a range, but "3 and 9 March" only after "between"."""
    joint = match["range"].strip().lower().split()
    if not joint or joint[0] not in {"and", "or", "&"}:
        return True
    return gap == 1 or _BETWEEN.search(_window(text, match.start())) is not None


def month_year(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "March 2017", "Sept. 2014", "March to May 2017"."""
    if _DAY_BEFORE.search(_window(text, match.start())):
        return None  # "30 February 2017" is no date at all
    year = int(match["y1"])
    first = DateParts(year, _month(match["m1"]))
    last = DateParts(year, _month(match["m2"])) if match["m2"] else None
    if last and last.month <= first.month:
        first = replace(first, year=year - 1)
    found = made(text, match.start(), match.end(), "month-year", first, last)
    return replace(found, kind="period") if found and last else found


def month_alone(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "in January"; a month that is also a word or a name needs a preposition."""
    word = match["m1"]
    lower = word.rstrip(".").lower()
    if not word[0].isupper() or lower in words.SHORT_MONTHS:
        return None
    before = _window(text, match.start())
    if _DAY_BEFORE.search(before):
        return None
    follows_name = re.match(r"\s[A-Z][a-z]", text[match.end("m1") : match.end("m1") + 3])
    if not _MONTH_BEFORE.search(before) and (lower in words.ORDINARY_MONTHS or follows_name):
        return None
    if lower in words.ORDINARY_MONTHS and follows_name:
        return None
    end = match.start() + len(word.rstrip("."))
    return made(text, match.start(), end, "month", DateParts(month=_month(word)))


def iso(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "2017-03-16"."""
    before = _window(text, match.start())
    if before.endswith(("-", "/")) or (before.endswith("=") and not _FIELD.search(before)):
        return None  # part of an address or a file's name
    parts = DateParts(int(match["y"]), int(match["m"]), int(match["d"]))
    return made(text, match.start(), match.end(), "iso", parts)


def numeric(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "16/03/2017"; where both numbers could be months, say so."""
    a, b, year = int(match["a"]), int(match["b"]), int(match["y"])
    year += 2000 if year < 100 else 0
    if not (1 <= a <= 31 and 1 <= b <= 31) or (a > 12 and b > 12):
        return None
    day, month = (a, b) if b <= 12 else (b, a)
    found = made(text, match.start(), match.end(), "numeric", DateParts(year, month, day))
    unsure = a <= 12 and b <= 12 and a != b and match["sep"] != "."  # who writes points puts the day first
    return replace(found, day_first_unsure=True) if found and unsure else found


def years(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "in 2015", "2014-2017": a stretch of time, never the date of one event."""
    if not _YEAR_BEFORE.search(_window(text, match.start())):
        return None
    first = int(match["y1"])
    last = int(match["y2"] or 0)
    last += first // 100 * 100 if 0 < last < 100 else 0
    end = match.end() if last > first else match.end("y1")
    return DateMention(
        start=match.start(),
        end=end,
        text=text[match.start() : end],
        kind="period",
        rule="year",
        first=DateParts(first),
        last=DateParts(last) if last > first else None,
    )


def era(_: str, match: re.Match[str]) -> DateMention:
    """Read "the 1990s", "the 19th century": recorded, so that no day is seen in them."""
    return DateMention(start=match.start(), end=match.end(), text=match[0], kind="period", rule="era")


def day_alone(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "on the 16th", but not "the 16th Brigade"."""
    if not _ON_BEFORE.search(_window(text, match.start())) or not _OPEN_CLASS.match(text, match.end()):
        return None
    last = DateParts(day=int(match["d2"])) if match["d2"] and int(match["d2"]) > int(match["d1"]) else None
    return made(text, match.start(), match.end(), "day", DateParts(day=int(match["d1"])), last)


def season_year(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "summer 2015", "the spring of 2017"."""
    parts = DateParts(year=int(match["y1"]), season=words.SEASONS[match["s1"].lower()])
    return made(text, match.start(), match.end(), "season-year", parts)


def holiday(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "Christmas Eve", "New Year's Day", "Christmas morning"."""
    eve = match["part"].lower() == "eve"
    if match["which"].lower() == "christmas":
        parts = DateParts(month=12, day=24 if eve else 25)
    else:
        parts = DateParts(month=12, day=31) if eve else DateParts(month=1, day=1)
    return made(text, match.start(), match.end(), "holiday", parts)


def weekdays(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "Monday", "Tuesday night", "from Sunday to Tuesday"."""
    start, end, word = match.start(), match.end(), match["w1"]
    before = text[max(0, start - 12) : start]
    if _NAMED_BEFORE.search(before) or _NAMED_AFTER.match(text, match.end("w1")):
        return None
    if word.rstrip(".").lower() in words.SHORT_WEEKDAYS and not _short_weekday(text, match, before):
        return None
    first = words.WEEKDAYS[word.rstrip(".").lower()]
    last = words.WEEKDAYS[match["w2"].rstrip(".").lower()] if match["w2"] else None
    if last is not None and (last == first or not _is_range(text, match, (last - first) % 7)):
        last, end = None, match.start("range")
    gone = bool(match["past"]) and end == match.end()
    part = words.time_of_day(match["t1"] or (match["t2"] or match["t3"] or "" if last is not None else ""))
    return DateMention(
        start=start,
        end=end,
        text=text[start:end],
        kind="weekday",
        rule=EITHER
        if last == (first + 1) % 7 and _is_choice(match)
        else "weekday-range"
        if last is not None
        else "last-weekday"
        if gone
        else "weekday",
        weekday=first,
        unit="day" if gone and last is None else "",
        shift=(-1, -1) if gone else None,
        last_weekday=last,
        time_of_day=part,
    )


def _short_weekday(text: str, match: re.Match[str], before: str) -> bool:
    """Take "Sun" and "Wed" for days only beside "on" or a date."""
    if not match["w1"][0].isupper():
        return False
    return before.lower().endswith("on ") or _DATE_AFTER.match(text, match.end("w1")) is not None
