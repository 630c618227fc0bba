"""Numbers that were read and not mapped, each with its kind and the reason.

Sorties, bombs, troops, ages, distances, shares, populations, sums of money:
a reviewer sees what was left out and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from mapper.model import Comparator, JSONScalar
from mapper.reading.events import is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.ages import is_age
from mapper.reading.tolls.numbers import Quantity, quantity_at

_REACH: Final = 6
_LARGE: Final = 1_000
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
        if count is None or any(w in used for w in range(count.first, count.last)):
            continue
        kind, last = _kind(page, count, notes, strikes)
        strikes = kind if kind == "strike-count" else strikes
        described = kind == "other" and any(
            p.first <= count.first < p.last and p.last > p.count.last for p in notes.phrases
        )
        if kind != "other" or (
            not described and count.op != "word" and page.low[count.last - 1] not in {"one", "no", "single"}
        ):
            reason = _REASONS[kind]
            yield Aside(count.first, last, kind, _value(count), count.op, reason, f"number-{kind}")
        free = max(count.last, at + 1)


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
    if named and at >= 3 and any(c.isupper() for c in page.words[at - 2]):
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
            if last > act.last:
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
