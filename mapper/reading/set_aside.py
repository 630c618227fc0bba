"""Numbers that were read and not mapped, each with its kind and the reason.

Sorties, bombs, troops, ages, distances, shares, populations, sums of money:
a reviewer sees what was left out and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from mapper.model import Comparator, JSONScalar
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.ages import is_age
from mapper.reading.tolls.numbers import Quantity, quantity_at
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.totals import SUMS

_REACH: Final = 6
_LARGE: Final = 1_000
_OLDEST: Final = 120
_GROUP: Final = 10
_MANY: Final = 100
_FRACTION: Final = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine)-(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?"
)
_REASONS: Final = {
    "strike-count": "counts strikes, not people",
    "munition-count": "counts munitions, not people",
    "force-size": "the size of a force",
    "population": "how many live there",
    "duration": "a length of time",
    "distance": "a distance",
    "ratio": "a share or a rate",
    "money": "a sum of money",
    "age": "an age",
    "exposed": "people in danger, not people harmed",
    "cumulative": "a total over many acts",
    "boilerplate": "stands in text about the outlet",
    "history": "an event of the past that the report only mentions",
    "other": "counts something else",
}


@dataclass(frozen=True, slots=True)
class Aside:
    """Something set aside, in words ``first..last`` (last exclusive)."""

    first: int
    last: int
    kind: str
    value: JSONScalar
    op: Comparator | None
    reason: str
    rule: str


def other_numbers(page: Page, notes: Notes, used: AbstractSet[int], blocked: AbstractSet[int]) -> Iterator[Aside]:
    """Yield the numbers of a segment that no toll used.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    used : set of int
        Words of tolls, mapped or set aside already.
    blocked : set of int
        Words of dates and ages.
    """
    free = notes.first
    strikes = ""
    for at in page.counting_words(notes.first, notes.last):
        if at < free:
            continue
        if at in blocked and page.low[at].isdecimal() and page.low[at].isascii() and is_age(page, at):
            age = _age(page, at, notes)
            if age is not None:
                yield age
                free = age.last
                continue
        count = None if at in used else quantity_at(page, at, notes.last, blocked)
        part = 0 if at in used else _share_end(page, at, count, notes.last, blocked)
        if part and used.isdisjoint(range(at, part)):
            yield Aside(at, part, "ratio", None, None, _REASONS["ratio"], "number-ratio")
            free = part
            continue
        if count is not None and used.isdisjoint(range(at, count.last)) and _says_age(page, count):
            yield Aside(at, count.last, "age", count.value, "=", _REASONS["age"], "number-age")
            free = count.last
            continue
        if count is None or any(w in used for w in range(count.first, count.last)):
            continue
        kind, last = _kind(page, count, notes, strikes)
        strikes = kind if kind == "strike-count" else strikes
        people = next((p for p in notes.phrases if p.first <= count.first < p.last and p.last > p.count.last), None)
        if kind == "other" and people is not None and count.value >= _GROUP:
            kind, last = _of_people(people), people.last
            people = None
        if kind != "other" or (
            people is None and count.op != "word" and page.low[count.last - 1] not in {"one", "no", "single"}
        ):
            reason = _REASONS[kind]
            yield Aside(count.first, last, kind, _value(count), count.op, reason, f"number-{kind}")
        free = max(count.last, at + 1)


def _says_age(page: Page, count: Quantity) -> bool:
    """Say whether a number ends "She is 58.", "the boy was 12", "an officer, now 49,"."""
    if count.value >= _OLDEST or page.low[min(count.last, len(page.low) - 1)] not in {
        ".",
        ",",
        ";",
        ")",
        "and",
        "when",
    }:
        return False
    before = page.low[count.first - 1] if count.first else ""
    if before == "now":
        return count.first > 1 and page.low[count.first - 2] == ","
    subject = count.first - 2
    if before not in {"is", "was"} or subject < 0:
        return False
    noun = page.mark("people", subject)
    return page.low[subject] in {"he", "she"} or (noun is not None and noun.value.endswith("(one)"))


def _of_people(people: PeoplePhrase) -> str:
    """Say what a number of people is of whom no harm is told: a force, many in danger, or others."""
    if people.population == "fighters":
        return "force-size"
    return "exposed" if people.count.value >= _MANY else "other"


def _share_end(page: Page, at: int, part: Quantity | None, end: int, blocked: AbstractSet[int]) -> int:
    """Return where a share ends that is told in words or as one number of another: "four-fifths", "12 of 77", or 0."""
    if _FRACTION.fullmatch(page.low[at]):
        return at + 1
    if part is None or part.op == "word" or part.last + 1 >= end:
        return 0
    link = part.last
    if page.low[link : link + 2] == ["out", "of"]:
        link += 1
    if page.low[link] not in {"in", "of"}:
        return 0
    begin = link + 1 + (page.low[link + 1] == "every")
    whole = quantity_at(page, begin, end, blocked) if begin < end else None
    if whole is None or whole.first != begin or whole.op == "word" or not 0 < part.value < whole.value:
        return 0
    times = page.mark("counted", whole.last)  # "killed in 48 hours" is no share
    return 0 if times is not None and times.value in {"duration", "distance", "money"} else whole.last


def _value(count: Quantity) -> JSONScalar:
    return count.value if count.exact == count.value else count.exact


def _age(page: Page, at: int, notes: Notes) -> Aside | None:
    if len(page.low[at]) > 3 or int(page.low[at]) >= 120:
        return None
    last = at + 1
    for ahead in range(at + 1, min(at + 4, notes.last)):
        if "old" in page.low[ahead] or page.low[ahead].startswith(("year", "month")):
            last = ahead + 1
    named = page.low[at - 1] in {",", "(", "aged", "age"} if at else False
    if last == at + 1 and not named:
        return None
    first = at
    if named and at >= 3 and page.has_capital(at - 2):
        first = at - 3 if page.capital(at - 3) else at - 2
    return Aside(first, last, "age", int(page.low[at]), "=", _REASONS["age"], "number-age")


def _kind(page: Page, count: Quantity, notes: Notes, strikes: str) -> tuple[str, int]:  # noqa: PLR0911 - a table of decisions, read from the top
    """Say what a number counts, and where the words that show it end."""
    if notes.boilerplate:
        return "boilerplate", count.last
    before = count.first - 1
    if page.mark("currency", before) or page.mark("currency", count.last - 2):
        return "money", count.last
    for at in range(count.last, min(count.last + _REACH, notes.last)):
        counted = page.mark("counted", at)
        if counted is not None:
            if counted.value in {"duration", "distance"} and at - count.last > 1:
                break
            if counted.value == "force-size" or counted.value != "population" or not _exposed(page, count, notes):
                return counted.value, counted.last
        if page.low[at] in {",", ".", ";", "in", "by", "were", "was"}:
            break
    exposed = _exposed(page, count, notes)
    if exposed:
        return "exposed", exposed
    if count.last < notes.last and page.low[count.last] == "carried" and strikes:
        return "strike-count", min(count.last + 2, notes.last)
    harmed = [m.last for m in page.marked("harm", count.last, notes.last)]
    if harmed and count.value >= _LARGE:
        near = harmed[0] if harmed[0] - count.last <= 8 else count.last
        return "cumulative", near
    if count.value >= _LARGE and page.has("harm", notes.first, count.first):
        return "cumulative", count.last
    return "other", _noun_end(page, count, notes)


def _exposed(page: Page, count: Quantity, notes: Notes) -> int:
    """Return where the words end that say these people were in danger ("were sheltering"), or 0."""
    for mark in page.marked("exposed", count.last, min(count.last + 10, notes.last)):
        return mark.last
    return 0


def _noun_end(page: Page, count: Quantity, notes: Notes) -> int:
    at = count.last
    while at < min(count.last + 3, notes.last) and page.low[at].isalpha() and page.mark("locative", at) is None:
        at += 1
    return at


def in_step(page: Page, asides: Sequence[Aside]) -> list[Aside]:
    """Give what goes on from a sum its kind: "… for 204 of the deaths, aircraft for 57", "97 of them".

    Parameters
    ----------
    page : Page
        The article.
    asides : sequence of Aside
        All of it, in order.
    """
    found: list[Aside] = []
    total: Aside | None = None
    for aside in asides:
        told = aside
        if aside.kind in SUMS:
            total = aside
        elif aside.kind == "other" and total is not None and _goes_on(page, total, aside):
            told = replace(aside, kind=total.kind, reason=total.reason)
        found.append(told)
    return found


def _goes_on(page: Page, total: Aside, aside: Aside) -> bool:
    after = page.low[aside.first + 1 : aside.first + 3]
    if after[:1] == ["of"] and after[1:] and after[1] in {"them", "these", "those"}:
        return page.text.count("\n", page.starts[total.first], page.starts[aside.first]) == 0
    stops = page.low[total.last : aside.first]
    bare = not after or after[0] in {",", ".", "and", ";", "in"}
    return bare and "." not in stops and page.low[aside.first - 1] in {"for", "against", "and", "from", "to"}


def passing_mentions(page: Page, notes: Notes, *, told: bool) -> Iterator[Aside]:
    """Yield acts that a segment only mentions: wars, sieges, years of bombing, attacks without casualties.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    told : bool
        The segment belongs to an account; its own acts are not passing.
    """
    for act in notes.acts:
        last = max((p.last for p in notes.places if p.first >= act.last and p.first - act.last <= 6), default=act.last)
        if not is_violence(act):
            if last > act.last and act.type == "history":
                yield Aside(
                    _start(page, act.first, notes), last, "history", None, None, _REASONS["history"], "passing-history"
                )
        elif not told and (act.verb and not act.weak and last > act.last):
            yield Aside(
                _start(page, act.first, notes),
                last,
                "other",
                None,
                None,
                "an attack without casualties or a date",
                "passing-attack",
            )
        elif not told and not act.verb and act.determiner == "bare" and last > act.last:
            yield Aside(
                _start(page, act.first, notes),
                last,
                "period",
                None,
                None,
                "bombing over some time, not one act",
                "passing-campaign",
            )


def _start(page: Page, first: int, notes: Notes) -> int:
    """Begin a passing mention a few words earlier, at the start of its phrase."""
    at = first
    while (
        at > notes.first
        and first - at < 6
        and page.low[at - 1] not in {",", ".", ";", "that", "where", "when", "which"}
    ):
        at -= 1
    return at
