"""Which tolls sum up several acts, and why: campaign, period, area, list.

A toll belongs to an incident only if it counts the harm of one act at one
place in one bounded time. What else is counted is set aside with its reason.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Final

from mapper.reading.dates.mention import EITHER, DateMention
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Mark, Page
from mapper.reading.tolls.gapped import GAPPED, SHARE
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.stated import BRINGS, TollReading

SUMS: Final = frozenset({"area", "cumulative", "period", "subtotal"})
"""Kinds of a `Scope` that count more than one act."""

_LARGE: Final = 1_000
_AREA: Final = 3
_TOWN: Final = 5
_ACTS: Final = 5
_FEW: Final = 2
_SEVERAL_COUNTRIES: Final = 2
_HOURS: Final = frozenset({"dawn", "fajr", "sunrise", "morning", "noon", "midday", "afternoon", "midnight", "daybreak"})
_LISTED: Final = frozenset({"dead", "names", "victims", "martyrs", "killed", "casualties", "deceased", "fatalities"})
_STATED: Final = 2
_SUBJECTS: Final = frozenset({"it", "they", "there", "he", "she", "we", "some", "many", "no", "most", "several", "all"})
_RECORD: Final = 6
_WORST: Final = frozenset({"deadliest", "worst", "bloodiest", "heaviest", "biggest", "largest", "highest", "first"})
_RATE: Final = 4
_RELATIVE: Final = frozenset({"which", "who", "whose"})
_SUMMED: Final = {"area": "counts a country or a region, not one act", "subtotal": "sums up a series of acts"}
_GROUP: Final = 10
_RECORDS: Final = frozenset(
    {"counted", "counts", "documented", "logged", "recorded", "records", "registered", "verified"}
)
_TO_WHEN: Final = 6
_TAIL: Final = 24
_A_DAY: Final = frozenset({("past", "day"), ("last", "day"), ("previous", "day"), ("24", "hours")})
_LEAVES_OUT: Final = (
    "left out of the",
    "not included in",
    "excluded from the",
    "not counted in",
    "is not part of the figure",
)
_BY_NOUN: Final = "counted-harm"
_VERDICT: Final = frozenset(
    {"accused", "acquitted", "charged", "complicity", "convicted", "guilty", "indicted", "sentenced", "tried"}
)
_FALSE: Final = frozenset({"baseless", "falsely", "unfounded", "untrue", "wrongly"})
_OVER: Final = frozenset({"over", "in", "within", "during", "across"})
_ALTOGETHER: Final = (["in", "total"], ["in", "all"], ["all", "told"])
_STRETCHED: Final = frozenset(
    {"the", "these", "those", "past", "last", "just", "only", "nearly", "almost", "about", "some", "course", "of"}
)
_MODALS: Final = frozenset({"can", "could", "may", "might", "must", "should", "will", "would"})
_COSTS: Final = frozenset({"bring", "cause", "claim", "cost", "leave", "mean", "take"})
_MEANT: Final = frozenset(
    {"aimed", "plan", "planned", "planning", "plans", "plot", "plots", "plotted", "plotting", "sought", "threatened"}
    | {"threatening", "tried", "trying", "vowed", "vowing", "wanted"}
)
_SINGLE: Final = frozenset({"days", "nights"})
_SPANS: Final = frozenset({"months", "period", "span", "stretch", "timeframe", "weeks", "window"})
_VERIFY: Final = frozenset({"authenticate", "confirm", "corroborate", "substantiate", "verify"})
_UNABLE: Final = frozenset({"cannot", "couldn't", "not", "unable"})
_CLAIMS: Final = frozenset({"allegation", "allegations", "claim", "claims", "reports", "rumour", "rumours", "that"})
_STRETCHES: Final = frozenset({"days", "nights", "week", "weeks", "month", "months", "year", "years"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Why a toll is no incident: a kind of `SetAside`, and the reason for people."""

    kind: str
    reason: str


def scope_of(page: Page, notes: Notes, toll: TollReading) -> Scope | None:  # noqa: PLR0911 - a table of decisions, read from the top
    """Say what a toll sums up, or None if it can be one incident's.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment the toll stands in.
    toll : TollReading
        A toll of it.
    """
    if notes.boilerplate:
        return Scope("boilerplate", "stands in text about the outlet")
    one = _one_act(notes)
    dated = any(day_level(d) for d in notes.times)
    settled = any(p.rank >= 4 for p in notes.named)
    cue = _cue(page, notes, toll)
    value = toll.count.minimum or toll.count.maximum or toll.count.value
    if page.has("admission", notes.first, notes.last) and not (dated and settled):
        return Scope("cumulative", "a figure admitted for many acts")
    if (left := _left_out(page, notes, toll) or _of_many(page, notes, toll)) is not None:
        return left
    if cue == "cumulative" and not (dated and (one or settled)):
        return Scope("cumulative", "counts a whole campaign or war")
    alone = value == 1 and _small(notes)  # "in the first week of May a farmer was killed in Exampla"
    alone = alone or (
        toll.rule in {SHARE, GAPPED} and _within_a_day(page, notes)
    )  # "over the past day 3: 2 in Exampla"
    if (cue == "period" or _periods(page, notes)) and not dated and not (settled and (one or alone)):
        return Scope("period", "counts a stretch of time, not one act")
    spanned = notes.times and all(_several_days(d) for d in notes.times)
    if spanned and not one and not _small(notes):
        return Scope("period", "counts several days, over an area")
    over_area = not one and not settled and _wide(notes)
    if notes.times and not dated and (over_area or _by_months(page, notes, toll, value)):
        return Scope("period", "counts a month or more, over an area")
    several = _in_several(page, notes, toll)
    if several or (cue == "area" and not settled) or (cue == "subtotal" and not dated):
        kind = "subtotal" if several else cue
        return Scope(kind, _SUMMED[kind])
    many = any(a.plural and page.low[a.last : a.last + 1] != ["on"] for a in notes.acts) and not one
    if many and not notes.times and notes.named and all(p.rank <= _AREA for p in notes.named):
        return Scope("area", "several acts over an area, on no day that is given")
    if value >= _LARGE and not (one and (dated or settled)):
        return Scope("cumulative", "too large for one act without a place and a day")
    countries = sum(1 for p in notes.places if p.rank == 1 and p.located) + sum(
        len(p.reference.containers) for p in notes.places if p.rank == 1
    )
    if countries >= _SEVERAL_COUNTRIES and not one and not settled:
        return Scope("area", "counts several countries")
    if _counts_acts(page, notes) and not dated:
        return Scope("cumulative", "counts many acts together")
    return None


def _within_a_day(page: Page, notes: Notes) -> bool:
    first, end = page.bounds[notes.sentence]
    return any(pair in _A_DAY for pair in itertools.pairwise(page.low[first:end]))


def _left_out(page: Page, notes: Notes, toll: TollReading) -> Scope | None:
    """Say whether a passage counts over days or weeks, calls a figure false, or leaves it out of its own count."""
    if (doubted := _doubted(page, notes, toll)) is not None:
        return doubted
    said = " ".join(page.low[notes.first : notes.last][-_TAIL:])
    if any(cue in said for cue in _LEAVES_OUT):
        return Scope("other", "left out of the count that the report gives")
    if any(t.rule == SHARE and t.group == toll.group and t.first >= toll.last for t in notes.wholes):
        return Scope("subtotal", "sums up a series of acts")
    if (
        _over_a_stretch(page, notes, toll)
        or _in_a_stretch(page, notes, toll)
        or _of_a_stretch(page, toll)
        or _over_the_same(page, notes)
    ):
        return Scope("period", "counts a stretch of time, not one act")
    return None


def _doubted(page: Page, notes: Notes, toll: TollReading) -> Scope | None:
    """Say whether a harm is only possible, a claim that nobody could verify, or called false."""
    if _only_possible(page, toll):
        return Scope("other", "spoken of as possible or planned, not as done")
    if _unverified(page, notes, toll):
        return Scope("other", "a claim that the report could not verify")
    words = page.low[notes.first : notes.last]
    if not _FALSE.isdisjoint(words):
        return Scope("other", "a figure that the report calls false")
    return None


def _unverified(page: Page, notes: Notes, toll: TollReading) -> bool:
    """Say whether a report cannot vouch for what it repeats: "the mission cannot verify claims that 65 were shot"."""
    for at in range(notes.first + 1, toll.first):
        if page.low[at] in _VERIFY and not _UNABLE.isdisjoint(page.low[max(notes.first, at - 3) : at]):
            return not _CLAIMS.isdisjoint(page.low[at + 1 : min(at + _TO_WHEN, toll.first)])
    return False


def _only_possible(page: Page, toll: TollReading) -> bool:
    """Say whether a harm is one that may come, or was meant: "can kill dozens", "planned to kill pilgrims"."""
    before = toll.first - 1
    if before < 1:
        return False
    if page.low[before] in _COSTS and page.words[before - 1] in _MODALS:
        return True  # "could cost dozens of lives"
    if page.mark("harm", toll.first) is None:
        return False
    if page.words[before] in _MODALS:
        return True
    return page.low[before] == "to" and page.low[before - 1] in _MEANT


def _of_many(page: Page, notes: Notes, toll: TollReading) -> Scope | None:
    """Say whether a number is a verdict's ("27 murders"), or "taking the number of killings this year to 90"."""
    if toll.rule == _BY_NOUN and not _VERDICT.isdisjoint(page.low[notes.first : toll.first]):
        return Scope("other", "counted in a charge or a verdict")
    brought = not BRINGS.isdisjoint(page.low[max(notes.first, toll.first - _TO_WHEN) : toll.last])
    if toll.rule.startswith("stated") and brought and (notes.periods or any(not day_level(d) for d in notes.times)):
        return Scope("cumulative", "counts a whole campaign or war")
    return None


def _over_a_stretch(page: Page, notes: Notes, toll: TollReading) -> bool:
    """Say whether a toll is at once followed by how long it was counted: "killed 21 over two days"."""
    end, at = notes.last, toll.last
    for other in notes.wholes:
        at = (
            other.last if toll.last < other.first <= at + 1 else at
        )  # "killed six and wounded ten in all over two days"
    while at + 2 < end and page.low[at : at + 2] in _ALTOGETHER:
        at += 2
    if at + 2 < end and page.low[at] == "across":  # "230 killed across Exampleshire within those four days"
        at = next((i for i in range(at + 1, min(at + _TO_WHEN, end)) if page.low[i] in _OVER), at)
    if at + 2 >= end or page.low[at] not in _OVER:
        return False
    while at + 2 < end and page.low[at + 1] in _STRETCHED:
        at += 1
    counted = quantity_at(page, at + 1, end) is not None or page.low[at + 1] in {"a", "several", "many"}
    return bool(counted) and any(word in _STRETCHES for word in page.low[at + 2 : min(at + 4, end)])


def _in_a_stretch(page: Page, notes: Notes, toll: TollReading) -> bool:
    """Say whether a toll is what days brought: "two days that left 27 dead", "after a week in which 23 were killed"."""
    for at in range(max(notes.first + 2, toll.first - _TO_WHEN), toll.first):
        if page.low[at] not in _RELATIVE | {"that"}:
            continue
        unit = at - 1 - (page.low[at - 1] in {"in", "during"})
        one = page.low[unit - 1] in {"a", "the"} and page.low[unit] not in _SINGLE
        if page.low[unit] in _STRETCHES and (one or quantity_at(page, unit - 1, at) is not None):
            return True
    return False


def _over_the_same(page: Page, notes: Notes) -> bool:
    """Say whether a passage goes on with a stretch of time told of before: "over the same period 12 soldiers died"."""
    for at in range(notes.first, notes.last - 3):
        if page.low[at] in _OVER and page.low[at + 1 : at + 3] == ["the", "same"] and page.low[at + 3] in _SPANS:
            return True
    return False


def _of_a_stretch(page: Page, toll: TollReading) -> bool:
    """Say whether a stretch of time owns those who were harmed: "of the week's 19 dead", "the month's 40 deaths"."""
    at = toll.count.first - 1
    return at > 1 and page.low[at] == "'s" and page.low[at - 1] in _STRETCHES | {"day"}


def _in_several(page: Page, notes: Notes, toll: TollReading) -> bool:
    """Say whether a toll is at once followed by how many acts it counts: "killed nine in two separate attacks".

    Two of them on one place are one event: "killed nine in two strikes on the market of Exampla".
    """
    at = toll.last
    if at + 2 >= notes.last or page.low[at] != "in" or quantity_at(page, at + 1, notes.last) is None:
        return False  # "in cross-border strikes"
    if len(page.low[at + 1]) > _FEW and page.low[at + 1][0].isdigit():
        return False  # a campaign's: "in 1,400 air strikes"
    acts = [a for a in notes.acts if a.plural and at + 2 <= a.first <= at + _ACTS]
    if not acts or page.low[at + 1] == "one":
        return False
    return page.low[acts[0].last : acts[0].last + 1] not in (["on"], ["against"])


def _by_months(page: Page, notes: Notes, toll: TollReading, value: int) -> bool:
    """Say whether a record is kept by the month: "the mission counted 71 civilians killed in May and June"."""
    months = [d for d in notes.times if d.first.month and not d.first.day]
    kept = not _RECORDS.isdisjoint(page.low[max(notes.first, toll.first - _STATED) : toll.first + 1])
    return not notes.acts and (len(months) > 1 or (bool(months) and kept and value >= _GROUP))


def _periods(page: Page, notes: Notes) -> bool:
    """Say whether a stretch of time is told of, and not only in "which until Thursday served 40,000 people"."""
    for period in notes.periods:
        at = page.word_at(period.start)
        if _RELATIVE.isdisjoint(page.low[max(notes.first, at - _STATED - 1) : at]):
            return True
    return False


def _small(notes: Notes) -> bool:
    """Say whether a passage names a settlement that something happened in."""
    return any(p.located and p.rank >= _TOWN for p in notes.named)


def _several_days(mention: DateMention) -> bool:
    """Say whether a date spans more than a night: "6 to 9 August", "from Monday to Friday"."""
    if "night" in mention.time_of_day or mention.rule == EITHER:
        return False
    return mention.last is not None or mention.last_weekday is not None


def _wide(notes: Notes) -> bool:
    """Say whether a passage names nothing smaller than a governorate."""
    return all(p.rank <= _AREA for p in notes.places)


def _cue(page: Page, notes: Notes, toll: TollReading) -> str:
    """Return what the nearest cue makes of a toll: "370 in a week, and 2,715 since the war began" has two."""
    timed = bool(notes.periods or notes.times)
    # "In March alone" counts a month; "fighters alone were hit" counts nothing.
    found = [
        (m.first, m.value)
        for m in page.marked("total", notes.first, notes.last)
        if (timed or page.low[m.first] != "alone")
        and not of_the_dead(page, m)
        and not _of_the_day(page, m)
        and not _is_record(page, m)
        and not _is_rate(page, m, toll)
        and not _is_of_another(m.first, notes, toll)
    ]
    if not found:
        return ""
    return min(found, key=lambda cue: (_apart(cue[0], toll), cue[1]))[1]


def of_the_dead(page: Page, cue: Mark) -> bool:
    """Say whether a list names people, and not attacks: "a list of the dead".

    Parameters
    ----------
    page : Page
        The article.
    cue : Mark
        A cue of the tag `total`.
    """
    after = page.low[cue.last : cue.last + 3]
    return page.low[cue.last - 2 : cue.last] == ["list", "of"] and not _LISTED.isdisjoint(after)


def _is_record(page: Page, cue: Mark) -> bool:
    """Say whether "since" tells how long an act was the worst: "one of the deadliest attacks since the war began"."""
    back = page.low[max(0, cue.first - _RECORD) : cue.first]
    return page.low[cue.first] == "since" and not _WORST.isdisjoint(back) and "," not in back


def _is_of_another(word: int, notes: Notes, toll: TollReading) -> bool:
    """Say whether a cue belongs to a toll that is stated after it: "…, which put the overall toll at 23"."""
    return any(
        t is not toll and t.rule.startswith("stated") and t.first - _STATED <= word < t.last for t in notes.wholes
    )


def _of_the_day(page: Page, cue: Mark) -> bool:
    """Say whether "since" counts the hours of one day: "since dawn", "since this morning"."""
    if page.low[cue.first] != "since":
        return False
    if "when" in page.low[cue.last : cue.last + _TO_WHEN]:
        return True  # "the worst since 3 May, when …"
    after = page.low[cue.last : cue.last + 3]
    if page.low[cue.first - 1] == "," and after and (after[0] in _SUBJECTS or page.mark("number", cue.last)):
        return True  # "14 dead, not 17, since three were found alive" gives a reason
    return bool(after) and (after[0] in _HOURS or (after[0] in {"this", "early"} and not _HOURS.isdisjoint(after[1:])))


def _is_rate(page: Page, cue: Mark, toll: TollReading) -> bool:
    """Say whether "a month" tells how often something else is done: "which performed 140 operations a month"."""
    if page.low[cue.first] not in {"a", "per"} or cue.last - cue.first != _STATED:
        return False
    return any(page.counting[at] and not toll.first <= at < toll.last for at in range(cue.first - _RATE, cue.first))


def _apart(word: int, toll: TollReading) -> int:
    return toll.first - word if word < toll.first else max(0, word - toll.last + 1)


def _one_act(notes: Notes) -> bool:
    return any(is_violence(a) and not a.plural and not (a.verb and a.weak) for a in notes.acts)


def _counts_acts(page: Page, notes: Notes) -> bool:
    """Say whether a number of acts stands beside the toll: "in more than 28,000 air strikes"."""
    for act in notes.acts:
        if act.plural and act.type in {"air strike", "attack", "raid"}:
            for back in range(max(notes.first, act.first - 4), act.first):
                word = page.low[back]
                if word[0].isdigit() and len(word) > 2:
                    return True
    return False
