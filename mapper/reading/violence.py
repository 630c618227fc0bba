"""Whether what was told is violence at all: not a flood, an epidemic, an obituary or a lost match.

An event needs an act that somebody did, or harm that only somebody can have
done ("killed", "shot dead"). Words that are also said of storms, strikes of
workers and football ("hit", "strike", "lost") need more beside them.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Final

from mapper.reading.events import Act, is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.vocabulary import word_set

_GENERIC: Final = frozenset({"attack", "raid"})
_NATURAL: Final = word_set("natural_causes")
_ALSO_ELSE: Final = word_set("also_no_violence")
_DONE: Final = word_set("done_to_people")
_BY_HAND: Final = _DONE - {"killed", "killing", "injuring", "wounded", "wounding"}
"""What no storm does: to shoot, to behead."""
_ARMS: Final = word_set("of_arms")
_NEAR_ARMS: Final = word_set("near_arms")
_ENOUGH: Final = 2


def speaks_of_arms(page: Page) -> bool:
    """Say whether an article is about violence, by its words for arms and those who bear them."""
    return not _ARMS.isdisjoint(page.low) or len(_NEAR_ARMS.intersection(page.low)) >= _ENOUGH


def tells_of_violence(page: Page, told: Iterable[Notes], *, armed: bool) -> bool:
    """Say whether an event is one of violence.

    Parameters
    ----------
    page : Page
        The article.
    told : iterable of Notes
        The segments that tell of it.
    armed : bool
        The article speaks of arms, see `speaks_of_arms`.
    """
    told = list(told)
    if any(_surely_violent(page, notes) for notes in told):
        return True
    lead = told[0]
    words = page.low[lead.first : lead.last]
    if not _NATURAL.isdisjoint(words) and _ARMS.isdisjoint(words):
        return _was_done(page, told[0], _BY_HAND)
    harmed = any(notes.wholes for notes in told)
    if armed or any(_was_done(page, notes) for notes in told):
        return True
    if harmed and not _DONE.isdisjoint(page.low) and _NATURAL.isdisjoint(page.low):
        return True
    return harmed and any(is_violence(act) for notes in told for act in notes.acts)


def _surely_violent(page: Page, notes: Notes) -> bool:
    """Say whether a segment tells of an act that is violence whatever stands around it."""
    if notes.boilerplate:
        return False
    armed = any(page.has(tag, notes.first, notes.last) for tag in ("actor", "doer"))
    return any(_is_sure(page, act, armed=armed) for act in notes.acts if is_violence(act))


def _is_sure(page: Page, act: Act, *, armed: bool) -> bool:
    if act.type in _GENERIC or act.weak or (act.last - act.first == 1 and page.low[act.first] in _ALSO_ELSE):
        return armed and not act.weak
    return True


def _was_done(page: Page, notes: Notes, done: Container[str] = _DONE) -> bool:
    """Say whether a segment has harm that somebody did: "were killed", "wounding"."""
    return bool(notes.wholes) and any(page.low[m.first] in done for m in page.marked("harm", notes.first, notes.last))
