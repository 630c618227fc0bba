"""What the walk over a sentence does at a word that counts nothing and harms nobody: a colon, a bracket, a dash."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.breakdown import breakdown
from mapper.reading.tolls.coordination import DID, TOGETHER, alike, bridges, described
from mapper.reading.tolls.nouns import harm_follows
from mapper.reading.tolls.numbers import quantity_at
from mapper.reading.tolls.parts import close_part
from mapper.reading.tolls.people import people_at
from mapper.reading.tolls.stated import TollReading, subset, with_halves
from mapper.reading.tolls.verbs import BREAKS, OBJECT_GAP
from mapper.reading.tolls.walk import Walk

_DASHES: Final = frozenset({"-", "\u2013", "\u2014"})
_LIKEWISE: Final = frozenset({"as", "so"})
_JOINS_OTHERS: Final = TOGETHER | _LIKEWISE
TURNS: Final = BREAKS | TOGETHER | _DASHES | _LIKEWISE | {"(", ")"}
"""Every word that `go_past` asks for; where no verb waits, it need not be called for any other."""

_ASIDE: Final = 40
_TO_LIST: Final = 20


def go_past(walk: Walk, at: int) -> int:
    """Go past a word that counts nothing and harms nobody; return the word after it.

    Parameters
    ----------
    walk : Walk
        The walk over the sentence.
    at : int
        The word.
    """
    page = walk.page
    if page.low[at] == ":" and walk.group and walk.tolls and _spells_out(walk, at):
        if (told := _told_behind(walk, at)) is not None:
            walk.tolls[-1] = told
            return told.last
        walk.in_part, walk.part_group = True, walk.group  # "Eight people died: three children, …"
        walk.waiting = ""
    elif page.low[at] == ")" and walk.enclosed < len(walk.pending) and (walk.enclosed or walk.group):
        del walk.pending[walk.enclosed :]  # what stands in brackets describes, and is no subject of what follows
    elif _is_dash(page, at) and 0 < walk.enclosed < len(walk.pending):
        enclosed = walk.pending[walk.enclosed :]
        if sum(p.count.value for p in enclosed) <= walk.pending[walk.enclosed - 1].count.value:
            walk.part += [p for p in with_halves(page, enclosed) if p.of and not p.plural_only]
        del walk.pending[walk.enclosed :]
    elif page.low[at] == "(" and (after := _made_of(walk, at)) > at:
        return after
    elif page.low[at] == "(" or (_is_dash(page, at) and walk.pending):
        walk.enclosed = len(walk.pending)
        walk.aside = max(walk.aside, _closing_dash(walk, at)) if page.low[at] != "(" else walk.aside
    elif page.low[at] in {";", ":"} and walk.in_part and _lists_on(walk, at + 1):
        return at + 1  # "among the dead: three women; two children"
    elif page.low[at] == "but" and walk.pending and harm_follows(page, at + 1, len(page.low)):
        return at + 1  # "two girls were brought out alive but badly hurt"
    elif page.low[at] in BREAKS and at not in walk.blocked and at >= walk.aside:  # "a week before" breaks nothing
        close_part(walk)
        walk.pending.clear()
        walk.waiting = ""
        walk.clause = at + 1
    elif page.low[at] in _JOINS_OTHERS and (after := _goes_on_with(walk, at)) > at:
        return after
    elif (
        walk.waiting
        and at - walk.waiting_since > OBJECT_GAP
        and not (bridges(page, at) or described(page, walk.linked, at))
    ):
        walk.waiting = ""
    return at + 1


def _lists_on(walk: Walk, at: int) -> bool:
    """Say whether a list goes on behind a semicolon, with people of whom nothing else is said."""
    page, end = walk.page, walk.page.bounds[walk.sentence][1]
    phrase = people_at(page, at, end, walk.blocked) if at < end and page.telling[at] else None
    if phrase is None or not phrase.of:
        return False
    return phrase.last >= end or page.low[phrase.last] in {";", ",", "and", "."}


def _goes_on_with(walk: Walk, at: int) -> int:
    """Wait for those for whom goes what was said: "together with", "as did two guards"; return the word after, or 0."""
    low = walk.page.low
    if low[at] == "along" and low[at + 1 : at + 2] != ["with"]:
        return 0  # "along the highway"
    if low[at] in TOGETHER and walk.in_part and walk.pending and not walk.group:
        close_part(walk)  # "three aunts, one of them pregnant, together with a boy, were killed"
        return at + 1
    likewise = low[at] in _LIKEWISE and at + 1 < len(low) and low[at + 1] in DID
    if not (likewise or low[at] in TOGETHER) or not (walk.linked and walk.group):
        return 0
    walk.waiting, walk.waiting_since = walk.group, at + 1 + likewise
    return at + 1 + likewise


def _spells_out(walk: Walk, colon: int) -> bool:
    """Say whether a colon opens a list of those who were counted: "killed eight in Exampla on 3 May: a woman, …"."""
    far = colon - walk.tolls[-1].last
    if far <= OBJECT_GAP:
        return True
    page, end = walk.page, walk.page.bounds[walk.sentence][1]
    if far > _TO_LIST or colon + 1 >= end or not page.telling[colon + 1]:
        return False
    return (
        not page.has("harm", walk.tolls[-1].last, colon) and people_at(page, colon + 1, end, walk.blocked) is not None
    )


def _told_behind(walk: Walk, colon: int) -> TollReading | None:
    """Give a plural the number behind its colon: "Civilians killed in Exampla: two (a father and his son)"."""
    toll, end = walk.tolls[-1], walk.page.bounds[walk.sentence][1]
    count = quantity_at(walk.page, colon + 1, end, walk.blocked) if toll.plural_only and not toll.of else None
    if count is None or (count.last < end and walk.page.low[count.last][0].isalpha()):
        return None
    return replace(toll, last=count.last, count=count, plural_only=False)


def _made_of(walk: Walk, at: int) -> int:
    """Count the parts in brackets right behind people or their toll; return the word after them, or `at`."""
    end = walk.page.bounds[walk.sentence][1]
    toll = next((t for t in reversed(walk.tolls) if not t.of), None)
    near = toll is not None and (
        toll.last == at or (toll.last == at - 1 and walk.page.low[at - 1] in {"lost", "killed", "dead"})
    )
    if toll is not None and near and not walk.pending:
        parts, after = breakdown(walk.page, at, end, toll.count, walk.blocked)
        walk.tolls += [subset(walk.sentence, group, toll.group) for group in alike(walk.page, parts)]
        return after
    if walk.pending and walk.pending[-1].last == at:
        parts, after = breakdown(walk.page, at, end, walk.pending[-1].count, walk.blocked)
        walk.part += parts
        return after
    return at


def _closing_dash(walk: Walk, at: int) -> int:
    """Return the dash that closes what the one at a word opens, where harm follows: "Seven - …; … - died"; else 0."""
    page = walk.page
    end = page.bounds[walk.sentence][1]
    for ahead in range(at + 1, min(at + _ASIDE, end - 1)):
        if _is_dash(page, ahead):
            return ahead if harm_follows(page, ahead + 1, end) else 0
    return 0


def _is_dash(page: Page, at: int) -> bool:
    """Say whether a mark is a dash between phrases, not a hyphen in a word."""
    return page.low[at] in _DASHES and page.text[page.ends[at] : page.ends[at] + 1].isspace()
