"""Who the dead were, told in the sentence after: "They comprised six women, 13 children and four men"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mapper.reading.notes import Notes
from mapper.reading.page import HARM, PEOPLE, Mark, Page
from mapper.reading.tolls.ages import is_age
from mapper.reading.tolls.numbers import Quantity, exactly, quantity_at
from mapper.reading.tolls.rolls import roll_after
from mapper.reading.tolls.shares import predicated_of
from mapper.reading.tolls.stated import PARTS, TollReading, subset
from mapper.reading.tolls.walk import BE

_THEY: Final = frozenset({"they", "these", "those"})
_ARE: Final = frozenset({"comprise", "comprised", "comprising", "include", "included", "were", "are", "was"})
_INCLUDE: Final = frozenset({"include", "included", "comprise", "comprised"})
_DEAD: Final = frozenset({"dead", "killed", "victims", "martyrs", "casualties", "fatalities", "them", "whom"})
_THE: Final = frozenset({"the", "those", "all"})
_DIED: Final = frozenset({"died", "perished"})
_NAMED_AS: Final = frozenset({"identified", "named"})
_WERE: Final = frozenset({"were", "are", "comprised", "comprise", ":"})
_NEARLY: Final = frozenset({"almost", "nearly", "about", "least", "than", "over", "roughly", "some"})
_SHARES: Final = {
    "half": (1, 2),
    "a third": (1, 3),
    "one third": (1, 3),
    "one-third": (1, 3),
    "two thirds": (2, 3),
    "two-thirds": (2, 3),
    "a quarter": (1, 4),
    "one quarter": (1, 4),
    "three quarters": (3, 4),
    "three-quarters": (3, 4),
    "a fifth": (1, 5),
}
_OF_THE_DEAD: Final = 3
_TO_LIST: Final = 16
_ONE: Final = frozenset({"he", "she"})
_OPENS: Final = frozenset({";", "and", "but", "where"})
_ENDS: Final = frozenset({",", ";", ".", ":", "that", "when", "who", "his", "her"})
_TO_DIED: Final = 9
_OPENING: Final = 3
_REACH: Final = 8
_AMONG: Final = (["among", "them"], ["amongst", "them"])
_RECENT: Final = 6
_BACK: Final = 6
_JOIN: Final = frozenset({"and", "or", "&"})


def makeup_of(page: Page, notes: Notes, told: Sequence[tuple[Notes, TollReading]]) -> list[TollReading]:
    """Return the women, children and men that a sentence without a harm counts among those killed before it.

    Parameters
    ----------
    page : Page
        The article.
    notes : Notes
        The segment.
    told : sequence of (Notes, TollReading)
        What was counted of the event so far, in order.

    Returns
    -------
    list of TollReading
        None where the segment speaks of others, or of more than were killed.
    """
    if not told or notes.wholes or not any(p.of for p in notes.phrases):
        return []
    recent = [t for n, t in told if not t.of and notes.order - n.order <= _RECENT]
    dead = next((t for t in reversed(recent) if t.group == "killed"), None)
    if dead is None:
        return []
    people = predicated_of(page, (notes.first, notes.last), dead.count.value)
    whole = dead if people or _names_the_dead(page, notes) else recent[-1]
    among = _among_the(page, notes, dead.count.value)
    people = people or (notes.phrases if among or _speaks_of_them(page, notes) else [])
    if whole.group != "killed":
        return []
    counted = {t.of for n, t in told if t.of and t.group == whole.group}
    found = []
    for of in PARTS:
        mine = [p for p in people if p.of == of and not p.plural_only]
        if mine and of not in counted:
            found.append(subset(notes.sentence, mine, whole.group))
    return found if 0 < sum(t.count.value for t in found) <= whole.count.value else []


def parts_since(
    page: Page, seen: Sequence[Notes], tolls: Sequence[tuple[Notes, TollReading]]
) -> list[tuple[Notes, TollReading]]:
    """Return who the dead of the only event were, where segments that do not tell of it say so.

    Parameters
    ----------
    page : Page
        The article.
    seen : sequence of Notes
        Its segments.
    tolls : sequence of (Notes, TollReading)
        What was counted of the event; nothing is returned where that has parts.
    """
    killed = [(n, t) for n, t in tolls if t.group == "killed"]
    if not killed or any(t.of for _, t in killed):
        return []
    first = killed[0][0].order
    near = [n for n in seen if first < n.order <= first + _RECENT and not n.tolls]
    return [(notes, part) for notes in near for part in makeup_of(page, notes, killed)]


def count_the_dead(
    page: Page, notes: Sequence[Notes], tolls: Sequence[tuple[Notes, TollReading]]
) -> list[tuple[Notes, TollReading]]:
    """Count the dead of an event by the list of them, where no number is told.

    Parameters
    ----------
    page : Page
        The article.
    notes : sequence of Notes
        The segments of the event.
    tolls : sequence of (Notes, TollReading)
        What they count.

    Returns
    -------
    list of (Notes, TollReading)
        For "The victims of the strike were a man, his wife and two girls" all four, a woman, a man and two children.
    """
    killed = [t for _, t in tolls if t.group == "killed" and not t.plural_only]
    if any(not t.of for t in killed):
        return []
    for told in notes:
        verb = _lists_the_dead(page, told)
        ages = frozenset(i for i in page.counting_words(verb, told.last) if is_age(page, i)) if verb else frozenset()
        number, last = roll_after(page, verb, told.last, ages) if verb else (0, 0)
        if number:
            count = exactly(verb, last, number)
            whole = TollReading(told.sentence, told.first, last, "killed", "", "people", count, "roll", definite=True)
            kinds = [[p for p in told.phrases if p.of == of and verb <= p.first < last] for of in PARTS]
            parts = [subset(told.sentence, kind, "killed") for kind in kinds if kind and not killed]
            return [(told, whole), *((told, part) for part in parts)]
    if any(t.group == "killed" for _, t in tolls):
        return []
    died = (
        (told, _died(page, told, tolls)) for at, told in enumerate(notes) if _of_one(notes[max(0, at - 2) : at + 1])
    )
    counted = [(told, toll) for told, toll in died if toll is not None][:1]
    return [*counted, *((told, part) for told, toll in counted for part in _of_one_kind(page, notes, toll))]


def _of_one_kind(page: Page, notes: Sequence[Notes], toll: TollReading) -> list[TollReading]:
    """Say who the one was that died: "A sniper hit a girl. She died.", "… hit a nurse. She died."."""
    before = [p for n in notes for p in n.phrases if p.last <= toll.first and p.count.value == 1]
    of = before[-1].of if before else ""
    of = of or ("women" if page.low[toll.first] == "she" else "")
    return [replace(toll, of=of, rule="subset")] if of else []


def _of_one(told: Sequence[Notes]) -> bool:
    """Say whether segments speak of one person, and of no others."""
    phrases = [p for n in told for p in n.phrases if p.population != "fighters"]
    return any(p.count.value == 1 and not p.definite for p in phrases) and all(p.count.value == 1 for p in phrases)


def _died(page: Page, notes: Notes, tolls: Sequence[tuple[Notes, TollReading]]) -> TollReading | None:
    """Count the one whom the text spoke of: "A shell hit a man in his yard. He died before help came."."""
    if any(n.first > notes.first for n, t in tolls if t.count.value == 1 and t.group == "killed"):
        return None
    begins = (i for i in range(notes.first, notes.last - 1) if i == notes.first or page.low[i - 1] in _OPENS)
    at = next((i for i in begins if page.low[i] in _ONE), -1)
    verb = _verb_of_death(page, at, notes.last) if at >= 0 else None
    if verb is None:
        return None
    count = exactly(at, at + 1, 1)
    return TollReading(notes.sentence, at, verb.last, "killed", "", "people", count, "pronoun", definite=True)


def _verb_of_death(page: Page, at: int, end: int) -> Mark | None:
    """Return the harm of which one died: "he later died", "she lost both legs and died", "he was killed"."""
    for word in range(at + 1, min(at + _TO_DIED, end)):
        harm = page.mark("harm", word)
        low = page.low[word]
        if harm is not None and harm.value == "killed bare":
            return harm
        if harm is not None and harm.value == "killed verb":
            return harm if not BE.isdisjoint(page.low[at + 1 : word]) else None  # not "he killed three"
        if low in _ENDS or page.mark("report", word) is not None:
            return None
    return None


def _lists_the_dead(page: Page, notes: Notes) -> int:
    """Return the word after "the dead were", "the victims of the strike on Exampla were", or 0."""
    low = page.low
    dead = next(
        (
            i
            for i in range(notes.first, min(notes.first + _REACH, notes.last))
            if low[i - 1] in _THE | {"who"} and (low[i] in _DEAD or (low[i] in _DIED and low[i - 2] == "those"))
        ),
        0,
    )
    if not dead:
        return 0
    for at in range(dead + 1, min(dead + _TO_LIST, notes.last - 1)):
        if low[at] in _WERE:
            return at + 1 + 2 * (low[at + 1] in _NAMED_AS and low[at + 2 : at + 3] == ["as"])
        if page.kinds[at] & (PEOPLE | HARM) or low[at] in {",", ";"}:
            return 0
    return 0


def all_of_them(page: Page, toll: TollReading, notes: Notes, seen: Sequence[Notes]) -> TollReading:
    """Count a part that is the whole: "three teachers, all of them women", "All of the victims were children".

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
    if not toll.of or not toll.plural_only or (toll.last < notes.last and page.low[toll.last] in _JOIN):
        return toll
    share = _share(page.low[max(notes.first, toll.first - _BACK) : toll.first])
    if share is None:
        return toll
    before = [t for n in (*seen[-1:], notes) if n.paragraph == notes.paragraph for t in n.tolls]
    told = [t for t in before if t.group == toll.group and not t.of and not t.plural_only and t.first < toll.first]
    if not told:
        return toll
    return replace(toll, count=_part_of(told[-1].count, *share), plural_only=False)


def _part_of(count: Quantity, parts: int, of: int) -> Quantity:
    """Return a share of a whole number; where it is none, or the number is vague, an open count."""
    if parts == of:
        return count
    if count.op != "=" or count.value * parts % of:
        return replace(count, minimum=None, maximum=None)
    return exactly(count.first, count.last, count.value * parts // of)


def _share(back: Sequence[str]) -> tuple[int, int] | None:
    """Return what part of those counted the words before "women" are: "half of them", "all of the victims were"."""
    end = len(back) - (bool(back) and back[-1] in BE)
    of = next((i for i in range(end - 1, 0, -1) if back[i] == "of"), 0)
    if of and end - of <= _OF_THE_DEAD and not _DEAD.isdisjoint(back[of:end]):
        for words in (2, 1):
            share = _SHARES.get(" ".join(back[max(0, of - words) : of]))
            if share is not None:
                return share if _NEARLY.isdisjoint(back[: max(0, of - words)]) else None
    if back and (back[-1] == "all" or list(back[-3:]) in (["all", "of", "them"], ["all", "of", "whom"])):
        return 1, 1
    return (1, 1) if "all" in back and back[-1] in {"were", "are"} and "," not in back else None


def _speaks_of_them(page: Page, notes: Notes) -> bool:
    opening = page.low[notes.first : notes.first + _OPENING]
    if opening and opening[0] in _THEY and not _ARE.isdisjoint(opening):
        return True
    words = page.low[notes.first : notes.first + _REACH]
    if list(words[:2]) in _AMONG or list(page.low[notes.last - 3 : notes.last - 1]) in _AMONG:
        return True
    if _lists_the_dead(page, notes):
        return True
    if any(one in _THEY and other in _INCLUDE for one, other in itertools.pairwise(words)):
        return True  # "A spokesman said they included a nurse."
    return _names_the_dead(page, notes) and not _ARE.isdisjoint(words)


def _among_the(page: Page, notes: Notes, whole: int) -> bool:
    """Say whether a segment tells who was among all who died: "Four children were among the nine"."""
    for at in range(notes.first, notes.last - 2):
        if page.low[at] in {"among", "amongst"} and page.low[at + 1] == "the" and page.counting[at + 2]:
            number = quantity_at(page, at + 2, notes.last)
            return number is not None and number.value == whole
    return False


def _names_the_dead(page: Page, notes: Notes) -> bool:
    """Say whether a segment begins with "the dead", "of the victims"."""
    words = page.low[notes.first : notes.first + _REACH]
    return any(one in {"the", "of"} and other in _DEAD for one, other in itertools.pairwise(words))
