"""Joining neighbouring expressions of time, and reading the words before them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from mapper.extract.date_mention import DateMention

_GAP: Final = re.compile(
    r"(?:\s{0,2},)?\s{0,2}(?:\()?(?:(?:on|of|at|in|from|for|by)\s{1,2})?(?:the\s{1,2})?(?:(?:night|day|morning)\s{1,2}of\s{1,2})?",
    re.IGNORECASE,
)
_LONGEST_GAP: Final = 24
_BEFORE: Final = 60

_BOUND: Final = re.compile(
    r"\b(?P<bound>since|until|till|up\s{1,2}to|as\s{1,2}of|by|from|through|throughout|prior\s{1,2}to|before|ever\s{1,2}since)\s{1,3}"
    r"(?:at\s{1,2}least\s{1,2})?(?:the\s{1,2})?(?:(?:beginning|start|end|middle)\s{1,2}of\s{1,2}(?:the\s{1,2})?)?$",
    re.IGNORECASE,
)
_BOUND_KINDS: Final = {"since": "since", "ever": "since", "from": "since", "as": "until", "by": "by"}
_REPORTING: Final = re.compile(
    r"\b(?:said|says|saying|told\s{1,2}\S{1,30}|reported|reporting|announced|tweeted|posted|published|republished|released|wrote|writing|added|stated"
    r"|confirmed|acknowledged|admitted|denied|conceded|updated|accessed|retrieved|dated|issued|statement|interview|quoted|broadcast|uploaded|shared"
    r"|listed|named|revealed|posts?|tweets?|report|list|article|press\s{1,2}release|briefing)"
    r"(?:\s{1,2}(?:in\s{1,2}a\s{1,2}(?:statement|report|post|tweet|briefing|press\s{1,2}release)|here|there|late|early|later|again|also|publicly|online))?"
    r"(?:\s{0,2}[:,])?\s{1,3}(?:on\s{1,3}|in\s{1,3}|at\s{1,3}|from\s{1,3}|late\s{1,3}|early\s{1,3}|the\s{1,3}){0,3}$",
    re.IGNORECASE,
)
_AROUND: Final = re.compile(
    r"\b(?:around|about|circa|approximately|on\s{1,2}or\s{1,2}about|roughly)\s{1,3}$", re.IGNORECASE
)
_PART: Final = re.compile(
    r"\b(?P<part>early(?:\s{1,2}in)?|mid|middle\s{1,2}of|late(?:\s{1,2}in)?|end\s{1,2}of|beginning\s{1,2}of|start\s{1,2}of"
    r"|(?:first|second|third|fourth|last|final)\s{1,2}(?:week|days|half)\s{1,2}(?:of|in))[\s-]{1,2}(?:the\s{1,2})?$",
    re.IGNORECASE,
)
_PARTS: Final = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "late", "beginning": "early", "start": "early",
    "first week": "week-1", "second week": "week-2", "third week": "week-3", "fourth week": "week-4",
    "last week": "late", "final week": "late", "first days": "early", "last days": "late", "final days": "late",
    "first half": "first-half", "second half": "second-half",
}  # fmt: skip


def with_neighbours(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Join expressions that stand side by side and speak of one day."""
    joined: list[DateMention] = []
    for mention in mentions:
        last = joined[-1] if joined else None
        union = _joined(text, last, mention) if last is not None and _adjacent(text, last, mention) else None
        if union is None:
            joined.append(mention)
        else:
            joined[-1] = union
    return joined


def _adjacent(text: str, left: DateMention, right: DateMention) -> bool:
    gap = right.start - left.end
    return gap <= _LONGEST_GAP and _GAP.fullmatch(text, left.end, right.start) is not None


def _joined(text: str, left: DateMention, right: DateMention) -> DateMention | None:
    start, end = left.start, right.end
    time = left.time_of_day or right.time_of_day
    both = {"start": start, "end": end, "text": text[start:end], "time_of_day": time}
    gap = text[left.end : right.start]
    if left.kind == "time_of_day" or right.kind == "time_of_day":
        main = right if left.kind == "time_of_day" else left
        if main.kind in {"period", "time_of_day"} or (main is left and "," in gap and not _timely(right)):
            return None
        return replace(main, **both)
    if left.rule == "span" and right.rule == "weekday-range":
        return replace(right, **both, kind="period")
    if right.first.day and not right.reporting:
        if left.kind == "weekday" and left.last_weekday is None:
            return replace(right, **both, weekday=left.weekday)
        if left.kind in {"deictic", "anaphoric"} and "(" not in gap[:0]:
            return replace(right, **both)
    if left.first.day and left.last is None and right.kind == "weekday" and right.last_weekday is None:
        return replace(left, **both, weekday=right.weekday) if not gap.strip(" ,(") else None
    return _week_and_day(left, right, both)


def _week_and_day(left: DateMention, right: DateMention, both: dict[str, object]) -> DateMention | None:
    """Join "Tuesday" and "last week", in either order."""
    pair = {left.kind: left, right.kind: right}
    day, week = pair.get("weekday"), pair.get("deictic")
    if day is None or week is None or day.last_weekday is not None:
        return None
    if week.unit == "week" and week.shift is not None:
        return replace(day, **both, unit="week", shift=week.shift, rule="weekday-of-week")  # type: ignore[arg-type]
    if week.rule in {"overnight", "today", "yesterday", "part-of-day"}:
        return replace(day, **both)  # type: ignore[arg-type]
    return None


def _timely(mention: DateMention) -> bool:
    return mention.text[:3].lower() in {"at ", "in ", "dur", "bef", "ove", "jus", "sho", "aro"}


def with_context(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Read what the words before each mention say about it."""
    return [_in_context(text, mention) for mention in mentions]


def _in_context(text: str, mention: DateMention) -> DateMention:
    if mention.kind == "time_of_day":
        return mention
    mention = _with_part(text, mention)
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    if _AROUND.search(before):
        mention = replace(mention, approximate=True)
    bound = _BOUND.search(before)
    ranged = mention.last is not None or mention.last_weekday is not None
    possessive = text.startswith("'s", mention.end)
    if bound and not ranged and not possessive and mention.kind != "anaphoric":
        kind = bound["bound"].lower().split()[0]
        if kind not in {"from", "by"} or not mention.time_of_day or mention.first.day:
            return replace(mention, kind="period", bound=_BOUND_KINDS.get(kind, "until"))
    return replace(mention, reporting=True) if _REPORTING.search(before) else mention


def _with_part(text: str, mention: DateMention) -> DateMention:
    """Take "early", "the first week of" … before a month or year into the mention."""
    month_or_year = (
        mention.first.month or mention.first.year or mention.unit in {"week", "month", "year"}
    ) and not mention.first.day
    if not month_or_year or mention.last is not None or mention.kind in {"anaphoric", "weekday"}:
        return mention
    found = _PART.search(text[max(0, mention.start - 30) : mention.start])
    if found is None:
        return mention
    start = mention.start - len(found[0])
    tokens = found["part"].lower().split()
    part = _PARTS.get(" ".join(tokens[:2])) or _PARTS.get(tokens[0], "")
    kind = "period" if "week" in tokens or "half" in tokens or "days" in tokens else mention.kind
    return replace(mention, start=start, text=text[start : mention.end], part=part, kind=kind)
