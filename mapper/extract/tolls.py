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

from mapper.extract.names import names_before
from mapper.extract.numbers import Quantity, quantity_at
from mapper.extract.page import Mark, Page
from mapper.extract.people import PeoplePhrase, people_at, whole

_AUXILIARY: Final = frozenset(
    "was were is are be been being reportedly allegedly also both all instantly immediately either were. tragically "
    "have has had presumably feared confirmed reported believed to subsequently later each eventually likely".split()
)
_BE: Final = frozenset({"was", "were", "been", "being", "be", "is", "are"})
_JOINERS: Final = frozenset({",", "and", "&", "with", "along", "alongside", "together", "as", "well", "plus", "or"})
_BREAKS: Final = frozenset(
    {";", ":", "while", "when", "after", "before", "but", "although", "because", "where", "whereas"}
)
_PREPOSITIONS: Final = frozenset(
    {"of", "in", "to", "by", "for", "from", "on", "at", "near", "against", "among", "than"}
)
_COMPANY: Final = frozenset({"with", "along", "alongside", "together"})
_TOGETHER: Final = frozenset({"alongside", "along", "together"})
_OBJECT_GAP: Final = 5
_AFTER_BARE: Final = frozenset({"", ".", ",", ";", "and", "in", "including", "others", "on", "at", "when", "as"})
_PLURAL_HARM: Final = frozenset({"injuries", "deaths", "fatalities", "martyrs"})
_NEGATIONS: Final = frozenset({"no", "not", "any", "without", "of", "from", "his", "her", "their"})
_PEOPLE_NUMBERS: Final = frozenset({"more", "other", "others"})


@dataclass(frozen=True, slots=True)
class TollReading:
    """A count of people harmed, in words ``first..last`` of the page (last exclusive).

    `of` is women, children or men for a subset, else empty. `count` may have
    both ends open ("including children").
    """

    sentence: int
    first: int
    last: int
    group: str
    of: str
    population: str
    count: Quantity
    rule: str
    definite: bool = False
    plural_only: bool = False


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
    if toll is not None and (reading := _stated_toll(walk, toll, end, blocked)):
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
    elif page.low[at] in _TOGETHER and walk.linked and walk.group:
        walk.waiting, walk.waiting_since = walk.group, at + 1
    elif at - walk.waiting_since > _OBJECT_GAP and not _bridges(page, at):
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


def _meet(walk: _Walk, phrase: PeoplePhrase, end: int) -> int:
    walk.phrases.append(phrase)
    if phrase.plural_only and phrase.last < end and walk.page.low[phrase.last] == "than":
        walk.waiting = ""
        return phrase.last
    if phrase.group:
        _link(walk, phrase.group, [phrase], phrase.first, phrase.last, "counted-harm")
        return phrase.last
    if phrase.definite and walk.page.mark("people_pronoun", phrase.count.last) and (walk.pending or walk.group):
        walk.part.append(phrase)
        walk.in_part = True
        return phrase.last
    if walk.in_part and not _leaves_part(walk, phrase, end):
        walk.part.append(phrase)
        return phrase.last
    if walk.in_part:
        _close_part(walk)
    if walk.waiting and walk.linked and not _goes_on(walk, phrase):
        walk.waiting = ""
    if walk.waiting and (walk.linked or phrase.first - walk.waiting_since <= _OBJECT_GAP):
        together = [*walk.linked, phrase] if walk.linked else [phrase]
        if len(together) > 1:
            walk.tolls = [t for t in walk.tolls if not _made_of(t, walk.linked)]
        _link(walk, walk.waiting, together, walk.verb, phrase.last, "harm-object")
        walk.linked = together
        walk.waiting_since = phrase.last
        return phrase.last
    walk.waiting = ""
    walk.pending.append(phrase)
    return phrase.last


def _goes_on(walk: _Walk, phrase: PeoplePhrase) -> bool:
    """Say whether a phrase is one more object ("a man and his wife"), not a description of the last."""
    page = walk.page
    if page.low[phrase.first] == "'s":
        return False
    if any(page.low[i] in _TOGETHER for i in range(max(walk.linked[-1].last, phrase.first - 3), phrase.first)):
        return True
    gap = range(walk.linked[-1].last, phrase.first)
    return bool(gap) and len(gap) <= 12 and all(_bridges(page, i) for i in gap)


def _made_of(toll: TollReading, phrases: list[PeoplePhrase]) -> bool:
    return (
        bool(phrases)
        and toll.first >= phrases[0].first - _OBJECT_GAP
        and toll.last <= phrases[-1].last
        and not (toll.rule == "subset")
    )


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
            for phrase in _coordinated(walk):
                _subset(walk, phrase, group)
            walk.pending.clear()
        return part.last
    walk.in_part, walk.part_group = True, ""
    return part.last


def _close_part(walk: _Walk) -> None:
    """Count what stood after "including" as subsets of what it was part of."""
    group = walk.part_group or walk.group
    if group:
        for phrase in walk.part:
            _subset(walk, phrase, group)
    if group or not walk.pending:
        walk.part.clear()
    walk.in_part, walk.part_group = False, ""


def _subset(walk: _Walk, phrase: PeoplePhrase, group: str) -> None:
    if not phrase.of:
        return
    count = phrase.count
    if phrase.plural_only:
        count = replace(count, minimum=None, maximum=None)
    walk.tolls.append(
        TollReading(
            walk.sentence,
            phrase.first,
            phrase.last,
            group,
            phrase.of,
            phrase.population,
            count,
            "subset",
            phrase.definite,
            phrase.plural_only,
        )
    )


def _coordinated(walk: _Walk) -> list[PeoplePhrase]:
    """Return the run of pending phrases that ends with the last: "19 civilians and nine others"."""
    page = walk.page
    chosen = [p for p in walk.pending if not _oblique(page, p)] or walk.pending
    counted = [p for p in chosen if not p.plural_only]
    if counted and chosen[-1].plural_only and not _next_to(page, counted[-1], chosen[-1]):
        chosen = counted
    if not chosen:
        return []
    run = [chosen[-1]]
    for phrase in reversed(chosen[:-1]):
        gap = range(phrase.last, run[0].first)
        if len(gap) > 12 or not all(_bridges(page, i) for i in gap):
            break
        run.insert(0, phrase)
    return run


def _next_to(page: Page, one: PeoplePhrase, other: PeoplePhrase) -> bool:
    gap = range(one.last, other.first)
    return len(gap) <= 2 and all(page.low[i] in _JOINERS for i in gap)


def _bridges(page: Page, word: int) -> bool:
    low = page.low[word]
    return (
        low in _JOINERS
        or low in {"(", ")", "'s", "the", "his", "her", "their", "-", "\u2013", '"'}
        or (page.capital(word) or low[0].isdigit() or page.mark("counted", word) is not None)
    )


def _oblique(page: Page, phrase: PeoplePhrase) -> bool:
    return phrase.first > 0 and page.low[phrase.first - 1] in _PREPOSITIONS


def _harm(walk: _Walk, harm: Mark, end: int) -> int:
    page = walk.page
    group, form = harm.value.split()
    at = harm.first
    if form == "count" and harm.last - harm.first == 1 and page.low[at] in {"killed", "injured", "wounded", "dead"}:
        form = "state" if page.low[at] == "dead" else "verb"
    match form:
        case "count" if page.low[at] in _PLURAL_HARM:
            _uncounted(walk, harm, group)
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
                    and page.low[min(harm.last + (page.low[harm.last] == ","), end - 1)]
                    in _COMPANY
                ):
                    _await(walk, group, harm, keep=True)
            else:
                _close_part(walk)
                _await(walk, group, harm)
    return harm.last


def _uncounted(walk: _Walk, harm: Mark, group: str) -> None:
    """Read "causing injuries": a plural without a number is at least two."""
    page = walk.page
    before = page.low[max(walk.clause, harm.first - 4) : harm.first]
    if any(w in _NEGATIONS for w in before) or page.mark("part", harm.first - 1):
        return
    count = Quantity(harm.first, harm.last, 2, "word", 2, None, 2.0)
    walk.tolls.append(
        TollReading(walk.sentence, harm.first, harm.last, group, "", "people", count, "plural-harm", plural_only=True)
    )


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
        if low in _BREAKS or low in _PREPOSITIONS or not low[0].isalpha() or low in _BE:
            return False
    return False


def _left(walk: _Walk, harm: Mark, group: str) -> None:
    """Link a passive or intransitive harm to its subject on the left."""
    page = walk.page
    subject = _coordinated(walk)
    if not subject and walk.in_part and walk.part and not walk.group:
        subject, walk.part = walk.part[-1:], walk.part[:-1]
    counted = [p for p in subject if not (p.plural_only and p.definite)]
    rule = "harm-subject"
    if not counted or all(p.definite and p.count.value == 1 for p in counted):
        names = names_before(page, harm.first, walk.clause)
        if names:
            first = names[0].first
            count = Quantity(first, names[-1].last, len(names), "=", len(names), len(names), float(len(names)))
            counted = [PeoplePhrase(first, names[-1].last, count, "people")]
            rule = "names"
    elif (named := _names_joined(page, counted[0], walk.clause)) is not None:
        counted = [named, *counted]
        rule = "names"
    if not counted and not subject and walk.linked and _second_verb(page, harm, walk):
        counted = walk.linked
    if not counted and subject:
        walk.group = walk.part_group = group
    if not counted:
        if walk.group == "" or walk.in_part:
            walk.group = group
        _close_part(walk)
        return
    _link(walk, group, counted, counted[0].first, harm.last, rule)
    walk.linked, walk.verb = counted, counted[0].first
    _close_part(walk)
    walk.pending.clear()


def _second_verb(page: Page, harm: Mark, walk: _Walk) -> bool:
    """Say whether "injured" shares the uncounted subject of "killed" ("many were killed and injured")."""
    if any(p.count.op != "word" for p in walk.linked):
        return False
    back = harm.first - 1
    while back > walk.clause and page.low[back] in {",", "and", "or", "/"}:
        back -= 1
    return back < harm.first - 1 and page.mark("harm", back) is not None


def _names_joined(page: Page, phrase: PeoplePhrase, clause: int) -> PeoplePhrase | None:
    """Count the names before "and his wife"."""
    if phrase.first - 1 <= clause or page.low[phrase.first - 1] not in {"and", "with"} or page.low[phrase.first] in {"the", "a"}:
        return None
    names = names_before(page, phrase.first, clause)
    if not names:
        return None
    count = Quantity(names[0].first, names[-1].last, len(names), "=", len(names), len(names), float(len(names)))
    return PeoplePhrase(names[0].first, names[-1].last, count, "people")


def _link(walk: _Walk, group: str, phrases: list[PeoplePhrase], first: int, last: int, rule: str) -> None:
    walk.group = group
    populations = {p.population for p in phrases}
    apart = "fighters" in populations and len(populations) > 1
    sets = (
        [[p for p in phrases if p.population == "fighters"], [p for p in phrases if p.population != "fighters"]]
        if apart
        else [phrases]
    )
    for listed in sets:
        members = _without_apposition(walk.page, listed)
        population = min((p.population for p in members), key=_rank)
        plural = all(p.plural_only for p in members)
        definite = all(p.definite for p in members)
        if plural and definite:
            continue
        walk.tolls.append(
            TollReading(walk.sentence, first, last, group, "", population, whole(members), rule, definite, plural)
        )
        for of in ("women", "children", "men"):
            mine = [p for p in listed if p.of == of]
            if mine:
                count = whole(mine)
                if all(p.plural_only for p in mine):
                    count = replace(count, minimum=None, maximum=None)
                walk.tolls.append(
                    TollReading(
                        walk.sentence,
                        mine[0].first,
                        mine[-1].last,
                        group,
                        of,
                        population,
                        count,
                        "whole-is-subset",
                        definite,
                        plural,
                    )
                )


def _without_apposition(page: Page, members: list[PeoplePhrase]) -> list[PeoplePhrase]:
    """Drop the list that only spells out its head: "two civilians, a writer and a child,"."""
    if len(members) < 2 or page.low[members[0].last] not in {",", ":", "\u2013"}:
        return members
    rest = whole(members[1:])
    head = members[0].count
    same = rest.value == head.value or (rest.value < head.value and members[0].population in {"civilians", "people"})
    return members[:1] if same and not members[0].of else members


def _rank(population: str) -> int:
    order = ("civilians", "refugees", "displaced", "journalists", "medical staff", "rescuers", "families", "relatives")
    return order.index(population) if population in order else len(order)


def _stated_toll(walk: _Walk, toll: Mark, end: int, blocked: Container[int]) -> TollReading | None:
    """Read "the death toll rose from four to six", "the number of injured is 12"."""
    page = walk.page
    found: Quantity | None = None
    at = toll.last
    while at < min(toll.last + 10, end):
        if page.low[at] in _BREAKS or page.low[at] in {".", "that", "as", ",", "which"}:
            break
        count = quantity_at(page, at, end, blocked)
        if count is not None and count.op != "word" and page.mark("counted", count.last) is None:
            if page.low[count.first] == "from" and count.maximum is not None:
                count = replace(count, minimum=count.maximum, value=count.maximum)
            found = count
            break
        at += 1
    if found is None or (found.value == 1 and page.low[found.first] == "one"):
        return None
    last = found.last
    noun = page.mark("people", last)
    population = "people"
    if noun is not None:
        last, population = noun.last, noun.value.removesuffix(" (one)").split(" ")[0]
    return TollReading(walk.sentence, toll.first, last, toll.value, "", population, found, "stated-toll")
