"""Joining neighbouring expressions of time, and reading the words before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.dates.mention import COUNTED_FROM_DAY, EITHER, OF_YEAR, DateMention

_GAP: Final = re.compile(
    r"(?:\s{0,2},)?\s{0,2}(?:or\s{1,2}(?:(?:early|late)\s{1,2})?)?(?:\()?(?:(?:on|of|at|in(?:to)?|from|for|by|to|between)\s{1,2})?(?:the\s{1,2})?(?:(?:night|day|morning)\s{1,2}of\s{1,2})?",
    re.IGNORECASE,
)
_TIMELY: Final = re.compile(r"(?:at|in|during|before|over|just|shortly|around|about|by)\b", re.IGNORECASE)
_FROM_THERE: Final = re.compile(r"(?:after|before|prior)$", re.IGNORECASE)
_LONGEST_GAP: Final = 24
_LONGEST: Final = 120
_BEFORE: Final = 60

_BOUND: Final = re.compile(
    r"\b(?P<bound>since|until|till|up\s{1,2}to|as\s{1,2}of|by|from|through|throughout|prior\s{1,2}to|before"
    r"|(?:hours|days|weeks?|months?|year)\s{1,2}to)\s{1,3}"
    r"(?:at\s{1,2}least\s{1,2})?(?:the\s{1,2})?(?:(?:beginning|start|end|middle)\s{1,2}of\s{1,2}(?:the\s{1,2})?)?$",
    re.IGNORECASE,
)
_SINCE_CLAUSE: Final = re.compile(
    r"\bsince\s(?:[\w'-]{1,20}\s){2,8}(?:on|in|at|from|early|late)\s{1,2}$", re.IGNORECASE
)
"""What something has gone on from: "since the operation was launched on 10 September"."""
_WHEN: Final = re.compile(r",?\swhen\b", re.IGNORECASE)
_BOUND_KINDS: Final = {"since": "since", "from": "since", "by": "by"}
_TOLD: Final = (
    r"said|says|saying|told\s{1,2}\S{1,30}|reported|reporting|announced|tweeted|posted|published|republished|released"
    r"|wrote|writing|added|stated|confirmed|acknowledged|admitted|denied|conceded|condemned|denounced|deplored|decried|updated|accessed|retrieved|dated"
    r"|read(?:\s{1,2}out)?|signed|circulated|arraigned|charged|sentenced|convicted|inspected|visited"
    r"|issued|update|statement|interview|quoted|broadcast|uploaded|shared|listed|named|revealed"
    r"|(?<!check )(?<!guard )(?<!police )(?<!army )posts?|tweets?|report|article"
    r"|list(?:\s{1,2}of\s{1,2}[a-z]{1,12})?|press\s{1,2}release|briefing|video|footage|last\s{1,2}seen|disappeared|(?:gone|went)\s{1,2}missing|vanished|born|buried|funeral|married|founded"
)
_REPORTING: Final = re.compile(
    rf"\b(?:{_TOLD})(?:\s{{1,2}}by\s{{1,2}}(?:the\s{{1,2}})?\S{{1,20}})?"
    r"(?:\s{1,2}to\s{1,2}(?:the\s{1,2})?(?:journalists|reporters|correspondents|press|media|newspapers?))?"
    rf"(?:\s{{1,2}}(?:in\s{{1,2}}an?\s{{1,2}}(?:statement|report|post|tweet|briefing|interview)|here|there|again"
    r"|also|publicly|online))?(?:\s{0,2}[:,])?"
    r"(?:\s{1,3}(?:on|in|of|at|from|late|early|the|around|by|\d{1,2}(?::\d\d)?\s?[ap]\.?m\.?,?)){0,4}\s{1,2}[\s(]?$",
    re.IGNORECASE,
)
_REPORT_AFTER: Final = re.compile(
    r"(?:'s)?\s(?:(?:Facebook|Twitter|Telegram|X|Instagram|press|news|social\smedia)\s)?"
    r"(?:posts?|reports?|articles?|statement|tweets?|interview|release|story|broadcast|update|edition|briefing)\b",
    re.IGNORECASE,
)
_TOLD_BY: Final = re.compile(
    r"(?:,[^()\n]{0,20})?\)\s{1,2}(?:has\s|had\s)?(?:said|says|reported|reports|wrote|posted|put|gave|counted|listed|named)\b"
)
"""What follows the day of a source in brackets: "Radio Exampla (13 May) said"."""
_FAMOUS: Final = frozenset({(9, 11), (10, 7)})
"""Days that stand for an event of another year: "since the September 11 attacks"."""
DATELINE: Final = "dateline"
"""The rule of a date that only says when a story was filed: "BEIRUT, Feb 5 (Wire) -"."""
_DATELINE: Final = re.compile(r"(?:^|\n)[A-Z][^\n.;:()]{1,50},\s{1,2}$")
_DASH: Final = re.compile(r"\s{0,2}(?:\([^()\n]{1,30}\)\s{0,2})?(?:--?|\u2013|\u2014)\s")
_OF_ACT: Final = re.compile(r"\b(?:from|by)\s{1,3}the\s{1,2}$", re.IGNORECASE)
_NOUN_AFTER: Final = re.compile(
    r"\s(?:[\w-]{1,20}\s){0,3}?(?:(?:air)?strikes?|attacks?|raids?|shelling|bombings?|bombardment|blasts?|explosions?"
    r"|massacre|assault|incidents?|killings?|shootings?|ambush)\b"
)
_ACT_AFTER: Final = re.compile(rf"(?!\s(?:about|on|that|into|which)\s){_NOUN_AFTER.pattern}")
_THE_ACT: Final = re.compile(rf"\s(?:the|this|that)(?={_NOUN_AFTER.pattern})")
_VISITED: Final = re.compile(
    r"\b(?:arrived|buried|burial|discharged|examined|filmed|inspected|funerals?|interred|interviewed|issued|met|photographed|published|reached|released|returned|spoke|visited|went)\b[^.\n]{0,50}$",
    re.IGNORECASE,
)
_FAMOUS_AFTER: Final = re.compile(
    r"\s(?:terror(?:ist)?\s|Hamas(?:-led)?\s)?(?:attacks|massacre|assaults)\b", re.IGNORECASE
)
_AROUND: Final = re.compile(
    r"\b(?:around|about|circa|approximately|on\s{1,2}or\s{1,2}(?:about|(?:shortly\s{1,2})?(?:before|after))|roughly"
    r"|(?:shortly|just|immediately)\s{1,2}(?:before|after))\s{1,3}$",
    re.IGNORECASE,
)
_PART: Final = re.compile(
    r"\b(?P<part>early(?:\s{1,2}in)?|mid|middle\s{1,2}of|late(?:\s{1,2}in)?|end\s{1,2}of"
    r"|(?:beginning|start|last\s{1,2}day)\s{1,2}of|(?:first|second|third|fourth|last|final)\s{1,2}(?:week|days|half)\s{1,2}(?:of|in))[\s-]{1,2}(?:the\s{1,2})?$",
    re.IGNORECASE,
)
_ONES: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS: Final = (
    "tenth",
    "eleventh",
    "twelfth",
    *(f"{n}teenth" for n in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
)
_TENS: Final = ("twentieth", *(f"twenty-{one}" for one in _ONES), "thirtieth", "thirty-first")
_ORDINALS: Final = (*_ONES, *_TEENS, *_TENS)
_ORDINAL_OF: Final = re.compile(
    rf"\b(?:the\s)?(?P<day>{'|'.join(reversed(_ORDINALS))})\s(?:day\s)?of\s$", re.IGNORECASE
)
_EVE: Final = re.compile(
    r"\bon\s{1,2}the\s{1,2}(?:eve|evening\s{1,2}before)\s{1,2}of\s{1,2}(?:the\s{1,2})?$", re.IGNORECASE
)
_WEEK: Final = re.compile(r"\bweek\s{1,2}(of|beginning|starting|ending)\s{1,2}(?:on\s{1,2})?$", re.IGNORECASE)
_PARTS: Final = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "late",
    "beginning": "early", "start": "early",
    "first week": "week-1", "second week": "week-2", "third week": "week-3", "fourth week": "week-4",
    "last day": "last-day",
    "last week": "late", "final week": "late", "first days": "early", "last days": "late", "final days": "late",
    "first half": "first-half", "second half": "second-half",
}  # fmt: skip
_SCALE: Final = {"day": 1, "week": 7}
_INTO: Final = frozenset({"into", "to"})
_THE_MONTH: Final = frozenset({"last-month", "this-month"})
"""Rules of the months that a day, named before them, may be of: "the fifth of this month"."""


def with_neighbours(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Join expressions that stand side by side and speak of one day."""
    joined: list[DateMention] = []
    for mention in mentions:
        union: DateMention | None = mention
        while joined and union is not None and _adjacent(text, joined[-1], mention):
            union = _joined(text, joined[-1], mention)
            if union is not None:
                joined.pop()
                mention = union  # noqa: PLW2901  (what was joined may join what stands before it)
        joined.append(mention)
    return joined


def _adjacent(text: str, left: DateMention, right: DateMention) -> bool:
    gap = right.start - left.end
    # An expression of time is short: a chain of them is not one.
    if right.end - left.start > _LONGEST or gap > _LONGEST_GAP:
        return False
    # The day that heads a list and the hour that the text under it begins with are two.
    headed = "\n" in text[left.end : right.start] and text[right.start].isupper()
    return not headed and _GAP.fullmatch(text, left.end, right.start) is not None


def _joined(text: str, left: DateMention, right: DateMention) -> DateMention | None:
    gap = text[left.end : right.start]
    main = _of_act_before(text, left, right) or _main(left, right, gap)
    if main is None:
        return None
    return replace(
        main,
        start=left.start,
        end=right.end,
        text=text[left.start : right.end],
        time_of_day=left.time_of_day or right.time_of_day,
    )


def _of_act_before(text: str, left: DateMention, right: DateMention) -> DateMention | None:
    """Read "a team came to the ruins on 26 August, two days after the raid": the attack's day, not the visit's."""
    visited = left.first.day and left.last is None and right.rule == "counted-shift" and right.shift is not None
    if not visited or right.shift is None or not right.text.lower().endswith("after"):
        return None
    if not _THE_ACT.match(text, right.end) or not _VISITED.search(text, max(0, left.start - _BEFORE), left.start):
        return None
    low, high = right.shift
    return replace(left, unit=right.unit, shift=(-high, -low), rule=COUNTED_FROM_DAY, approximate=right.approximate)


def _main(left: DateMention, right: DateMention, gap: str) -> DateMention | None:
    """Decide what two neighbours mean together; None if each stands alone."""
    words = gap.split()
    if "or" in words:
        return _either(left, right)
    special = (
        _night_before(left, right, words)
        or _counted_from_today(left, right, words)
        or _of_month(left, right, words)
        or _of_year(left, right, words)
        or _span_of_days(left, right)
    )
    if special is not None:
        return special
    if left.kind == "time_of_day" or right.kind == "time_of_day":
        return _timed(left, right, gap)
    if right.first.day:
        return _with_written_day(left, right, gap)
    if (
        right.rule in OF_YEAR
        and left.first.month
        and not left.first.year
        and left.last is None
        and not gap.strip(" ,of")
    ):
        return replace(left, rule=right.rule, unit="year", shift=right.shift)
    dated = left.first.day and left.last is None and right.rule == "weekday" and not gap.strip(" ,(")
    return replace(left, weekday=right.weekday) if dated else _week_and_day(left, right)


def _span_of_days(left: DateMention, right: DateMention) -> DateMention | None:
    """Join a length of time and the weekdays that it ran over: "36 hours, Friday to Saturday"."""
    return replace(right, kind="period") if left.rule == "span" and right.rule == "weekday-range" else None


def _night_before(left: DateMention, right: DateMention, words: Sequence[str]) -> DateMention | None:
    """Join "overnight into 4 May", "Friday to Saturday, 4 May": the night before a day, and that day."""
    if right.last is not None or not (right.first.day or right.rule == "weekday"):
        return None
    if left.rule == "weekday-range" and right.first.day:
        length = ((left.last_weekday or 0) - (left.weekday or 0)) % 7
        if length > 1 or right.weekday is not None:
            return right
        return replace(right, unit="day", shift=(-1, 0), rule=COUNTED_FROM_DAY, weekday=left.last_weekday)
    undated = left.time_of_day == "night" and not left.first.day and left.weekday is None
    if not undated or _INTO.isdisjoint(words):
        return None
    return replace(right, unit="day", shift=(-1, 0), rule=COUNTED_FROM_DAY)


def _counted_from_today(left: DateMention, right: DateMention, words: Sequence[str]) -> DateMention | None:
    """Join "a week ago today", "two weeks ago yesterday", "two weeks ago on Tuesday"."""
    ago = left.rule == "counted-ago" and set(words) <= {"on"}
    if not ago or left.shift is None or left.unit not in {"day", "week"}:
        return None
    if right.rule == "weekday" and left.unit == "week":
        return replace(right, unit="week", shift=left.shift, rule="weekday-of-week")
    if right.rule not in {"today", "yesterday"} or right.shift is None:
        return None
    scale = 7 if left.unit == "week" else 1
    low, high = (scale * count + right.shift[0] for count in left.shift)
    return replace(left, unit="day", shift=(low, high), approximate=False)


def _of_month(left: DateMention, right: DateMention, words: Sequence[str]) -> DateMention | None:
    """Join "the 21st of last month"."""
    day = right.rule in _THE_MONTH and left.rule == "day" and left.last is None and "of" in words
    return replace(right, first=left.first) if day else None


def _of_year(left: DateMention, right: DateMention, words: Sequence[str]) -> DateMention | None:
    """Join "9 May last year", "May of this year"."""
    if right.rule not in OF_YEAR or not left.first.month or left.first.year or left.last is not None:
        return None
    return replace(left, rule=right.rule, unit="year", shift=right.shift) if set(words) <= {"of"} else None


def _with_written_day(left: DateMention, right: DateMention, gap: str) -> DateMention | None:
    """Let the day that is written win: "A few days later, on 22 March", "Tuesday, 3 October"."""
    on_from = gap.split()[:1] == ["from"] and left.text.lower().endswith(" on")  # "three days on from 3 October"
    there = left.kind == "anaphoric" and "," not in gap and (on_from or _FROM_THERE.search(left.text))
    if there and left.unit in _SCALE and left.shift is not None:
        # "two days before 3 October", "a week after the 3 October truce" count from that day.
        low, high = (_SCALE[left.unit] * count for count in left.shift)
        return replace(right, unit="day", shift=(low, high), rule=COUNTED_FROM_DAY, approximate=left.approximate)
    if left.rule == "weekday":
        return replace(right, weekday=left.weekday)
    return right if left.kind in {"deictic", "anaphoric"} else None


def _either(left: DateMention, right: DateMention) -> DateMention | None:
    """Join "on 10 October or on 11 October": one event, on one of two days that follow each other."""
    first, last = left.first, right.first
    follows = first.day and first.month == last.month and last.day == first.day + 1 and left.last is None
    if not follows or right.last is not None:
        return None
    year = first.year or last.year
    whole = replace(left, first=replace(first, year=year), last=replace(last, year=year))
    return replace(whole, kind="absolute" if year else left.kind, rule=EITHER)


def _timed(left: DateMention, right: DateMention, gap: str) -> DateMention | None:
    main, time = (right, left) if left.kind == "time_of_day" else (left, right)
    if main.kind in {"period", "time_of_day"}:
        return None
    # ", dawn broke" starts another clause; ", at dawn" belongs to the day.
    return None if main is left and "," in gap and not _TIMELY.match(time.text) else main


def _week_and_day(left: DateMention, right: DateMention) -> DateMention | None:
    """Join "Tuesday" and "last week", in either order."""
    pair = {left.kind: left, right.kind: right}
    day, week = pair.get("weekday"), pair.get("deictic")
    if day is None or week is None:
        return None
    if week.unit == "week" and week.shift is not None:
        return replace(day, unit="week", shift=week.shift, rule="weekday-of-week")
    words = {"overnight"} if day.last_weekday is not None else {"overnight", "today", "yesterday", "part-of-day"}
    return day if week.rule in words else None


def with_context(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Read what the words before each mention say about it."""
    return [_in_context(text, mention) for mention in mentions]


def _in_context(text: str, mention: DateMention) -> DateMention:
    if mention.kind == "time_of_day":
        return mention
    mention = _with_part(text, _with_ordinal(text, mention))
    before = text[max(0, mention.start - _BEFORE) : mention.start]
    if _DATELINE.search(before) and _DASH.match(text, mention.end):
        return replace(mention, reporting=True, rule=DATELINE)
    if _AROUND.search(before):
        return replace(mention, approximate=True)
    bound = _BOUND.search(before)
    ranged = mention.last is not None or mention.last_weekday is not None
    possessive = text.startswith("'s", mention.end)
    if bound and _OF_ACT.search(before) and _NOUN_AFTER.match(text, mention.end):
        bound = None  # "the toll from the 3 May strike", "killed by the Monday blast" bound nothing
    if not ranged and mention.kind in {"absolute", "partial"} and _SINCE_CLAUSE.search(before):
        return replace(mention, kind="period", bound="since")
    if bound and bound["bound"].lower() == "since" and _WHEN.match(text, mention.end):
        bound = None  # "the worst since 3 May, when a bomb killed 23": that is when it did
    if bound and not ranged and not possessive and mention.kind != "anaphoric":
        kind = bound["bound"].lower().split()[0]
        return replace(mention, kind="period", bound=_BOUND_KINDS.get(kind, "until"))
    of_act = mention.rule == COUNTED_FROM_DAY and mention.text.lower().endswith("after")
    told = None if of_act else _REPORTING.search(before)  # "buried on 10 June, a day after the raid": that of the raid
    if told is not None and told[0].endswith(" of ") and _ACT_AFTER.match(text, mention.end):
        told = None  # "reports of a 3 May strike" were not made on that day
    return replace(mention, reporting=True) if told or _told_after(text, mention) else mention


def _told_after(text: str, mention: DateMention) -> bool:
    """Tell whether what follows makes it another day's event: "a 3 March report", "the September 11 attacks"."""
    if not mention.first.day:
        return False
    if _TOLD_BY.match(text, mention.end) and text[mention.start - 1 : mention.start] == "(":
        return True
    famous = (mention.first.month, mention.first.day) in _FAMOUS and _FAMOUS_AFTER.match(text, mention.end)
    return bool(famous or _REPORT_AFTER.match(text, mention.end))


def _with_ordinal(text: str, mention: DateMention) -> DateMention:
    """Take "the eleventh of", before a month, for its day."""
    if not (mention.first.month or mention.rule in _THE_MONTH) or mention.first.day or mention.last is not None:
        return mention
    found = _ORDINAL_OF.search(text[max(0, mention.start - 30) : mention.start])
    if found is None:
        return mention
    day = _ORDINALS.index(found["day"].lower()) + 1
    start = mention.start - len(found[0])
    return replace(mention, start=start, text=text[start : mention.end], first=replace(mention.first, day=day))


def _with_part(text: str, mention: DateMention) -> DateMention:
    """Take "early", "the first week of" … before a month or year, "the week of" before a day, into the mention."""
    single = bool(mention.first.day) and mention.last is None and mention.rule != COUNTED_FROM_DAY
    if single and (eve := _EVE.search(text[max(0, mention.start - 24) : mention.start])):
        start = mention.start - len(eve[0])
        return replace(
            mention,
            start=start,
            text=text[start : mention.end],
            unit="day",
            shift=(-1, -1),
            rule=COUNTED_FROM_DAY,
            time_of_day="evening",
        )
    if (
        mention.first.day
        and mention.last is None
        and (week := _WEEK.search(text[max(0, mention.start - 20) : mention.start]))
    ):
        start = mention.start - len(week[0])
        part = "week-ending" if week[1].lower() == "ending" else "week-of"
        return replace(mention, start=start, text=text[start : mention.end], part=part, kind="period")
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
