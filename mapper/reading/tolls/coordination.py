"""Which phrases for people belong together: "19 civilians and nine others", "a man and his wife".

Coordination adds up, apposition does not: "two civilians, a writer and a child,"
are two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.page import Mark, Page
from mapper.reading.tolls.numbers import Quantity
from mapper.reading.tolls.people import PeoplePhrase, whole
from mapper.reading.tolls.victims import names_before

JOINERS: Final = frozenset({",", "and", "&", "with", "along", "alongside", "together", "as", "well", "plus", "or"})
TOGETHER: Final = frozenset({"alongside", "along", "together"})
PREPOSITIONS: Final = frozenset({"of", "in", "to", "by", "for", "from", "on", "at", "near", "against", "among", "than"})
MOST: Final = 40
"""No list of phrases is followed further; a longer one is not a sentence."""

_GAP: Final = 12
_BRIDGES: Final = frozenset({"(", ")", "'s", "the", "his", "her", "their", "-", "\u2013", '"'})
_ORDER: Final = (
    "civilians",
    "refugees",
    "displaced",
    "journalists",
    "medical staff",
    "rescuers",
    "families",
    "relatives",
)


def bridges(page: Page, word: int) -> bool:
    """Say whether a word may stand between two phrases that are one list: "and", a name, an age."""
    low = page.low[word]
    return (
        low in JOINERS
        or low in _BRIDGES
        or any(letter.isupper() for letter in page.words[word])
        or low[0].isdigit()
        or page.mark("counted", word) is not None
    )


def subject_of(page: Page, pending: Sequence[PeoplePhrase], verb: int = -1) -> list[PeoplePhrase]:
    """Return the run of phrases, last first met, that a verb on their right is about.

    Parameters
    ----------
    page : Page
        The article.
    pending : sequence of PeoplePhrase
        What the clause has named so far, in order.
    verb : int, optional
        The word of the harm: people right before a participle are its subject ("the names of 9 people killed").
    """
    chosen = [p for p in pending[-MOST:] if not _oblique(page, p) or p.last == verb] or list(pending[-MOST:])
    counted = [p for p in chosen if not p.plural_only]
    if counted and chosen[-1].plural_only and not _next_to(page, counted[-1], chosen[-1]):
        chosen = counted
    if not chosen:
        return []
    run = [chosen[-1]]
    for phrase in reversed(chosen[:-1]):
        gap = range(phrase.last, run[0].first)
        if len(gap) > _GAP or not all(bridges(page, i) for i in gap):
            break
        run.insert(0, phrase)
    return run


def goes_on(page: Page, linked: Sequence[PeoplePhrase], phrase: PeoplePhrase) -> bool:
    """Say whether a phrase is one more object ("a man and his wife"), not a description of the last."""
    if page.low[phrase.first] == "'s" or len(linked) >= MOST:
        return False
    if any(page.low[i] in TOGETHER for i in range(max(linked[-1].last, phrase.first - 3), phrase.first)):
        return True
    gap = range(linked[-1].last, phrase.first)
    return bool(gap) and len(gap) <= _GAP and all(bridges(page, i) for i in gap)


def alike(page: Page, phrases: Sequence[PeoplePhrase]) -> list[list[PeoplePhrase]]:
    """Put counts of one kind that stand side by side together: "two boys and three girls" are five children."""
    groups: list[list[PeoplePhrase]] = []
    for phrase in phrases:
        last = groups[-1][-1] if groups else None
        counted = last is not None and not (last.plural_only or phrase.plural_only or phrase.definite)
        if counted and last is not None and last.of == phrase.of != "" and _listed(page, last, phrase):
            groups[-1].append(phrase)
        else:
            groups.append([phrase])
    return groups


def without_apposition(page: Page, members: list[PeoplePhrase]) -> list[PeoplePhrase]:
    """Drop the list that only spells out its head: "two civilians, a writer and a child,"."""
    members = [m for n, m in enumerate(members) if not (n and page.low[m.first] in {"both", "all"})]
    if len(members) < 2 or page.low[members[0].last] not in {",", ":", "(", "\u2013"}:
        return members
    rest = whole(members[1:])
    head = members[0].count
    same = rest.value == head.value or (rest.value < head.value and members[0].population in {"civilians", "people"})
    return members[:1] if same and not members[0].of else members


def population_of(members: Sequence[PeoplePhrase]) -> str:
    """Return the most telling population of a list: civilians before people."""
    return min((p.population for p in members), key=lambda p: _ORDER.index(p) if p in _ORDER else len(_ORDER))


def named_subject(page: Page, verb: int, clause: int) -> PeoplePhrase | None:
    """Count the names listed right before a word, as one phrase."""
    names = names_before(page, verb, clause)
    if not names:
        return None
    number = len(names)
    count = Quantity(names[0].first, names[-1].last, number, "=", number, number, float(number))
    return PeoplePhrase(names[0].first, names[-1].last, count, "people")


def names_joined(page: Page, phrase: PeoplePhrase, clause: int) -> PeoplePhrase | None:
    """Count the names before "and his wife"."""
    before = phrase.first - 1
    if before <= clause or page.low[before] not in {"and", "with"} or page.low[phrase.first] in {"the", "a"}:
        return None
    return named_subject(page, phrase.first, clause)


def shares_subject(page: Page, harm: Mark, linked: Sequence[PeoplePhrase], clause: int) -> bool:
    """Say whether "injured" shares the uncounted subject of "killed" ("many were killed and injured")."""
    if not linked or any(p.count.op != "word" for p in linked):
        return False
    back = harm.first - 1
    while back > clause and page.low[back] in {",", "and", "or", "/"}:
        back -= 1
    return back < harm.first - 1 and page.mark("harm", back) is not None


def _next_to(page: Page, one: PeoplePhrase, other: PeoplePhrase) -> bool:
    gap = range(one.last, other.first)
    return len(gap) <= 2 and all(page.low[i] in JOINERS for i in gap)


def _listed(page: Page, one: PeoplePhrase, other: PeoplePhrase) -> bool:
    gap = page.low[one.last : other.first]
    return 0 < len(gap) <= 2 and set(gap) <= {",", "and", "&", "plus"}


def _oblique(page: Page, phrase: PeoplePhrase) -> bool:
    return phrase.first > 0 and page.low[phrase.first - 1] in PREPOSITIONS
