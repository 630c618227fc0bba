"""Who is said to have done it, how surely, and by what means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mapper.reading.doers import Stance, doing_of, party_end
from mapper.reading.notes import Notes
from mapper.reading.page import Mark, Page

_OF_PARTY: Final = 5
_COALITION: Final = "coalition"


@dataclass(frozen=True, slots=True)
class ActorReading:
    """A party said to have done it, in words ``first..last`` (last exclusive)."""

    first: int
    last: int
    name: str
    stance: Stance
    means: str


def read_actors(page: Page, notes: Notes) -> list[ActorReading]:
    """Return who a segment says did it, in order, each party once for how surely it is said.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        A segment that tells of an act.
    """
    found: dict[tuple[str, Stance], ActorReading] = {}
    past = notes.first
    for mark in page.marked("actor", notes.first, notes.last):
        if mark.first < past or _is_harmed(page, notes, mark):
            continue
        past = party_end(page, mark, notes.last)
        doing = doing_of(page, mark, past, notes)
        if doing is None:
            continue
        name = _coalition(page) if mark.value == _COALITION else mark.value
        found.setdefault((name, doing.stance), ActorReading(mark.first, mark.last, name, doing.stance, doing.means))
    return list(found.values())


def _is_harmed(page: Page, notes: Notes, mark: Mark) -> bool:
    """Say whether a party stands among those whom a verb before it harmed: "killed three members of the police"."""
    tolls = [t for t in notes.wholes if t.rule == "harm-object" and t.count.first < mark.first]
    return any(mark.first < t.last + _OF_PARTY * (page.low[t.last] == "of") for t in tolls if t.last < notes.last)


def _coalition(page: Page) -> str:
    """Tell which coalition an article speaks of, where it names just one."""
    named = {mark.value for mark in page.marks.get("actor", {}).values() if mark.value.endswith("-led coalition")}
    return named.pop() if len(named) == 1 else _COALITION
