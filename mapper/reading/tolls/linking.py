"""Tying people to the harm that was done to them: to the verb on their left, or on their right."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.page import Mark
from mapper.reading.tolls.callings import lone_noun, pronoun_before, unknown_first
from mapper.reading.tolls.coordination import COMPANY, OWN, named_subject, names_joined, shares_subject, subject_of
from mapper.reading.tolls.numbers import Quantity, exactly
from mapper.reading.tolls.parts import close_part
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.stated import readings
from mapper.reading.tolls.terse import unarticled
from mapper.reading.tolls.verbs import OBJECT_GAP, auxiliary_before, object_follows
from mapper.reading.tolls.walk import BE, Walk

_ONE_OF_THEM: Final = frozenset({"him", "her", "me"})
_SELF: Final = frozenset({"herself", "himself", "itself", "themselves"})
_RELATIVE: Final = 20
_PARTS: Final = 4
_EITHER: Final = frozenset({"or", "and", "/"})
_ONE_WHO: Final = frozenset({"he", "she", "him", "her"})
_SEVERAL: Final = frozenset({"they", "both", "them"})
_ALSO: Final = frozenset({"and", "but"})
_OBJECTS: Final = frozenset({"him", "her", "them"})
_LATER: Final = BE | {"later", "subsequently", "has", "have", "had", "since", "also", "then"}


def await_object(walk: Walk, group: str, harm: Mark, *, keep: bool = False) -> None:
    """Wait for the people that a harm is about, on its right; `keep` goes on with those linked before."""
    walk.waiting, walk.waiting_since = group, harm.last
    if not keep or not walk.linked:
        walk.linked, walk.verb = [], harm.first


def link_left(walk: Walk, harm: Mark, group: str) -> None:
    """Link a passive or intransitive harm to its subject on the left."""
    page = walk.page
    told = page.low[harm.first] == "dead" and page.low[harm.first - 1] in _OBJECTS  # "doctors pronounced him dead"
    subject = [] if told else whom(walk, harm) or _who(walk, harm, subject_of(page, walk.pending, harm.first))
    if not subject and walk.in_part and walk.part and not walk.group:
        subject, walk.part = walk.part[-1:], walk.part[:-1]
    counted = [p for p in subject if not (p.plural_only and p.definite)]
    rule = "harm-subject"
    uncounted = all(p.plural_only or (p.definite and p.count.value == 1) for p in counted)
    number = bool(counted) and counted[0].last == counted[0].count.last == harm.first and page.counting[harm.first - 1]
    named = None if number else names_joined(page, counted[0], walk.clause) if counted and not uncounted else None
    named = named_subject(page, harm.first, walk.clause) if uncounted else named
    if named is not None and not (uncounted and counted and named.count.value < 2):
        counted, rule = [named] if uncounted else [named, *counted], "names"
    if (
        not counted
        and not subject
        and group == "killed"
        and (lone := lone_noun(page, harm.first, walk.clause)) is not None
    ):
        counted = [lone]
    if len(counted) == 1 and counted[0].count.value == 1 and page.low[counted[0].first - 1] == "and":
        terse = unarticled(page, harm.first, _since(walk))  # "School caretaker and pupil killed"
        counted = [terse] if terse is not None and terse.count.value > 1 else counted
    if not counted and not subject and (terse := unarticled(page, harm.first, _since(walk))) is not None:
        counted, rule = [terse], "terse"
    if not counted and not subject and group == "killed" and (died := _who_died(walk, harm)) is not None:
        counted, rule = [died], "pronoun"
    if not counted and not subject and shares_subject(page, harm, walk.linked, walk.clause):
        counted = walk.linked
    if not counted:
        if subject or walk.group == "" or walk.in_part:
            walk.group = group
        close_part(walk)
        return
    unknown = pronoun_before(page, counted[0].first, walk.clause) or unknown_first(page, counted[0].first, walk.clause)
    if unknown is not None:
        counted = [unknown, *counted]
    if rule == "harm-subject" and group == "killed" and _or_hurt(walk, harm):
        counted = [replace(p, count=_at_most(p.count)) for p in counted]
    link(walk, group, counted, (counted[0].first, harm.last), rule)
    walk.linked, walk.verb = counted, counted[0].first
    close_part(walk)
    walk.pending.clear()
    first = counted[0].first
    if first and page.low[first - 1 - (page.low[first - 1] == "the")] in {"among", "amongst"}:
        walk.in_part, walk.part_group = True, group  # "Among the nine people killed were …"


def _or_hurt(walk: Walk, harm: Mark) -> bool:
    """Say whether the dead and the hurt are counted together: "20 were killed or wounded"."""
    page, at = walk.page, harm.last
    end = page.bounds[walk.sentence][1]
    if at + 1 >= end or page.low[at] not in _EITHER:
        return False
    at += 1 + (page.low[at + 1] in {"or", "/"})
    other = page.mark("harm", at) if at < end else None
    if other is None or other.value not in {"injured verb", "injured state"}:
        return False
    return other.last >= end or not (object_follows(page, other.last, end) or page.low[other.last] in {"(", ":"})


def _at_most(count: Quantity) -> Quantity:
    """Return what is known of a share of people: no more than all of them."""
    return replace(count, op="<=", minimum=None) if count.maximum is not None else count


def _who_died(walk: Walk, harm: Mark) -> PeoplePhrase | None:
    """Return those who were hurt, as many of whom are dead: "a boy was shot; he died", "was shot and died"."""
    at = harm.first - 1
    while at > walk.clause and walk.page.low[at] in _LATER:
        at -= 1
    hurt = [t for t in walk.tolls if t.group == "injured" and not t.of and not t.plural_only]
    if len(hurt) != 1:
        return None
    word, count = walk.page.low[at], hurt[0].count
    shared = word in _ALSO and hurt[0].rule == "harm-subject" and not walk.pending
    if not shared and not (word in _ONE_WHO if count.value == 1 else word in _SEVERAL):
        return None
    first = at + shared
    kind = next((t.of for t in walk.tolls if t.group == "injured" and t.of and t.count.value == count.value), "")
    return PeoplePhrase(first, harm.first, replace(count, first=first, last=harm.first), hurt[0].population, kind)


def whom(walk: Walk, harm: Mark) -> list[PeoplePhrase]:
    """Return those whom a verb in a relative clause is about: "three pupils whom a strike killed".

    Parameters
    ----------
    walk : Walk
        What the sentence has told so far.
    harm : Mark
        A harm.
    """
    if walk.page.low[harm.first] == "lost":
        return []  # "a clerk whom they know lost six relatives"
    for at in range(harm.first - 1, max(walk.clause, harm.first - _RELATIVE), -1):
        if walk.page.low[at] == "whom":
            return [p for p in walk.pending if p.last == at]
    return []


def _who(walk: Walk, harm: Mark, subject: list[PeoplePhrase]) -> list[PeoplePhrase]:
    """Let a relative clause be about those right before it: "it fell on a man and on two sons, who were killed"."""
    low, at = walk.page.low, harm.first - 1
    while at > walk.clause and low[at] in _LATER:
        at -= 1
    last = walk.pending[-1] if walk.pending else None
    if last is None or low[at] != "who" or last in subject or last.plural_only:
        return subject
    between = range(last.last, at)
    return [last] if all(low[i] in {",", "aged", "of", "and"} or low[i].isdecimal() for i in between) else subject


def _since(walk: Walk) -> int:
    """Return where the subject of a harm may begin: behind the clause before, or "driver killed," in a telegram."""
    last = max((t.last for t in walk.tolls[-_PARTS:]), default=walk.clause)
    return last + 1 if last > walk.clause and walk.page.low[last] == "," else walk.clause


def link(walk: Walk, group: str, phrases: list[PeoplePhrase], span: tuple[int, int], rule: str) -> None:
    """Count people as harmed, in words `span`."""
    walk.group = group
    walk.mark = len(walk.tolls)
    walk.tolls += readings(walk.page, walk.sentence, group, phrases, span, rule)


def one_with_others(walk: Walk, harm: Mark, end: int) -> int:
    """Count the one whom "killed him and his wife" begins with, and wait for the others.

    Parameters
    ----------
    walk : Walk
        What the sentence has told so far.
    harm : Mark
        A harm.
    end : int
        End of the sentence.

    Returns
    -------
    int
        The word after the one, or 0 where the harm begins with no such pronoun.
    """
    page, at = walk.page, harm.last
    group, form = harm.value.split()
    if form != "verb" or at + 1 >= end or page.low[at] not in _ONE_OF_THEM | _SELF:
        return 0
    if page.low[at + 1] not in COMPANY | {"and"}:
        return 0
    if page.low[at] in _SELF:
        close_part(walk)
        await_object(walk, group, harm)
        walk.waiting_since = at + 2  # the attacker himself is not counted
        return at + 2
    if people_at(page, at, end, ()) is not None or auxiliary_before(page, harm.first, walk.clause):
        return 0
    others = range(at + 2, min(at + 2 + OBJECT_GAP, end))
    if not any(page.low[i] in OWN and people_at(page, i, end, ()) is not None for i in others):
        return 0  # "killed him and fled"
    close_part(walk)
    await_object(walk, group, harm)
    one = PeoplePhrase(at, at + 1, exactly(at, at + 1, 1), "people")
    link(walk, group, [one], (harm.first, one.last), "harm-object")
    walk.linked, walk.waiting_since = [one], one.last
    return one.last


def count_fatal(walk: Walk, phrase: PeoplePhrase) -> int:
    """Count those of "six were shot, two of them fatally" as dead.

    Parameters
    ----------
    walk : Walk
        What the sentence has told so far.
    phrase : PeoplePhrase
        The people right before "fatally".

    Returns
    -------
    int
        The word after "fatally".
    """
    those = replace(phrase, population=phrase.population or "people")
    close_part(walk)
    walk.phrases.append(those)
    link(walk, "killed", [those], (those.first, those.last + 1), "harm-subject")
    return those.last + 1
