"""Acts of violence: which words tell of one, and whether it is a new one.

An act is a noun ("a US airstrike") or a verb ("bombed"). The words before a
noun say whether it is one ("a", "another"), the one just told ("the", "this")
or several at once ("a series of", a bare plural).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from mapper.reading.page import Page
from mapper.reading.vocabulary import word_set

Determiner = Literal["indefinite", "new", "same", "bare", "dated"]

_BACK: Final = 8
_INDEFINITE: Final = frozenset({"a", "an", "one"})
_SAME: Final = frozenset({"the", "this", "that", "these", "those", "same", "such"})
_NEW: Final = frozenset(
    {"another", "second", "third", "fourth", "separate", "different", "further", "similar", "other"}
    | {"deadliest", "bloodiest", "heaviest", "worst", "deadlier", "worse"}
)
_STOP: Final = word_set("ends_act")
_NOT_YET: Final = frozenset(
    {"to", "will", "would", "could", "may", "might", "if", "should", "can", "stop", "avoid", "not"}
)
_MODALS: Final = frozenset({"will", "would", "could", "may", "might", "can", "should"})
_WEAK: Final = frozenset(
    {"targeting", "hitting", "striking", "targets", "hits", "destroyed", "bombs", "strikes", "attacks", "shot"}
)
_WERE: Final = frozenset({"was", "were"})
_CONTEXT_TYPES: Final = frozenset({"history", "labour"})
LABOUR: Final = frozenset({"strike", "strikes"})
"""Words for acts that workers do too."""
_PLURALS: Final = {
    "air strikes": "air strike",
    "drone strikes": "drone strike",
    "shellings": "shelling",
    "barrel bombings": "barrel bombing",
    "shootings": "shooting",
    "raids": "raid",
    "bombings": "bombing",
    "chemical attacks": "chemical attack",
    "massacres": "massacre",
    "attacks": "attack",
}
_MONTHS: Final = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"}
    | {"december"}
)
_DAYS: Final = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday", "today"}
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of violence in words ``first..last`` (last exclusive).

    Parameters
    ----------
    type : str
        air strike, shelling, drone strike, raid, shooting, bombing, …
    verb : bool
        Told by a verb.
    plural : bool
        Several acts ("airstrikes").
    determiner : Determiner
        What the words before a noun make of it.
    weak : bool
        A word that often describes an act told elsewhere ("targeting").
    """

    first: int
    last: int
    type: str
    verb: bool
    plural: bool
    determiner: Determiner
    weak: bool = False


def read_acts(page: Page, sentence: int) -> list[Act]:
    """Return the acts that one sentence speaks of, in order."""
    first, end = page.bounds[sentence]
    acts: list[Act] = []
    past = first
    for mark in page.marked("act", first, end):
        if mark.first < past:
            continue
        kind, _, form = mark.value.rpartition(" ")
        verb = form == "verb"
        if verb and page.low[mark.first] == "bombs" and mark.last < end and page.mark("harm", mark.last):
            kind, verb = "bombings", False  # "Bombs kill 30"
        if mark.first > first and page.low[mark.first - 1] in (_NOT_YET if verb else _MODALS):
            continue
        determiner: Determiner = "bare" if verb else _determiner(page, mark.first, first)
        plural = kind in _PLURALS
        weak = page.low[mark.first] in _WEAK and verb and not _were_shot(page, mark.first, first)
        acts.append(Act(mark.first, mark.last, _PLURALS.get(kind, kind), verb, plural, determiner, weak))
        past = mark.last
    return acts


def _were_shot(page: Page, verb: int, first: int) -> bool:
    """Say whether people are told to have been shot, whatever became of them: "two brothers were shot in Exampla"."""
    return page.low[verb] == "shot" and verb > first and page.low[verb - 1] in _WERE


def is_violence(act: Act) -> bool:
    """Say whether an act can be an incident (a war, a siege or a strike of workers is not)."""
    return act.type not in _CONTEXT_TYPES


def _determiner(page: Page, noun: int, first: int) -> Determiner:
    for back in range(noun - 1, max(first, noun - _BACK) - 1, -1):
        low = page.low[back]
        if low in _NEW:
            return "new"
        if low in _INDEFINITE:
            return "new" if back > first and page.low[back - 1] in _NEW else "indefinite"
        if low == "'s" and back > first and page.low[back - 1] in _DAYS:
            return "dated"
        if low in _SAME:
            return "same"
        if low in _MONTHS or (low[0].isdigit() and page.low[back + 1] in _MONTHS):
            continue  # "a 1 June attack", "the 12 June attack"
        if low in _STOP or low[0].isdigit() or any(page.mark(tag, back) for tag in ("number", "report", "harm")):
            return "bare"
    return "bare"


def main_type(acts: list[Act]) -> str:
    """Return the most telling event type among `acts`: a noun or verb of a kind before "attack"."""
    kinds = [a.type for a in acts if is_violence(a)]
    telling = [k for k in kinds if k not in {"attack", "bombing"}]
    return (telling or kinds or ["unknown"])[0]
