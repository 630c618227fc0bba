"""The dead whom only a pronoun tells: "Five men were in the van. None survived.", "They were killed instantly."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.coordination import subject_of, without_apposition
from mapper.reading.tolls.numbers import Quantity, small_number
from mapper.reading.tolls.people import PeoplePhrase, whole
from mapper.reading.tolls.stated import PARTS, TollReading, subset
from mapper.reading.tolls.walk import BE

_CUES: Final = frozenset({"all", "they", "none", "nobody", "no", "only"})
_OF_THEM: Final = (["of", "them"], ["of", "whom"], ["of", "these"])
_LIVED: Final = frozenset({"survived", "lived"})
_BETWEEN: Final = BE | {"all", "have", "had", "has", "later", "instantly", "immediately", "reportedly", "also", "then"}
_TO_HARM: Final = 5
_OPENING: Final = 12
_BACK: Final = 2
_CLAUSE: Final = frozenset({";", ",", "and", "but", ".", "-", "\u2013", "\u2014"})


def tolls_of_pronouns(page: Page, notes: Notes, seen: Sequence[Notes]) -> list[TollReading]:
    """Count those whom a segment tells to have died by a pronoun, or give a number their sex or age.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    seen : sequence of Notes
        Those before it.
    """
    killed = [t for t in notes.tolls if t.group == "killed"]
    if killed:
        return _of_kind(page, killed, notes, seen)
    if _CUES.isdisjoint(page.low[notes.first : notes.first + _OPENING]):
        return []
    for at in range(notes.first, min(notes.first + _OPENING, notes.last)):
        if page.low[at] not in _CUES or not (at == notes.first or page.low[at - 1] in _CLAUSE):
            continue
        lived = _lived(page, at, notes.last)
        last = lived or _died(page, at, notes.last)
        if not last:
            continue
        those = _antecedent(page, notes, at, seen)
        less = small_number(page.low[at + 1]) or 0 if lived and page.low[at] == "only" else 0
        if not those or those[0].count.value <= less:
            return []
        count = _without(whole(those), less)
        toll = TollReading(notes.sentence, at, last, "killed", "", "people", count, "pronoun", definite=True)
        parts = [] if less else [[p for p in those if p.of == of] for of in PARTS]
        return [toll, *(subset(notes.sentence, kind, "killed") for kind in parts if kind)]
    return []


def _of_kind(page: Page, killed: Sequence[TollReading], notes: Notes, seen: Sequence[Notes]) -> list[TollReading]:
    """Return the women, children and men that a number goes back to: "Three girls were playing. All three died."."""
    toll = killed[0]
    back = toll.definite or toll.rule == "bodies" or page.low[toll.count.first] in {"all", "both"}
    if len(killed) > 1 or toll.of or not back or toll.count.op != "=" or toll.population != "people":
        return []
    those = _antecedent(page, notes, toll.first, seen)
    if not those or whole(those).value != toll.count.value:
        return []
    return [subset(notes.sentence, kind, "killed") for of in PARTS if (kind := [p for p in those if p.of == of])]


def _antecedent(page: Page, notes: Notes, at: int, seen: Sequence[Notes]) -> list[PeoplePhrase]:
    """Return the people told of last before a word, where a number says how many they are."""
    for told in (notes, *reversed(seen[-_BACK:])):
        if notes.paragraph - told.paragraph > 1:
            return []
        people = [p for p in told.phrases if p.last <= at and not p.plural_only and p.population and p.count.value]
        if people:
            those = without_apposition(page, subject_of(page, people))
            counted = all(p.count.op == "=" and p.population not in {"fighters", "families"} for p in those)
            return those if counted and whole(those).value > 1 else []
    return []


def _lived(page: Page, at: int, end: int) -> int:
    """Return the word after "none (of them) survived", "no one survived", "only one survived", or 0."""
    if page.low[at] in {"all", "they"}:
        return 0
    last = at + 1 + (page.low[at] in {"no", "only"})
    last += 2 * (page.low[last : last + 2] in _OF_THEM)
    return last + 1 if last < end and page.low[last] in _LIVED else 0


def _died(page: Page, at: int, end: int) -> int:
    """Return the word after "all of them died", "they were all killed", or 0."""
    if page.low[at] not in {"all", "they"}:
        return 0
    at += 1 + 2 * (page.low[at + 1 : at + 3] in _OF_THEM)
    for word in range(at, min(at + _TO_HARM, end)):
        harm = page.mark("harm", word)
        if harm is not None:
            passive = not BE.isdisjoint(page.low[at:word])
            form = "killed verb" if passive else "killed bare"
            return harm.last if harm.value in {form, "killed bare"} else 0
        if page.low[word] not in _BETWEEN:
            return 0
    return 0


def _without(count: Quantity, less: int) -> Quantity:
    """Take those who lived out of a number."""
    value = count.value - less
    return replace(count, value=value, minimum=value, maximum=value, exact=float(value)) if less else count
