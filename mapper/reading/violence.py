"""Whether what was told is violence at all: not a flood, an epidemic, an obituary, a lost match or a film.

An event needs an act that somebody did, or harm that only somebody can have
done ("killed", "shot dead"). Words that are also said of storms, strikes of
workers and football ("hit", "strike", "lost") need more beside them; a stated
cause that is nobody's doing ("when a gas cylinder exploded") outweighs them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.reading.events import LABOUR, Act, is_violence
from mapper.reading.notes import Notes
from mapper.reading.page import Page
from mapper.reading.tolls.totals import Scope
from mapper.reading.vocabulary import word_set

_NOBODY: Final = Scope("no-act", "nothing says that anybody did it")
_PLAYED: Final = Scope("no-act", "told in a film or a book, or played in an exercise")
_CRIME: Final = Scope("no-act", "a crime of one person on another, before the police or a court")
_GENERIC: Final = frozenset({"attack", "raid"})
_NATURAL: Final = word_set("natural_causes")
_ALSO_ELSE: Final = word_set("also_no_violence")
_DONE: Final = word_set("done_to_people")
_BY_HAND: Final = _DONE - {"killed", "killing", "injuring", "wounded", "wounding", "burned", "burnt"}
"""What no storm does: to shoot, to behead."""
_ARMS: Final = word_set("of_arms")
_NEAR_ARMS: Final = word_set("near_arms")
_CARRIED: Final = word_set("carried_arms")
"""Weapons, and those who bear them, that are said of nothing else."""
_WEAPONS: Final = word_set("weapons")
_BURSTS: Final = frozenset({"blew", "blown", "burst", "exploded", "exploding", "fell", "went"})
_ENOUGH: Final = 2
_NOTE: Final = 150
"""So many words, and a text is a note, in which one word of arms is enough."""
_MATCH: Final = 2
_AROUND: Final = 400


@dataclass(frozen=True, slots=True)
class Theme:
    """What a page is about, asked once for all its events.

    Parameters
    ----------
    armed : bool
        It is about violence, by its words for arms and those who bear them.
    unarmed : bool
        No such word stands in it.
    crime : bool
        It is about the police or a court, and speaks of no arms of war.
    labour : bool
        Workers are on strike.
    otherwise : bool
        Nature, chance or workers may have done what it tells.
    done : bool
        Somebody was killed or wounded in it.
    """

    armed: bool
    unarmed: bool
    crime: bool
    labour: bool
    otherwise: bool
    done: bool


def theme_of(page: Page) -> Theme:
    """Say what a page is about."""
    unarmed = _ARMS.isdisjoint(page.low) and _CARRIED.isdisjoint(page.low)
    labour = any(mark.value == "labour noun" for mark in page.marks["act"].values())
    return Theme(
        armed=_speaks_of_arms(page),
        unarmed=unarmed,
        crime=unarmed and _is_case(page),
        labour=labour,
        otherwise=labour or bool(page.order["accident"]) or not _NATURAL.isdisjoint(page.low),
        done=not _DONE.isdisjoint(page.low),
    )


def _is_case(page: Page) -> bool:
    """Say whether a page tells of a case before the police or a court, by two of its words."""
    named = {page.low[word] for word in page.order["crime"]}
    return len(named) >= _ENOUGH and any(mark.value == "case" for mark in page.marks["crime"].values())


def _speaks_of_arms(page: Page) -> bool:
    """Say whether an article is about violence, by its words for arms and those who bear them."""
    arms = _ARMS.intersection(page.low)
    near = _NEAR_ARMS.intersection(page.low)
    natural = len(page.order["accident"]) + len(_NATURAL.intersection(page.low))
    if natural > _ENOUGH and natural > len(arms) + len(near):
        return False
    return bool(arms) or len(near) >= _ENOUGH or (len(page.low) <= _NOTE and not near <= LABOUR)


def no_violence(page: Page, told: Sequence[Notes], theme: Theme) -> Scope | None:
    """Say why an event is none of violence, or None where it is one.

    Parameters
    ----------
    page : Page
        The article.
    told : sequence of Notes
        The segments that tell of it, its lead first.
    theme : Theme
        From `theme_of`.
    """
    if _is_played(page, told):
        return _PLAYED
    if _is_match(page, told) or _is_accident(page, told, theme):
        return _NOBODY
    if theme.crime:
        return _CRIME
    return None if _was_violent(page, told, theme) else _NOBODY


def _was_violent(page: Page, told: Sequence[Notes], theme: Theme) -> bool:
    if theme.unarmed and not any(notes.wholes for notes in told):
        # "The column was fired on", but not "the minister came under fire".
        return any(_is_sure(page, a, theme, armed=False) for notes in told for a in notes.acts if is_violence(a))
    if any(_surely_violent(page, notes, theme) for notes in told):
        return True
    lead = told[0]
    words = page.low[lead.first : lead.last]
    if not _NATURAL.isdisjoint(words) and _ARMS.isdisjoint(words):
        return _was_done(page, told[0], _BY_HAND)
    if theme.armed or theme.otherwise or not any(notes.wholes for notes in told):
        return theme.armed or any(_was_done(page, notes, _BY_HAND) for notes in told)
    return theme.done or any(is_violence(act) for notes in told for act in notes.acts)


def _is_played(page: Page, told: Sequence[Notes]) -> bool:
    """Say whether a paragraph tells of an exercise, or, on no day, of a film that the page is about."""
    if not page.order["unreal"]:
        return False
    first, last = _paragraph(page, told[0])
    found = page.marked("unreal", first, last)
    if any(mark.value == "drill" for mark in found):
        return True
    if len(page.order["unreal"]) < _ENOUGH:
        return False
    counted = [notes for notes in told if notes is told[0] or notes.wholes]
    on_a_day = any(d.first.day or d.weekday is not None for notes in counted for d in notes.times)
    return bool(found) and not on_a_day


def _is_match(page: Page, told: Sequence[Notes]) -> bool:
    """Say whether a paragraph is about a match, and nobody in it bears arms."""
    if len(page.order["sport"]) < _MATCH or any(_bears_arms(page, notes) for notes in told):
        return False
    first, last = _paragraph(page, told[0])
    return len({page.low[mark.first] for mark in page.marked("sport", first, last)}) >= _MATCH


def _is_accident(page: Page, told: Sequence[Notes], theme: Theme) -> bool:
    """Say whether a cause is given that is nobody's doing, and no arms beside it."""
    if not page.order["accident"]:
        return False
    counts = next((n for n in told if n.wholes), told[0])
    causes = [n for n in (told[0], counts) if page.has("accident", n.first, n.last)]
    if causes and causes[0] is not told[0] and _is_fired_on(page, told[0]):
        return False  # "A shell hit a house. It collapsed, killing seven."
    if not causes or any(_bears_arms(page, n) or _was_done(page, n, _BY_HAND) for n in causes):
        return False
    return not any(_surely_violent(page, n, theme) and not _only_bursts(page, n) for n in told)


def _is_fired_on(page: Page, notes: Notes) -> bool:
    """Say whether a segment tells of an act with a weapon: "a shell hit a house"."""
    return not _WEAPONS.isdisjoint(page.low[notes.first : notes.last]) and any(is_violence(a) for a in notes.acts)


def _bears_arms(page: Page, notes: Notes) -> bool:
    return not _CARRIED.isdisjoint(page.low[notes.first : notes.last])


def _only_bursts(page: Page, notes: Notes) -> bool:
    """Say whether all that a segment tells of is that something exploded, fell or hit, which a bus does too."""
    acts = [a for a in notes.acts if is_violence(a) and not a.weak]
    by_arms = page.has("doer", notes.first, notes.last)
    return all(
        page.low[a.first] in _BURSTS or page.low[a.first] in _ALSO_ELSE or (a.type in _GENERIC and not by_arms)
        for a in acts
    )


def _paragraph(page: Page, notes: Notes) -> tuple[int, int]:
    """Return the words of the paragraph of a segment, of a very long one those around it."""
    begin = bisect_left(page.sentences, notes.paragraph, key=lambda told: told.paragraph)
    end = bisect_left(page.sentences, notes.paragraph + 1, lo=begin, key=lambda told: told.paragraph)
    return max(page.bounds[begin][0], notes.first - _AROUND), min(page.bounds[end - 1][1], notes.last + _AROUND)


def _surely_violent(page: Page, notes: Notes, theme: Theme) -> bool:
    """Say whether a segment tells of an act that is violence whatever stands around it."""
    if notes.boilerplate:
        return False
    armed = any(page.has(tag, notes.first, notes.last) for tag in ("actor", "doer"))
    return any(_is_sure(page, act, theme, armed=armed) for act in notes.acts if is_violence(act))


def _is_sure(page: Page, act: Act, theme: Theme, *, armed: bool) -> bool:
    if act.type in _GENERIC or act.weak or (act.last - act.first == 1 and page.low[act.first] in _ALSO_ELSE):
        return armed and not act.weak and not (page.low[act.first] in LABOUR and theme.labour)
    return True


def _was_done(page: Page, notes: Notes, done: Container[str] = _DONE) -> bool:
    """Say whether a segment has harm that somebody did: "were killed", "wounding"."""
    return bool(notes.wholes) and any(page.low[m.first] in done for m in page.marked("harm", notes.first, notes.last))
