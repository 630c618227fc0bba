"""Rules for dates that count from another day: of publication, or of an event told before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mapper.reading.dates import words
from mapper.reading.dates.mention import DateMention, DateParts, MentionKind, Unit
from mapper.reading.dates.words import COUNT, MONTH, PART_OF_DAY, SEASON, UNIT, WEEKDAY, S

_WHOLE: Final = rf"day|night|morning|afternoon|evening|dawn|weekend|week|month|year|{PART_OF_DAY}"

DAY_WORD: Final = re.compile(r"today|tonight|yesterday|y'?day(?![a-z])|overnight", re.IGNORECASE)
LAST_THIS: Final = re.compile(
    rf"(?P<which>last|this|this{S}past|past|next|this{S}coming|earlier{S}this|later{S}this|earlier){S}"
    rf"(?:(?P<wd>{WEEKDAY})|(?P<month>{MONTH})|(?P<season>{SEASON})"
    rf"|(?P<unit>night|morning|afternoon|evening|week|weekend|month|year|today)(?![a-zA-Z]))(?P<of>{PART_OF_DAY})?",
    re.IGNORECASE,
)
EARLIER_IN: Final = re.compile(
    rf"(?P<when>earlier|later){S}(?:in{S}the{S}(?P<unit>day|week|month|year)|on{S}(?P<wd>{WEEKDAY})|that{S}(?P<that>day|night))"
    r"(?![a-zA-Z])",
    re.IGNORECASE,
)
STRETCH: Final = re.compile(
    rf"(?P<which>past|last|recent|previous|preceding){S}(?P<count>{COUNT}{S})?(?:of{S})?(?:the{S})?"
    rf"(?P<unit>hours|days?|nights|weekend|weeks?|months?|years?|decades?|(?:half[- ])?century)(?![a-zA-Z])",
    re.IGNORECASE,
)
SPAN: Final = re.compile(
    rf"(?P<count>{COUNT})[ -](?P<unit>hour|day|night|week|month)s?[ -](?:span|period|stretch|window|spell)(?![a-zA-Z])",
    re.IGNORECASE,
)
COUNTED: Final = re.compile(
    rf"(?P<count>{COUNT}){S}(?:more{S})?(?P<unit>{UNIT}){S}(?P<way>later|earlier|ago|after(?:wards?)?|before(?:hand)?|prior|previously|on)"
    r"(?![a-zA-Z])",
    re.IGNORECASE,
)
UNCOUNTED: Final = re.compile(
    rf"(?P<unit>minutes|hours|days|weeks|months|years){S}(?P<way>later|earlier|ago|after(?:wards?)?|before(?:hand)?|prior)(?![a-zA-Z])",
    re.IGNORECASE,
)
THE_NEXT: Final = re.compile(
    rf"(?P<which>following|next|previous|preceding|same|very{S}next){S}(?:(?P<wd>{WEEKDAY})|(?P<unit>{_WHOLE})(?![a-zA-Z]))",
    re.IGNORECASE,
)
THE_AFTER: Final = re.compile(
    rf"(?P<unit>day|night|morning|evening|week|month|year){S}(?P<way>after|before|earlier|later|prior)(?![a-zA-Z])",
    re.IGNORECASE,
)
BEFORE_LAST: Final = re.compile(
    rf"(?:(?P<unit>{_WHOLE})|(?P<wd>{WEEKDAY})){S}before{S}(?P<way>last|yesterday)(?!{S}(?:{WEEKDAY}|{MONTH}|{UNIT}))(?![a-zA-Z])",
    re.IGNORECASE,
)
THAT: Final = re.compile(rf"that{S}(?:same{S}|very{S})?(?P<unit>{_WHOLE})(?![a-zA-Z])", re.IGNORECASE)
WEEKEND: Final = re.compile(r"weekend(?![a-zA-Z])", re.IGNORECASE)
TIME_OF_DAY: Final = re.compile(rf"(?:overnight|{PART_OF_DAY})", re.IGNORECASE)

_NAME_BEFORE: Final = re.compile(r"[A-Z][a-z]{1,20} $")
_DEFINITE: Final = re.compile(r"\b(?:the|this|that)\s$", re.IGNORECASE)
_THE: Final = re.compile(r"\bthe\s$", re.IGNORECASE)
_CAME: Final = re.compile(
    r"\bc(?:omes?|ame|oming)(?:\s(?:just|only|barely|less\sthan|more\sthan|about))?\s$", re.IGNORECASE
)
_THE_WEEKEND: Final = re.compile(r"\b(?:(?:over|at|during|on|this|that|of)\s(?:the\s)?)$", re.IGNORECASE)
_TIME_BEFORE: Final = re.compile(
    r"\b(?:(?:at|before|by|around|about|after|during|in|on|over|through|throughout|since|near|just|late|early|very|the|shortly|from)\s"
    r"){1,4}$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(
    r"\s{1,3}(?:the|a|an|their|his|her|its|that|this|another|he|she|they|it|"
    r"[A-Z]|airstrike|strike|attack|bombing|bombardment|being|having)"
)


def _mention(
    text: str, start: int, end: int, kind: MentionKind, rule: str, unit: Unit, shift: tuple[int, int]
) -> DateMention:
    return DateMention(start=start, end=end, text=text[start:end], kind=kind, rule=rule, unit=unit, shift=shift)


def day_word(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "today", "yesterday", "tonight", "overnight"; not an outlet's "Exampla Today"."""
    if match[0] == "Today" and _NAME_BEFORE.search(text[max(0, match.start() - 24) : match.start()]):
        return None
    word = match[0].lower().replace("'", "").replace("yday", "yesterday")
    shift = {"yesterday": (-1, -1), "overnight": (-1, 0)}.get(word, (0, 0))
    part = "night" if word in {"overnight", "tonight"} else ""
    return replace(_mention(text, *match.span(), "deictic", word, "day", shift), time_of_day=part)


def last_this(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "last Friday", "this morning", "last November", "earlier this week", "last year"."""
    which = " ".join(match["which"].lower().split())
    step = {"last": -1, "next": 1, "this coming": 1}.get(which, 0)
    start, end = match.span()
    part = "earlier" if which.startswith("earlier") else ""
    if match["wd"]:
        if words.SHORT_WEEKDAYS & {match["wd"].rstrip(".").lower()} or which == "earlier":
            return None
        number = words.WEEKDAYS[match["wd"].lower()]
        kept = replace(
            _mention(text, start, match.end("wd"), "weekday", "last-weekday", "day", (step, step)), weekday=number
        )
        return replace(kept, rule="weekday", shift=None) if step == 0 else kept
    if match["month"]:
        return _last_month_name(text, match, step)
    if match["season"]:
        if which == "earlier":
            return None
        season = DateParts(season=words.SEASONS[match["season"].lower()])
        return replace(_mention(text, start, end, "deictic", "last-season", "season", (step, step)), first=season)
    return _last_unit(text, match, which, step, part)


def _last_month_name(text: str, match: re.Match[str], step: int) -> DateMention | None:
    word = match["month"].rstrip(".")
    if not word[0].isupper() or word.lower() in words.SHORT_MONTHS or step == 1:
        return None
    end = match.start("month") + len(word)
    found = _mention(text, match.start(), end, "deictic", "last-month-name", "month", (step, step))
    return replace(found, first=DateParts(month=words.MONTHS[word.lower()]))


def _last_unit(text: str, match: re.Match[str], which: str, step: int, part: str) -> DateMention | None:
    unit = match["unit"].lower()
    start, end = match.span()
    if which == "this past" and unit in {"week", "month", "year"}:
        return _mention(text, start, end, "period", "stretch", _unit(unit), (-1, 0))
    if unit == "today" or which == "earlier":
        is_today = which == "earlier" and unit == "today"
        return _mention(text, start, end, "deictic", "today", "day", (0, 0)) if is_today else None
    if unit in {"night", "morning", "afternoon", "evening"}:
        shift = (step, step)
        found = _mention(text, start, end, "deictic", "part-of-day", "day", shift)
        return replace(found, time_of_day=words.time_of_day(unit))
    found = _mention(text, start, end, "deictic", f"{which}-{unit}".replace(" ", "-"), _unit(unit), (step, step))
    return replace(found, part=part)


def earlier_in(text: str, match: re.Match[str]) -> DateMention:
    """Read "earlier in the week", "earlier on Tuesday", "later that day"."""
    start, end = match.span()
    if match["wd"]:
        word = match["wd"].rstrip(".").lower()
        found = _mention(text, start, end, "weekday", "weekday", "day", (0, 0))
        return replace(found, weekday=words.WEEKDAYS[word], shift=None)
    if match["that"]:
        return _mention(text, start, end, "anaphoric", "that-day", "day", (0, 0))
    found = _mention(text, start, end, "deictic", "earlier-in", _unit(match["unit"].lower()), (0, 0))
    return replace(found, part="earlier")


def stretch(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "over the past few days", "in the last 24 hours", "over the past day", "in recent weeks"."""
    which = match["which"].lower()
    unit = match["unit"].lower()
    if unit == "day" and which != "past":
        return None
    counted = match["count"]
    if (which in {"last", "previous", "preceding"} and not counted) or (counted and which == "recent"):
        return None
    if which in {"last", "previous", "preceding"} and words.count_of(counted)[1] == 1:
        return None
    most = words.count_of(counted)[1] if counted else (1 if not unit.endswith("s") else 5)
    length = -(-most // 24) if unit == "hours" else _scaled(most, unit)
    found = _mention(text, *match.span(), "period", "stretch", _unit(unit), (-length, 0))
    short = unit in {"day", "days", "nights", "hours"} and which != "recent" and length <= 7
    return replace(found, kind="deictic" if short else "period")


def span(text: str, match: re.Match[str]) -> DateMention:
    """Read "a 48 hour span": a length without a place in the calendar."""
    most = words.count_of(match["count"])[1]
    return _mention(text, *match.span(), "period", "span", "day", (-most, 0))


def counted(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "two days later", "a few weeks ago", "three days after"."""
    return _counted(text, match, words.count_of(match["count"]))


def uncounted(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "days later", "hours earlier"."""
    return _counted(text, match, words.count_of(""))


def _counted(text: str, match: re.Match[str], count: tuple[int, int]) -> DateMention | None:
    way, unit = match["way"].lower(), match["unit"].lower()
    if way == "on" and _CLAUSE.match(text, match.end()):
        return None
    low, high = (_scaled(number, unit) for number in count)
    if low > 4000:
        return None
    if unit.startswith(("hour", "minute")):
        low, high = (low // 24, -(-high // 24)) if unit.startswith("hour") and low >= 24 else (0, min(1, high))
        if unit.startswith("minute"):
            high = 0  # a second missile some minutes later belongs to the same attack
        unit = "day"
    back = way.startswith(("earlier", "ago", "before", "prior", "previous"))
    if way == "after" and _CAME.search(text[max(0, match.start() - 24) : match.start()]):
        back = True  # "it came a year after a strike killed two": the strike is the older
    shift = (-high, -low) if back else (low, high)
    start, end = match.span()
    kind: MentionKind = "deictic" if way == "ago" else "anaphoric"
    found = _mention(text, start, end, kind, f"counted-{'ago' if way == 'ago' else 'shift'}", _unit(unit), shift)
    return replace(found, approximate=not unit.startswith("day"))


def the_next(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "the following day", "the next morning", "the same week", "the previous night"."""
    which = match["which"].lower()
    step = {"same": 0, "previous": -1, "preceding": -1}.get(which, 1)
    start, end = match.span()
    unit = (match["unit"] or "day").lower()
    before = text[max(0, start - 5) : start]
    definite = _DEFINITE.search(before)
    if match["wd"]:
        return _next_weekday(text, match, definite, step)
    if not definite and not (which == "next" and unit in {"day", "morning", "week", "month", "year"}):
        return None
    if definite:
        start -= len(definite[0])
    whole: Unit = _unit(unit)
    found = _mention(text, start, end, "anaphoric", f"{which.split()[-1]}-{whole}", whole, (step, step))
    return replace(found, time_of_day=words.time_of_day(unit))


def _next_weekday(text: str, match: re.Match[str], definite: re.Match[str] | None, step: int) -> DateMention | None:
    """Read "the following Friday"; "next Friday" counts from the publication and is read by `last_this`."""
    name = match["wd"].rstrip(".").lower()
    if definite is None or name in words.SHORT_WEEKDAYS:
        return None
    start = match.start() - len(definite[0])
    found = _mention(text, start, match.end("wd"), "anaphoric", "following-weekday", "day", (step, step))
    return replace(found, weekday=words.WEEKDAYS[name])


def the_after(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "the day after", "the night before", "the week before"."""
    definite = _THE.search(text[max(0, match.start() - 5) : match.start()])
    if not definite:
        return None
    step = 1 if match["way"].lower() in {"after", "later"} else -1
    if match["way"].lower() == "after" and _CAME.search(text[max(0, match.start() - 24) : match.start()]):
        step = -1
    unit = match["unit"].lower()
    start = match.start() - len(definite[0])
    found = _mention(text, start, match.end(), "anaphoric", "the-day-after", _unit(unit), (step, step))
    return replace(found, time_of_day=words.time_of_day(unit))


def before_last(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "the day before yesterday", "the night before last", "the week before last", "the Friday before last"."""
    start, end = match.span()
    definite = _THE.search(text[max(0, start - 5) : start])
    start -= len(definite[0]) if definite else 0
    if match["wd"]:
        name = match["wd"].rstrip(".").lower()
        if name in words.SHORT_WEEKDAYS or match["way"].lower() != "last":
            return None
        found = _mention(text, start, end, "weekday", "last-weekday", "day", (-8, -8))
        return replace(found, weekday=words.WEEKDAYS[name])
    unit = match["unit"].lower()
    whole = _unit(unit)
    if (match["way"].lower() == "yesterday") != (unit == "day"):
        return None
    found = _mention(text, start, end, "deictic", "before-last", whole, (-2, -2))
    return replace(found, time_of_day=words.time_of_day(unit))


def that(text: str, match: re.Match[str]) -> DateMention:
    """Read "that day", "that same evening", "that week"."""
    unit = match["unit"].lower()
    found = _mention(text, *match.span(), "anaphoric", f"that-{_unit(unit)}", _unit(unit), (0, 0))
    return replace(found, time_of_day=words.time_of_day(unit))


def weekend(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "over the weekend"."""
    if not _THE_WEEKEND.search(text[max(0, match.start() - 14) : match.start()]):
        return None
    return _mention(text, *match.span(), "deictic", "weekend", "weekend", (0, 0))


def part_of_day(text: str, match: re.Match[str]) -> DateMention | None:
    """Read "at dawn", "in the early hours": kept beside a date, never a date itself."""
    before = _TIME_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
    start = match.start() - len(before[0]) if before else match.start()
    start += len(text[start : match.start()]) - len(text[start : match.start()].lstrip())
    found = _mention(text, start, match.end(), "time_of_day", "time-of-day", "", (0, 0))
    return replace(found, shift=None, time_of_day=words.time_of_day(match[0]))


def _unit(word: str) -> Unit:
    if word in {"week", "weeks", "fortnight"}:
        return "week"
    if word in {"month", "months"}:
        return "month"
    if word in {"year", "years", "decade", "decades"} or word.endswith("century"):
        return "year"
    return "weekend" if word == "weekend" else "day"


def _scaled(count: int, unit: str) -> int:
    """Express a count in the unit that `_unit` gives to the same word."""
    if unit.startswith("fortnight"):
        return 2 * count
    if unit.startswith("decade"):
        return 10 * count
    if unit.endswith("century"):
        return 50 if unit.startswith("half") else 100 * count
    return count
