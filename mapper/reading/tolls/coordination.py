"""Which phrases for people belong together: "19 civilians and nine others", "a man and his wife".

Coordination adds up, apposition does not: "two civilians, a writer and a child,"
are two.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Final

from mapper.reading.page import Mark, Page
from mapper.reading.tolls.nouns import ENDS_PHRASE, harm_follows
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase, whole
from mapper.reading.tolls.victims import names_before
from mapper.reading.vocabulary import word_set

JOINERS: Final = frozenset({",", "and", "&", "with", "along", "alongside", "together", "as", "well", "plus", "+", "or"})
TOGETHER: Final = frozenset({"alongside", "along", "together"})
COMPANY: Final = TOGETHER | {"with"}
PREPOSITIONS: Final = frozenset({"of", "in", "to", "by", "for", "from", "on", "at", "near", "against", "among", "than"})
DID: Final = frozenset({"did", "was", "were"})
"""Verbs by which what was said of some goes for others too: "as did his driver", "and so were two guards"."""

MOST: Final = 40
"""No list of phrases is followed further; a longer one is not a sentence."""

_SHORT: Final = 4
_GAP: Final = 12
_BRIDGES: Final = frozenset(
    {"(", ")", "'s", "the", "his", "her", "their", "-", "\u2013", '"', "aged", "age", "old"}
) | {
    "instantly",
    "outright",
}
_RELATIVE: Final = frozenset({"who", "whom", "whose", "which", "that"})
OWN: Final = frozenset({"his", "her", "their"})
_MODIFIES: Final = frozenset(
    {"from", "of", "in", "on", "at", "with", "near", "aboard", "inside", "displaced", "aged", "sleeping"}
)
_LISTS: Final = frozenset({"and", "&", "with", "alongside", "along", "together", "plus", "+"})
_TOLD: Final = ("harm", "report", "act", "part")
_BEFORE_HARM: Final = frozenset({"later", "subsequently", "also", "were", "was"})
_WOUNDS: Final = frozenset({"wounds", "injuries", "burns", "injury"})
_CLAUSES: Final = frozenset({";", ":", "while", "when", "after", "before", "but", "because", "where", "whereas", "as"})
_POLICE: Final = word_set("police")
_SEVERAL: Final = 2
_WITH_WOUNDS: Final = 6
_OWNER: Final = 3
_OPENS_CLAUSE: Final = frozenset({".", ";", ",", ":", "\n"})
_ENCLOSES: Final = {"(": ")", "\u2013": "\u2013", "\u2014": "\u2014"}
_DESCRIPTION: Final = 20
_GENERAL: Final = word_set("people_in_general")
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
        or page.has_capital(word)
        or low[0].isdigit()
        or page.mark("counted", word) is not None
        or (low == "of" and page.low[word - 1] == "and")
        or (low == "." and word > 0 and len(page.words[word - 1]) == 1)
    )


def _speaks_of_them(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether people are among those before, speak, or are hurt: "seven children among them", "a medic said"."""
    at = phrase.last
    if at + 1 >= len(page.low):
        return False
    among = page.low[at] in {"among", "amongst"} and page.low[at + 1] in {"them", "whom"}
    if page.low[at] == "with" and not _WOUNDS.isdisjoint(page.low[at : at + _WITH_WOUNDS]):
        return True
    return among or (page.mark("report", at) is not None and page.mark("harm", at) is None)


def described(page: Page, linked: Sequence[PeoplePhrase], word: int) -> bool:
    """Say whether a word stands in what describes the last of some people: "a patient who was carried out, …"."""
    if not linked or not 0 <= word - linked[-1].last < _DESCRIPTION:
        return False
    said = _past_age(page, range(linked[-1].last, word + 1))
    return bool(said) and page.low[said[0]] in _RELATIVE


def _joined_by(page: Page, gap: range, *, listed: bool = False) -> bool:
    """Say whether what stands between two phrases joins them: a comma, an age, "who was carried out, and".

    What describes the one ends where the next begins: "a boy of 13 who worked there and a guard". A comma alone
    ends it after "who …", and where a list goes on (`listed`).
    """
    if _bridged(page, gap):
        return True
    gap = _past_age(page, gap)
    if not gap or len(gap) > _DESCRIPTION or _is_said(page, gap):
        return False
    opening = page.low[gap[0]]
    relative = opening in _RELATIVE
    if not (relative or opening in _MODIFIES or opening == "," or opening.endswith("ing")):
        return False
    joined = next((i for i in reversed(gap) if not bridges(page, i)), gap[0]) + 1
    lists = _LISTS | {","} if relative or listed else _LISTS
    return any(page.low[i] in lists for i in range(joined, gap.stop))


def _past_age(page: Page, gap: range) -> range:
    """Leave out the age that what describes somebody begins with: "a guard of 66 who was seated, and"."""
    aged = len(gap) > 2 and page.low[gap[0]] in {"of", "aged"} and page.low[gap[1]].isdecimal()
    return gap[2:] if aged else gap


def _bridged(page: Page, gap: range) -> bool:
    if 0 < len(gap) <= _GAP and all(bridges(page, i) for i in gap):
        return True
    enclosed = len(gap) <= _DESCRIPTION and not _ENCLOSES.keys().isdisjoint(page.low[gap.start : gap.stop])
    words = _outside_brackets(page, gap) if enclosed else []
    return 0 < len(words) <= _GAP and all(bridges(page, i) for i in words)


def _outside_brackets(page: Page, gap: range) -> list[int]:
    """Return the words of a gap that stand in no brackets, nor between dashes: "a woman (also known as X) and"."""
    words: list[int] = []
    inside = ""
    for i in gap:
        if inside:
            inside = "" if page.low[i] == inside else inside
        elif page.low[i] in _ENCLOSES:
            inside = _ENCLOSES[page.low[i]]
        else:
            words.append(i)
    return [] if inside else words


def _is_said(page: Page, gap: range) -> bool:
    """Say whether something is told between two phrases: an act, a harm, a report, a part, another clause."""
    return any(page.low[i] in _CLAUSES or any(page.mark(tag, i) for tag in _TOLD) for i in gap)


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
    if pending and pending[-1].last == verb == pending[-1].count.last and page.mark("people", verb - 1) is None:
        return [pending[-1]]  # "3 martyrs, all farmers, and 8 wounded"
    ends = {p.last for p in pending}
    belonging = {p.last for p in pending if not p.plural_only}  # "thirteen members of two families died"
    chosen = [
        p for p in pending[-MOST:] if not _oblique(page, p, ends) or (p.last == verb and p.first - 1 not in belonging)
    ] or list(pending[-MOST:])
    counted = [p for p in chosen if not p.plural_only]
    if counted and chosen[-1].plural_only and not _next_to(page, counted[-1], chosen[-1]):
        chosen = counted
    if not chosen:
        return []
    run = [chosen[-1]]
    for phrase in reversed(chosen[:-1]):
        gap = range(phrase.last, _begin(page, run[0], phrase.last))
        aside = _speaks_of_them(page, run[0]) and not _bridged(page, gap)
        if aside or not _joined_by(page, gap, listed=len(run) > 1):
            break
        run.insert(0, phrase)
    return run


def goes_on(page: Page, linked: Sequence[PeoplePhrase], phrase: PeoplePhrase) -> bool:
    """Say whether a phrase is one more object ("a man and his wife"), not a description of the last."""
    if page.low[phrase.first] == "'s" or len(linked) >= MOST or _speaks_of_them(page, phrase):
        return False
    if (
        phrase.last < len(page.low)
        and page.low[phrase.last] in _BEFORE_HARM
        and harm_follows(page, phrase.last, len(page.low))
    ):
        return False  # "killed six people, and two others later died"
    bare = phrase.last == phrase.count.last and phrase.last < len(page.low)
    harm = page.mark("harm", phrase.last) if bare else None
    if harm is not None and harm.value == "injured verb" and linked[-1].last != linked[-1].count.last:
        return False  # "the bodies of six men, and nine wounded"
    near = range(max(linked[-1].last, phrase.first - 3), phrase.first)
    if any(page.low[i] in TOGETHER and (page.low[i] != "along" or page.low[i + 1] == "with") for i in near):
        return True
    if page.low[phrase.first - 1] in DID and page.low[phrase.first - 2] in {"as", "so"}:
        return True
    gap = range(linked[-1].last, phrase.first)
    return (bool(gap) and page.low[gap[0]] != "," and _joined_by(page, gap, listed=len(linked) > 1)) or _bridged(
        page, gap
    )


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
    members = [m for n, m in enumerate(members) if not (n and _repeats(page, m))]
    if len(members) < _SEVERAL or not _opens_apposition(page, members):
        return members
    if len(members) == 2 and members[0].count.value == 1 and "and" in page.low[members[0].last : members[1].first]:
        return members
    if members[0].plural_only and members[0].definite and not any(m.plural_only for m in members[1:]):
        return members[1:]  # "their lodgers, a couple and their baby"
    rest = whole(members[1:])
    head = members[0].count
    same = rest.value == head.value or (rest.value < head.value and members[0].population in {"civilians", "people"})
    of = members[0].of
    alike = {of, ""} if len(members) == _SEVERAL and head.value == 1 else {of}  # "a fifth man, the owner, died"
    beyond = not _is_closed(page, members[-1]) and _goes_beyond(page, members)
    spelled_out = same and (all(m.of in alike for m in members[1:]) if of else not beyond)
    return members[:1] if spelled_out else members


def _is_closed(page: Page, last: PeoplePhrase) -> bool:
    """Say whether a comma closes a list before its verb: "two staff, a surveyor and a porter, were found dead"."""
    at = last.last
    return at + 1 < len(page.low) and page.low[at] == "," and page.low[at + 1] in {"was", "were", "have", "had", "are"}


def _opens_apposition(page: Page, members: Sequence[PeoplePhrase]) -> bool:
    """Say whether a mark stands behind the first of a list; behind "of a team" only where the rest adds up to it."""
    head = members[0]
    if page.low[head.last] in {",", ":", "(", "\u2013"} or _dash(page, head.last):
        return True
    adds_up = whole(members[1:]).value == head.count.value >= _SEVERAL
    adds_up = adds_up and (head.count.value > _SEVERAL or _is_closed(page, members[-1]))
    return adds_up and page.low[head.last] == "of" and page.low[members[1].first - 1] == ","


def _repeats(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether a phrase speaks of those before it: "both students"; not "both of his sons", "all three sisters"."""
    if page.low[phrase.first] not in {"both", "all"}:
        return False
    return OWN.isdisjoint(page.low[phrase.first + 1 : phrase.last])


def _dash(page: Page, word: int) -> bool:
    """Say whether a word is a dash and no hyphen: "three civilians -- a man, his wife and their son --"."""
    return page.low[word] == "-" and page.text[page.starts[word] - 1].isspace()


def _goes_beyond(page: Page, members: Sequence[PeoplePhrase]) -> bool:
    """Say whether a list adds to its first: "three teachers, two drivers and a cook", "a couple, their daughter"."""
    head = members[0]
    if head.population == "civilians" and any(is_police(page, m) for m in members[1:]):
        return True
    general = not _GENERAL.isdisjoint(page.low[head.count.first : head.last])
    if head.count.value < _SEVERAL or head.last == head.count.last or general:
        return False
    if page.low[members[1].first] in OWN:
        return True
    return head.population != "relatives" and not any(
        m.of or m.population == "relatives" or m.last == m.count.last for m in members[1:]
    )


def is_police(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether people are police, who are others beside civilians.

    Parameters
    ----------
    page : Page
        The article.
    phrase : PeoplePhrase
        Somebody.
    """
    return not _POLICE.isdisjoint(page.low[phrase.first : phrase.last])


def population_of(members: Sequence[PeoplePhrase]) -> str:
    """Return the most telling population of a list: civilians before people."""
    return min((p.population for p in members), key=lambda p: _ORDER.index(p) if p in _ORDER else len(_ORDER))


def named_subject(page: Page, verb: int, clause: int) -> PeoplePhrase | None:
    """Count the names listed right before a word, as one phrase."""
    names = names_before(page, verb, clause)
    if not names or in_title_case(page, clause, verb):
        return None
    number = len(names)
    count = exactly(names[0].first, names[-1].last, number)
    return PeoplePhrase(names[0].first, names[-1].last, count, "people")


def in_title_case(page: Page, clause: int, verb: int) -> bool:
    """Say whether all that stands before and at a verb is written large, as in a headline: nothing there is a name."""
    return page.capital(verb) and all(page.capital(i) for i in range(clause, verb) if len(page.low[i]) > _SHORT)


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


def _begin(page: Page, phrase: PeoplePhrase, first: int) -> int:
    """Return where a phrase begins with its owner: "their uncle's wife"."""
    at = phrase.first
    at -= at - 1 > first and page.low[at - 1] == "'s"  # "the aunt's twin babies"
    if page.low[at] == "'s":
        while at > max(first, phrase.first - _OWNER) and page.low[at - 1].isalpha() and page.low[at - 1] not in JOINERS:
            at -= 1
    return at


def _oblique(page: Page, phrase: PeoplePhrase, ends: Container[int]) -> bool:
    """Say whether people stand behind a preposition; "with" joins them to those that end right before it."""
    before = phrase.first - 1
    if phrase.plural_only and before > 1 and page.words[before].islower() and page.low[before - 1] in PREPOSITIONS:
        before -= page.kinds[before] == 0 and page.low[before] not in ENDS_PHRASE  # "a shell on fruit sellers"
    if before < 1:
        return False
    if page.low[before] == "the" and page.low[before - 1] == "of" and phrase.definite:
        before -= page.low[before - 2] in _OPENS_CLAUSE or before == 1  # "Of the twenty men who …, eighteen died"
    if page.low[phrase.first] == "from" and phrase.first in ends:
        return True  # "nine people from two families"; else "from two to five people"
    if page.low[before] == "with" and before not in ends:
        return page.low[before - 1] not in JOINERS
    return page.low[before] in PREPOSITIONS
