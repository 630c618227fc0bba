"""Tolls that add to the one told before: "two others also died", "a sixth died later", "bringing the toll to ten".

A report counts as it goes: what it tells as more of the same is added to what
it counted before, and the sum stands in the place of the first figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.notes import Notes, day_level
from mapper.reading.page import Page
from mapper.reading.reporters import read_reporters
from mapper.reading.tolls.coordination import OWN
from mapper.reading.tolls.numbers import Quantity
from mapper.reading.tolls.people import ordinal_at
from mapper.reading.tolls.stated import BRINGS, TollReading

_MORE: Final = frozenset({"another", "further", "additional", "more"})
_ALSO: Final = frozenset({"also", "too"})
_WITH: Final = frozenset({"with", "beside", "alongside"})
_THEM: Final = frozenset({"them", "him", "her"})
_WITH_ONE: Final = (["with", "him"], ["with", "her"])
"""So are those told of who died with one of those already counted."""

_DIED: Final = frozenset({"died", "dies", "succumbed"})
_LATER: Final = frozenset({"later", "succumbed", "subsequently"})
_SETTLEMENT: Final = 5
_VICTIM: Final = frozenset({"victim", "body", "fatality", "death", "life"})
_AFTERWARDS: Final = frozenset({"after", "following", "hospital", "injuries", "later", "succumbed", "wounds"})
"""Words of one who did not die at once: "a third woman has died after Friday's strike"."""
_RECENT: Final = 12
_REACH: Final = 2
_CLAUSE: Final = 10
_FEW: Final = 5
_ONE: Final = frozenset({"a", "an"})
_SOMEBODY: Final = frozenset(
    {"bystander", "citizen", "civilian", "individual", "local", "member", "national", "passenger", "person", "resident"}
    | {"victim", "villager", "youth"}
)
_ANYBODY: Final = frozenset({"man", "woman"})
"""Who may be told of again by what he is: "A man was killed. A farmer died when …"."""

_SAME_ONES: Final = frozenset({"all", "both", "he", "many", "most", "she", "some", "the", "they"})


def counted_up(page: Page, toll: TollReading, notes: Notes, seen: Sequence[Notes]) -> TollReading:
    """Read "a sixth died" after five were killed: there are six now.

    Parameters
    ----------
    page : Page
        The article.
    toll : TollReading
        A toll of `notes`.
    notes : Notes
        Its segment.
    seen : sequence of Notes
        The segments before it.
    """
    nth = ordinal_at(page, toll.count.first, toll.last) if not toll.of and toll.count.value == 1 else 0
    if not nth:
        return toll
    victim = (
        page.low[min(toll.count.first + 2, toll.last - 1)] in _VICTIM
    )  # "the body of a fourth victim": four are dead
    before = [t for n in seen[-_RECENT:] if n.paragraph == notes.paragraph for t in n.tolls]
    before += [t for t in notes.tolls if t.first < toll.first]
    if not victim and not any(t.group == toll.group and not t.of and t.count.value == nth - 1 for t in before):
        told = any(t.group == toll.group and not t.of for n in seen[-_RECENT:] for t in n.tolls)
        if told or page.low[toll.last - 1] not in _DIED or _AFTERWARDS.isdisjoint(page.low[toll.last : notes.last]):
            return toll
    count = replace(toll.count, value=nth, minimum=nth, maximum=nth, exact=float(nth))
    return replace(toll, count=count, rule="ordinal")


def added(page: Page, toll: TollReading, notes: Notes, told: Sequence[tuple[Notes, TollReading]]) -> TollReading:
    """Add a toll that is told as more of the same to what its event counted before.

    Parameters
    ----------
    page : Page
        The article.
    toll : TollReading
        A toll of `notes`.
    notes : Notes
        Its segment.
    told : sequence of (Notes, TollReading)
        What was counted of the event so far, in order.

    Returns
    -------
    TollReading
        The sum, with the rule ``added``; `toll` itself where it counts for itself.
    """
    if toll.of or toll.plural_only or toll.rule == "ordinal" or toll.count.op == "word" or not toll.count.value:
        return toll
    base = _base(toll, notes, told)
    if base is None:
        return toll  # what a report goes on to list is part of what it began with
    if toll.rule == "stated-toll":
        raised = not BRINGS.isdisjoint(page.low[max(notes.first, toll.first - 3) : toll.first])
        return replace(toll, rule="added") if raised and toll.count.value > base.count.value else toll
    stated = any(t.rule == "stated-toll" and t.group == toll.group for t in notes.tolls)
    of_them = base.count.value > 1 and page.low[toll.last : toll.last + 2] in _WITH_ONE
    others = _is_kin(page, base, toll) or _is_another(page, base, toll) or (adds(page, toll, notes) and not of_them)
    if stated or _retold(page, toll, notes) or not others or _elsewhere(notes, told):
        return toll
    return replace(toll, count=_sum(base.count, toll.count), rule="added", definite=False)


def _is_kin(page: Page, base: TollReading, toll: TollReading) -> bool:
    """Say whether one who died is kin of the one who died before: "A girl died. Her brother died in hospital."."""
    ones = base.count.value == toll.count.value == 1 and base.count.op == "="
    return ones and toll.rule == "harm-subject" and page.low[toll.count.first] in OWN


def _is_another(page: Page, base: TollReading, toll: TollReading) -> bool:
    """Say whether one more dies in the next sentence: "A cook and two boys were dead. A man bled to death."."""
    here, before = page.sentences[toll.sentence], page.sentences[base.sentence]
    if toll.sentence != base.sentence + 1 or here.paragraph != before.paragraph:
        return False
    few = base.count.value <= _FEW or base.rule == "ordinal"
    if not few or toll.count.value != 1 or not toll.count.op == base.count.op == "=":
        return False
    if toll.rule != "harm-subject" or base.rule not in {"harm-subject", "added", "ordinal"}:
        return False
    told = page.low[base.count.first : base.last]
    said = page.low[toll.count.first : toll.last]
    anew = told[0] in _ONE and said[0] in _ONE and said[1] not in told and _SOMEBODY.isdisjoint(said)
    return anew and (base.count.value > 1 or (_SOMEBODY | _ANYBODY).isdisjoint(told))


def _base(toll: TollReading, notes: Notes, told: Sequence[tuple[Notes, TollReading]]) -> TollReading | None:
    """Return the count that a toll may go on from: the last of its kind, or the first or a sum in its segment."""
    latest: Notes | None = None
    for segment, before in reversed(told):  # from the end, where nearly always the answer is: a list may be long
        if not _counts_alike(before, toll):
            continue
        if latest is not None and segment is not latest:
            return None
        latest = segment
        if segment is told[0][0] or segment is notes or before.rule == "added":
            return before if notes.order - segment.order <= _REACH else None
    return None


def _retold(page: Page, toll: TollReading, notes: Notes) -> bool:
    """Say whether a toll names the dead, which were counted before, or is another reporter's count."""
    if "sum" in page.low[notes.first : toll.first]:
        return True  # "sixteen is the sum of the thirteen found dead and three who died later"
    named = toll.rule == "names" or any(page.capital(i) for i in range(toll.first + 1, toll.last))
    return named or bool(read_reporters(page, notes))


def _counts_alike(one: TollReading, other: TollReading) -> bool:
    fighters = (one.population == "fighters") == (other.population == "fighters")
    return one.group == other.group and fighters and not (one.of or one.plural_only or one.count.op == "word")


def adds(page: Page, toll: TollReading, notes: Notes) -> bool:
    """Say whether the words of a toll, or those beside it, tell of more: "also", "another", "with them", "later".

    Parameters
    ----------
    page : Page
        The article.
    toll : TollReading
        A toll of `notes`.
    notes : Notes
        Its segment.
    """
    low, first, last = page.low, toll.first, toll.last
    between = [t for t in notes.wholes if t.last <= first]
    if between and _goes_on(page, max(between, key=lambda t: t.last), toll):
        return True
    dated = any(day_level(d) for d in notes.times)
    around = low[max(notes.first, first - 1) : min(last + 1, notes.last)]
    if toll.group == "killed" and not _LATER.isdisjoint(around):
        return True
    if dated:
        return False
    part = any(t.of and t.first == toll.count.first and t.count.value == toll.count.value for t in notes.tolls)
    if not part and any(
        w in _ALSO and not _reports(page, i) for i, w in enumerate(around, max(notes.first, first - 1))
    ):
        return True
    if last + 1 < notes.last and low[last] in _WITH and low[last + 1] in _THEM:
        return True
    opening = low[toll.count.first : max(toll.count.first + 3, toll.count.last + 1)]
    return any(w in _MORE and opening[i + 1 : i + 2] != ["than"] for i, w in enumerate(opening))


def _goes_on(page: Page, one: TollReading, other: TollReading) -> bool:
    """Say whether a sentence goes on counting: "three were dead when they came and two died in the theatre"."""
    gap = page.low[one.last : other.first]
    if one.group == other.group and gap[-1:] == [","] and _is_bare(one) and _is_bare(other):
        return len(gap) <= _CLAUSE  # "six injured by bullets, one injured by a stone"
    if one.group != other.group or one.last > other.first or other.first - one.last > _CLAUSE or "and" not in gap[-2:]:
        return False
    if other.rule != "harm-subject" or any(page.mark("report", i) is not None for i in range(one.last, other.first)):
        return False
    bare = page.mark("people", other.count.last) is None
    return (bare and other.count.first == other.first) or _are_others(page, one, other)


def _are_others(page: Page, one: TollReading, other: TollReading) -> bool:
    """Say whether a clause counts others than the one before: "a clerk died at once and a porter died in hospital"."""
    told = (one.rule, other.rule) == ("harm-subject", "harm-subject") and one.count.op == other.count.op == "="
    few = max(one.count.value, other.count.value) <= _FEW
    same = page.low[one.count.first : one.last] == page.low[other.count.first : other.last]
    return told and few and not same and page.low[other.first] not in _SAME_ONES


def _is_bare(toll: TollReading) -> bool:
    """Say whether a toll is a number and a participle: "6 injured"."""
    return toll.rule == "harm-subject" and toll.last - toll.first == _REACH and toll.count.last == toll.first + 1


def _reports(page: Page, also: int) -> bool:
    """Say whether "also" only goes on reporting: "also reported killed", "also among those killed"."""
    after = min(also + 1, len(page.low) - 1)
    return page.low[after] in {"among", "amongst"} or page.mark("report", after) is not None


def _elsewhere(notes: Notes, told: Sequence[tuple[Notes, TollReading]]) -> bool:
    """Say whether a segment names a settlement that the event was not told of before."""
    here = [p for p in notes.named if p.located and p.rank >= _SETTLEMENT]
    if not here:
        return False
    known = {name for n, _ in told for p in n.named for name in p.names}
    return any(known.isdisjoint(p.names) for p in here)


def _sum(one: Quantity, other: Quantity) -> Quantity:
    low = None if one.minimum is None and other.minimum is None else (one.minimum or 0) + (other.minimum or 0)
    high = None if one.maximum is None or other.maximum is None else one.maximum + other.maximum
    op = one.op if one.op != "=" else other.op
    value = one.value + other.value
    return replace(other, value=value, op=op, minimum=low, maximum=high, exact=float(value))
