"""Who is said to have done it, how surely, and by what means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Mark, Page

Stance = Literal["reported", "suspected", "claimed", "acknowledged", "denied"]

_REACH: Final = 5
_HOLDING: Final = frozenset({"held", "controlled", "occupied", "besieged", "backed", "against", "targeting", "target"})
_COALITION: Final = "coalition"
_STOPS: Final = frozenset({".", ";", "held", "that", "which", "who", "of"})


@dataclass(frozen=True, slots=True)
class ActorReading:
    """A party said to have done it, in words ``first..last`` (last exclusive)."""

    first: int
    last: int
    name: str
    stance: Stance
    means: str


def read_actors(page: Page, notes: Notes) -> list[ActorReading]:
    """Return who a segment says did it, in order, each party once.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment that tells of an act.
    """
    acts = [a for a in notes.acts if is_violence(a)]
    found: dict[str, ActorReading] = {}
    past = notes.first
    for mark in page.marked("actor", notes.first, notes.last):
        if mark.first < past:
            continue
        past = mark.last
        act = _act_of(page, mark, acts, notes)
        if act is None or _only_holds(page, mark, notes.first):
            continue
        means = act.type if isinstance(act, Act) else ""
        name = _coalition(page) if mark.value == _COALITION else mark.value
        found.setdefault(name, ActorReading(mark.first, mark.last, name, _stance(page, mark, notes), means))
    return list(found.values())


def _coalition(page: Page) -> str:
    """Tell which coalition an article speaks of, where it names just one."""
    named = {mark.value for mark in page.marks.get("actor", {}).values() if mark.value.endswith("-led coalition")}
    return named.pop() if len(named) == 1 else _COALITION


def _act_of(page: Page, mark: Mark, acts: list[Act], notes: Notes) -> Act | Mark | None:
    """Find the act that an actor word stands before, is the subject of, or did ("bombed by …")."""
    end = min(mark.last + _REACH, notes.last)
    for at in range(mark.last, end):
        if page.low[at] in _STOPS:
            break
        for act in acts:
            if act.first == at and (not act.verb or at - mark.last <= 2):
                return act
        doer = page.mark("doer", at)
        if doer is not None and at - mark.last <= 2:
            return acts[0] if acts else (doer if page.has("harm", notes.first, notes.last) else None)
        if page.low[at] == "," and at > mark.last + 1:
            break
    before = mark.first - 1
    if before > notes.first and page.low[before] == "the":
        before -= 1
    if before >= notes.first and page.low[before] == "by" and acts:
        return acts[0]
    to = page.text[page.starts[max(notes.first, mark.first - 4)] : page.starts[mark.first]]
    return acts[0] if acts and "attribut" in to else None


def _only_holds(page: Page, mark: Mark, first: int) -> bool:
    return any(page.low[i] in _HOLDING for i in range(max(first, mark.first - 2), mark.first))


def _stance(page: Page, mark: Mark, notes: Notes) -> Stance:
    """Read how surely: "alleged" before the actor, "declared", "denied" near it."""
    lo = max(notes.first, mark.first - 6)
    for cue in page.marked("stance", lo, min(mark.last + 6, notes.last)):
        match cue.value:
            case "suspected" | "claimed" | "acknowledged" | "denied":
                if cue.value == "claimed" and page.low[cue.first] == "declared":
                    return "acknowledged"
                return cue.value
            case _:
                continue
    return "reported"
