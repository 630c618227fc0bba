"""Who was killed and who was injured, sentence by sentence.

The reader walks once over the words of a sentence with the people that it has
met and the harm that it waits for: "killed" looks right for an object or, after
"were", left for a subject; "including" opens the part of a whole, which is
counted as a subset and never added.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field, replace
from typing import Final

from mapper.reading.page import Mark, Page
from mapper.reading.tolls.coordination import (
    PREPOSITIONS,
    TOGETHER,
    bridges,
    goes_on,
    named_subject,
    names_joined,
    shares_subject,
    subject_of,
)
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.stated import TollReading, plural_harm, readings, stated_toll, subset
from mapper.reading.vocabulary import word_set

_AUXILIARY: Final = word_set("auxiliary")
_BE: Final = frozenset({"was", "were", "been", "being", "be", "is", "are"})
_BREAKS: Final = frozenset(
    {";", ":", "while", "when", "after", "before", "but", "although", "because", "where", "whereas"}
)
_COMPANY: Final = frozenset({"with", "along", "alongside", "together"})
_OBJECT_GAP: Final = 5
_AFTER_BARE: Final = frozenset({"", ".", ",", ";", "and", "in", "including", "others", "on", "at", "when", "as"})
_PLURAL_HARM: Final = frozenset({"injuries", "deaths", "fatalities", "martyrs"})
_PEOPLE_NUMBERS: Final = frozenset({"more", "other", "others"})


@dataclass(slots=True)
class _Walk:
    """What the walk over one sentence knows so far."""

    page: Page
    sentence: int
    tolls: list[TollReading] = field(default_factory=list)
    phrases: list[PeoplePhrase] = field(default_factory=list)
    pending: list[PeoplePhrase] = field(default_factory=list)
    part: list[PeoplePhrase] = field(default_factory=list)
    linked: list[PeoplePhrase] = field(default_factory=list)
    in_part: bool = False
    part_group: str = ""
    group: str = ""
    waiting: str = ""
    waiting_since: int = 0
    verb: int = 0
    mark: int = 0
    clause: int = 0


def read_tolls(page: Page, sentence: int, blocked: Container[int]) -> tuple[list[TollReading], list[PeoplePhrase]]:
    """Read every toll of one sentence.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    blocked : container of int
        Words that belong to dates and ages.

    Returns
    -------
    tolls : list of TollReading
        In reading order; subsets follow their whole.
    phrases : list of PeoplePhrase
        Every phrase for people, harmed or not.
    """
    first, end = page.bounds[sentence]
    walk = _Walk(page, sentence, clause=first)
    at = first
    while at < end:
        at = _step(walk, at, end, blocked)
    _close_part(walk)
    walk.tolls.sort(key=lambda t: (t.first, t.of != "", t.last))
    return walk.tolls, walk.phrases


def _step(walk: _Walk, at: int, end: int, blocked: Container[int]) -> int:
    page = walk.page
    if not page.telling[at]:
        return _pass(walk, at)
    part = page.mark("part", at)
    if part is not None and _opens(walk, part):
        return _open_part(walk, part)
    toll = page.mark("toll", at)
    if toll is not None and (reading := stated_toll(page, walk.sentence, toll, end, blocked)):
        walk.tolls.append(reading)
        return reading.last
    phrase = people_at(page, at, end, blocked)
    if phrase is not None and not phrase.population:
        phrase = _bare(walk, phrase)
    if phrase is not None:
        return _meet(walk, phrase, end)
    harm = page.mark("harm", at)
    if harm is not None:
        return _harm(walk, harm, end)
    return _pass(walk, at)


def _pass(walk: _Walk, at: int) -> int:
    """Go past a word that counts nothing and harms nobody."""
    page = walk.page
    if page.low[at] in _BREAKS:
        _close_part(walk)
        walk.pending.clear()
        walk.waiting = ""
        walk.clause = at + 1
    elif page.low[at] in TOGETHER and walk.linked and walk.group:
        walk.waiting, walk.waiting_since = walk.group, at + 1
    elif walk.waiting and at - walk.waiting_since > _OBJECT_GAP and not bridges(page, at):
        walk.waiting = ""
    return at + 1


def _opens(walk: _Walk, part: Mark) -> bool:
    """Say whether "including" follows people, not "groups including Airwars"."""
    if part.value != "including":
        return True
    if not (walk.pending or walk.group or walk.waiting):
        return False
    return walk.page.low[part.first] not in {"all", "include", "included", "includes"} or part.last - part.first > 1


def _bare(walk: _Walk, phrase: PeoplePhrase) -> PeoplePhrase | None:
    """Keep a number without a noun only as the object of a waiting verb ("killing at least 13.")."""
    page, last = walk.page, phrase.last
    following = page.low[last] if last < len(page.low) else ""
    near = walk.waiting and phrase.first - walk.waiting_since <= 1
    if near and (following in _AFTER_BARE):
        return replace(phrase, population="people")
    return None


def _meet(walk: _Walk, phrase: PeoplePhrase, end: int) -> int:  # noqa: PLR0911 - decisions, read from the top
    page = walk.page
    walk.phrases.append(phrase)
    if phrase.plural_only and phrase.last < end and page.low[phrase.last] == "than":
        walk.waiting = ""
        return phrase.last
    if phrase.group:
        _link(walk, phrase.group, [phrase], (phrase.first, phrase.last), "counted-harm")
        return phrase.last
    if phrase.definite and page.mark("people_pronoun", phrase.count.last) and (walk.pending or walk.group):
        walk.part.append(phrase)
        walk.in_part = True
        return phrase.last
    if phrase.definite and phrase.of and page.mark("people_pronoun", phrase.count.last):
        _add_subset(walk, phrase, "killed")  # "At least 19 of them were children."
        return phrase.last
    if walk.in_part and not _leaves_part(walk, phrase, end):
        walk.part.append(phrase)
        return phrase.last
    if walk.in_part:
        _close_part(walk)
    if walk.waiting and phrase.population == "relatives" and page.low[walk.verb] == "lost":
        walk.waiting = ""  # "a man who lost three brothers" speaks of his loss, not of one act
    if walk.waiting and walk.linked and not goes_on(walk.page, walk.linked, phrase):
        walk.waiting = ""
    if walk.waiting and (walk.linked or phrase.first - walk.waiting_since <= _OBJECT_GAP):
        together = [*walk.linked, phrase] if walk.linked else [phrase]
        if walk.linked:
            walk.tolls[walk.mark :] = [t for t in walk.tolls[walk.mark :] if t.rule == "subset"]
        _link(walk, walk.waiting, together, (walk.verb, phrase.last), "harm-object")
        walk.linked = together
        walk.waiting_since = phrase.last
        return phrase.last
    walk.waiting = ""
    walk.pending.append(phrase)
    return phrase.last


def _leaves_part(walk: _Walk, phrase: PeoplePhrase, end: int) -> bool:
    """Say whether a phrase after "including …" begins a whole of its own ("and 15 others were …")."""
    page = walk.page
    if page.low[phrase.last - 1] in _PEOPLE_NUMBERS:
        return True
    if phrase.last == phrase.count.last and phrase.last < end and page.mark("harm", phrase.last):
        return True
    before = page.low[phrase.first - 1] if phrase.first else ""
    verb = _passive_after(page, phrase.last, end)
    return verb and not walk.pending and before != ","


def _passive_after(page: Page, at: int, end: int) -> bool:
    seen = False
    for _ in range(4):
        if at >= end:
            return False
        if page.mark("harm", at):
            return seen
        if page.low[at] not in _AUXILIARY:
            return False
        seen = seen or page.low[at] in _BE
        at += 1
    return False


def _open_part(walk: _Walk, part: Mark) -> int:
    if part.value == "dead_were" or part.value.startswith("among"):
        group = "injured" if part.value == "among_injured" else "killed"
        if part.value == "dead_were":
            _close_part(walk)
            walk.in_part, walk.part_group = True, group
        else:
            for phrase in subject_of(walk.page, walk.pending):
                _add_subset(walk, phrase, group)
            walk.pending.clear()
        return part.last
    if _trails(walk.page, part) and walk.group:
        for phrase in subject_of(walk.page, walk.pending):
            _add_subset(walk, phrase, walk.group)
        walk.pending.clear()
    walk.in_part, walk.part_group = True, ""
    return part.last


def _trails(page: Page, part: Mark) -> bool:
    """Say whether "among them" ends its clause, and speaks of what stands before it."""
    return page.low[part.first] in {"among", "amongst"} and (
        part.last >= len(page.low) or page.low[part.last] in {".", ",", ";"}
    )


def _close_part(walk: _Walk) -> None:
    """Count what stood after "including" as subsets of what it was part of."""
    group = walk.part_group or walk.group
    if group:
        for phrase in walk.part:
            _add_subset(walk, phrase, group)
    if group or not walk.pending:
        walk.part.clear()
    walk.in_part, walk.part_group = False, ""


def _harm(walk: _Walk, harm: Mark, end: int) -> int:
    page = walk.page
    group, form = harm.value.split()
    at = harm.first
    match form:
        case "count" if page.low[at] in _PLURAL_HARM:
            plural = plural_harm(page, walk.sentence, harm, group, walk.clause)
            if plural is not None:
                walk.tolls.append(plural)
        case "gerund" | "noun":
            _close_part(walk)
            _await(walk, group, harm)
        case "bare" | "state":
            _left(walk, harm, group)
        case "verb":
            passive = _auxiliary_before(page, at, walk.clause)
            if passive or not (_has_before(page, at) or _object_follows(page, harm.last, end)):
                _left(walk, harm, group)
                if (
                    walk.group == group
                    and harm.last < end
                    and page.low[min(harm.last + (page.low[harm.last] == ","), end - 1)] in _COMPANY
                ):
                    _await(walk, group, harm, keep=True)
            else:
                _close_part(walk)
                _await(walk, group, harm)
    return harm.last


def _await(walk: _Walk, group: str, harm: Mark, *, keep: bool = False) -> None:
    walk.waiting, walk.waiting_since = group, harm.last
    if not keep or not walk.linked:
        walk.linked, walk.verb = [], harm.first


def _auxiliary_before(page: Page, at: int, clause: int) -> bool:
    back = at - 1
    while back >= max(clause, at - 6):
        if page.low[back] in _BE:
            return True
        harm = page.mark("harm", back)
        if page.low[back] in {"and", "or"} or harm is not None or page.low[back] in _AUXILIARY:
            back -= 1
            continue
        return False
    return False


def _has_before(page: Page, at: int) -> bool:
    return at > 0 and page.low[at - 1] in {"have", "has", "had", "to", "would", "could"}


def _object_follows(page: Page, at: int, end: int) -> bool:
    """Say whether people stand right after an active verb: "killed at least 12 people"."""
    for ahead in range(at, min(at + _OBJECT_GAP, end)):
        if people_at(page, ahead, end, ()) is not None:
            return True
        low = page.low[ahead]
        if low in _BREAKS or low in PREPOSITIONS or not low[0].isalpha() or low in _BE:
            return False
    return False


def _left(walk: _Walk, harm: Mark, group: str) -> None:
    """Link a passive or intransitive harm to its subject on the left."""
    page = walk.page
    subject = subject_of(page, walk.pending)
    if not subject and walk.in_part and walk.part and not walk.group:
        subject, walk.part = walk.part[-1:], walk.part[:-1]
    counted = [p for p in subject if not (p.plural_only and p.definite)]
    rule = "harm-subject"
    uncounted = all(p.plural_only or (p.definite and p.count.value == 1) for p in counted)
    named = named_subject(page, harm.first, walk.clause) if uncounted else names_joined(page, counted[0], walk.clause)
    if named is not None and not (uncounted and counted and named.count.value < 2):
        counted, rule = [named] if uncounted else [named, *counted], "names"
    if not counted and not subject and shares_subject(page, harm, walk.linked, walk.clause):
        counted = walk.linked
    if not counted:
        if subject or walk.group == "" or walk.in_part:
            walk.group = group
        _close_part(walk)
        return
    _link(walk, group, counted, (counted[0].first, harm.last), rule)
    walk.linked, walk.verb = counted, counted[0].first
    _close_part(walk)
    walk.pending.clear()


def _link(walk: _Walk, group: str, phrases: list[PeoplePhrase], span: tuple[int, int], rule: str) -> None:
    walk.group = group
    walk.mark = len(walk.tolls)
    walk.tolls += readings(walk.page, walk.sentence, group, phrases, span, rule)


def _add_subset(walk: _Walk, phrase: PeoplePhrase, group: str) -> None:
    if phrase.of:
        walk.tolls.append(subset(walk.sentence, phrase, group))
