"""Phrases that count people: "23 Syrian civilians", "a child", "members of one family".

A phrase says how many, of which population, and whether it is about women,
children or men alone. Whether anyone in it was harmed is read in `tolls`.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.model import Comparator
from mapper.reading.page import ACT, COUNT, DETERMINER, HARM, PEOPLE, Page
from mapper.reading.tolls.ages import is_age, under_age
from mapper.reading.tolls.nouns import (
    ENDS_PHRASE,
    counted_harm,
    demonym_noun,
    harm_follows,
    joins_demonyms,
    noun_at,
    of_family,
    past_bracket,
    past_noun,
    past_offspring,
    past_participle_clause,
    unknown_noun,
    with_another_noun,
)
from mapper.reading.tolls.numbers import Quantity, exactly, quantity_at
from mapper.reading.tolls.unnamed import aged_person

_POSSESSIVE: Final = frozenset({"his", "her", "their", "its", "my", "our", "'s"})
_BOUNDS: Final = ENDS_PHRASE | _POSSESSIVE
_DEFINITE: Final = frozenset({"the", "these", "those", "all", "other"})
_REACH: Final = 6
ORDINALS: Final = {
    word: value
    for value, word in enumerate(
        ["second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"], 2
    )
}
_IS_ONE: Final = frozenset({"was", "were", "is", "are", ",", "as", "among"})
_IS: Final = (["is"], ["was"], ["remains"], ["remained"], ["had"], ["has"])
_SHORT: Final = frozenset({"nat", "int", "intl", "civ", "loc"})
_QUOTES: Final = frozenset({'"', "'"})
_MAY: Final = frozenset({"may", "might", "could"})
_WHERE: Final = frozenset({"in", "at", "on", "from", "near", "inside", "aboard"})
_AS_MANY: Final = {"parents": 2, "spouses": 2, "twins": 2, "newlyweds": 2, "triplets": 3}
"""How many these are where no number says it."""

_POINTS_AT: Final = frozenset({"elder", "older", "younger", "this", "that", "each", "every", "any", "which"})
_BEFORE_KIND: Final = (["of"], ["a"], ["an"])
_INCL: Final = frozenset({"inc", "incl", "including"})
_OPENS_NOTE: Final = frozenset({".", ":", ";", "\u2013", "-", "\n", "(", '"'})
_LEAVES: Final = frozenset({"leave", "leaves", "leaving", "left"})
_DOES: Final = frozenset({"hurts", "injure", "injures", "kill", "kills", "wound", "wounds"})
_GOES_WITH: Final = frozenset({"and", ",", "was", "were", "(", "+", "&"})


@dataclass(slots=True)
class PeoplePhrase:
    """People in words ``first..last`` (last exclusive).

    Parameters
    ----------
    count : Quantity
        How many.
    population : str
        civilians, people, fighters, refugees, families, journalists, …
    of : str
        women, children or men, where the noun is about them alone; else "".
    group : str
        killed or injured, where the phrase itself says so ("12 deaths").
    definite : bool
        Points back to people told of before ("the three civilians").
    plural_only : bool
        No number was given, only a plural.
    """

    first: int
    last: int
    count: Quantity
    population: str
    of: str = ""
    group: str = ""
    definite: bool = False
    plural_only: bool = False


def people_at(page: Page, first: int, end: int, blocked: Container[int]) -> PeoplePhrase | None:
    """Read the phrase for people that begins at word `first`, if one does.

    Examples
    --------
    >>> from mapper.reading.page import open_page
    >>> from mapper.reading.vocabulary import vocabulary, word_set
    >>> def read(text):
    ...     page = open_page(text, vocabulary())
    ...     p = people_at(page, 0, len(page.words), ())
    ...     return p and (p.count.minimum, p.population, p.of)
    >>> read("at least five young children"), read("a child"), read("eight members of one family")
    ((5, 'people', 'children'), (1, 'people', 'children'), (8, 'people', ''))
    """
    kinds = page.kinds[first]
    quantity = quantity_at(page, first, end, blocked) if kinds & COUNT else None
    if quantity is not None:
        if page.low[first] == "one" and first and page.low[first - 1] in _POINTS_AT:
            return None  # "the elder one"
        return _counted(page, quantity, end)
    if kinds & DETERMINER:
        return _single(page, first, end)
    if not kinds & PEOPLE:
        return None
    group = page.mark("people_group", first)
    if group is not None:
        count = quantity_at(page, group.last, end, blocked)
        if count is not None:
            return PeoplePhrase(first, past_noun(page, count.last, end), count, "relatives")
    return _plural(page, first, end)


def _counted(page: Page, count: Quantity, end: int) -> PeoplePhrase | None:  # noqa: PLR0911 - decisions, from the top
    definite = count.first > 0 and page.low[count.first - 1] in _DEFINITE | _POSSESSIVE
    at = count.last
    pronoun = page.mark("people_pronoun", at) if at < end else None
    if pronoun is not None:
        return _of_them(page, count, pronoun.last, end)
    if (family := of_family(page, at, end)) > at and page.low[family - 1] != "families":
        return PeoplePhrase(count.first, family, count, "people", "", "", definite)  # "three of one family"
    at = _past_of(page, at, end, of_all=count.first == 0 or page.low[count.first - 1] not in _IS_ONE)
    group = ""
    start = at
    while at < end and at - start <= _REACH:
        noun = noun_at(page, at, end)
        if noun is not None:
            last, population, of, one = noun
            if one and page.low[count.first] == "both":
                return None  # "both his wife and his son"
            last, counted = counted_harm(page, at, last, end)
            last, population, of = with_another_noun(page, last, population, of, end)
            count, last = _hedged_after(page, count, last, end)
            last = of_family(page, last, end)
            return PeoplePhrase(count.first, last, count, population, of, group or counted, definite)
        harm = page.mark("harm", at)
        word = page.low[at]
        if harm is not None:
            kind, form = harm.value.split()
            following = noun_at(page, harm.last, end) if harm.last < end else None
            if following is not None and form in {"verb", "count", "state"} and harm.last - at == 1:
                group = kind if page.low[at - 1] not in {"was", "were"} else ""
                at = harm.last
                continue
            if form == "count":
                return PeoplePhrase(count.first, harm.last, count, "people", "", kind, definite)
            if at > start and not all(w.endswith("ly") for w in page.low[start:at]):
                break  # but "three critically hurt"
            return PeoplePhrase(count.first, at, count, "people", "", "", definite)
        if at == start and demonym_noun(page, at, end):
            return PeoplePhrase(count.first, at + 1, count, "people", "", "", definite)
        if word in ENDS_PHRASE and not (word == "and" and joins_demonyms(page, at, end)):
            break
        if not word[0].isalpha() and word not in {"-", '"'} and not (word == "." and page.low[at - 1] in _SHORT):
            break
        at += 1
    return _unnamed_people(page, count, start, end, definite=definite)


def _past_of(page: Page, at: int, end: int, *, of_all: bool) -> int:
    """Return where the noun that a number counts may begin: past "of the", "of police recruits", a quotation mark."""
    if at + 1 >= end:
        return at
    following = page.low[at + 1]
    if page.low[at - 1] == "both" and page.low[at] in _POSSESSIVE:
        return at + 1
    if page.low[at] == "of" and following in _POSSESSIVE | {"the"}:
        at += 2
    elif page.low[at] in {"of", "from"} and _several_at(page, at + 1, end):
        at += 1
    elif of_all and page.low[at] == "of" and (all_of_them := quantity_at(page, at + 1, end)) is not None:
        at = all_of_them.last  # "one of four hostages"
    if at + 1 < end and page.low[at] in _QUOTES and (page.mark("harm", at + 1) or page.low[at + 1] in _MAY):
        at += 1  # 8 killed, "dozens" wounded
    return at


def _several_at(page: Page, at: int, end: int) -> bool:
    """Say whether a noun for several people begins at a word."""
    noun = noun_at(page, at, end) if page.kinds[at] & PEOPLE else None
    return noun is not None and not noun[3]


def _unnamed_people(page: Page, count: Quantity, start: int, end: int, *, definite: bool) -> PeoplePhrase | None:
    """Read a number of a noun that the vocabulary lacks: people where harm follows ("six clients were hurt")."""
    if start < end and (page.low[start] in {"were", "was", "have", "had", "are", ",", "more", "and"}):
        return PeoplePhrase(count.first, start, count, "people", "", "", definite)
    if start < end and page.low[start] == "(" and harm_follows(page, past_bracket(page, start, end), end):
        return PeoplePhrase(
            count.first, start, count, "people", "", "", definite
        )  # "three (two men, a girl) were hurt"
    if start + 1 < end and page.low[start] == "who" and harm_follows(page, start + 1, end):
        return PeoplePhrase(count.first, start, count, "people", definite=True)
    if start < end and page.low[start] in _WHERE and (last := _past_where(page, start, end)):
        return PeoplePhrase(count.first, last, count, "people", "", "", definite)
    last = unknown_noun(page, start, end, one=count.value == 1)
    if last and harm_follows(page, past_participle_clause(page, last, end), end):
        return PeoplePhrase(count.first, last, count, "people", "", "", definite)
    return PeoplePhrase(count.first, count.last, count, "") if count.op != "word" or count.value > 2 else None


def _past_where(page: Page, start: int, end: int) -> int:
    """Return where "in the queue" ends, if "were hurt" follows: "five in the queue were hurt"; else 0."""
    for last in range(start + 2, min(start + _REACH, end)):
        if page.low[last] in {"were", "was"} and harm_follows(page, last, end):
            return last
        if not page.low[last][0].isalpha() or page.kinds[last] & (HARM | ACT):
            return 0
    return 0


def harmed_noun(page: Page, phrase: PeoplePhrase, end: int) -> PeoplePhrase | None:
    """Take the noun after a number for people because somebody killed or injured them: "killing 12 reed cutters"."""
    at = phrase.count.last
    if at < end and page.low[at] == "of":
        at += 1 + (at + 1 < end and page.low[at + 1] == "the")
    last = unknown_noun(page, at, end)
    return replace(phrase, last=last, population="people") if last else None


def _hedged_after(page: Page, count: Quantity, last: int, end: int) -> tuple[Quantity, int]:
    """Read a hedge that follows: "Five civilians at least"."""
    hedge = page.mark("hedge", last) if last < end else None
    if hedge is None or hedge.value != ">=" or count.op != "=" or page.counting[min(hedge.last, end - 1)]:
        return count, last
    return replace(count, op=">=", maximum=None), hedge.last


def _of_them(page: Page, count: Quantity, at: int, end: int) -> PeoplePhrase:
    """Read "two of them children", "six of whom were women"; "of them women and children" counts neither apart."""
    last = at + 1 if at < end and page.low[at] in {"were", "was", "are", "is"} else at
    last += last > at and page.low[last : last + 1] in _BEFORE_KIND  # "five of which were of minors", "one is a boy"
    noun = noun_at(page, last, end) if last < end else None
    if noun is None and (aged := under_age(page, last, end)):
        return PeoplePhrase(count.first, aged, count, "people", "children", definite=True)
    if noun is None or not noun[2]:
        return PeoplePhrase(count.first, at, count, "people", definite=True)
    mixed = noun[0] + 1 < end and page.low[noun[0]] in {"and", "or"} and page.mark("people", noun[0] + 1) is not None
    return PeoplePhrase(count.first, noun[0], count, noun[1], "" if mixed else noun[2], definite=True)


def _single(page: Page, first: int, end: int) -> PeoplePhrase | None:  # noqa: PLR0911 - decisions, read from the top
    at = first + 1
    if ordinal_at(page, first, end):
        at += 1
    if (aged := aged_person(page, first, end)) is not None:
        return PeoplePhrase(first, aged[0], exactly(first, first + 1, 1), "people", aged[1])
    if page.low[first : first + 2] == ["the", "other"] and page.low[first + 2 : first + 3] in _IS:
        return PeoplePhrase(first, first + 2, exactly(first, first + 2, 1), "people")
    counts = page.low[first] == "another" or at > first + 1
    if counts and (at >= end or _ends_here(page, at)):
        return PeoplePhrase(first, at, exactly(first, at, 1), "people")
    while at < end and at - first <= _REACH + 3:
        kinds = page.kinds[at]
        noun = noun_at(page, at, end) if kinds & PEOPLE else None
        if noun is not None:
            last, population, of, one = noun
            number = 1 if one else 2 * (page.low[last - 1] == "couple")
            of_somebody = kinds & HARM and page.marks["harm"][at].value.endswith("noun")  # "the body of a teacher"
            if not number or of_somebody or (last < end and page.low[last] in {"'s", "-"}):
                return None
            count = exactly(first, first + 1, number)
            definite = page.low[first] == "the" or page.low[first] in _POSSESSIVE
            last = past_offspring(page, last, end) if population == "relatives" else last
            return PeoplePhrase(first, last, count, population, of, definite=definite)
        word = page.low[at]
        if word in ENDS_PHRASE or kinds & (HARM | ACT):
            return None
        if page.counting[at] and _counts_others(page, at):
            return None
        if not (word[0].isalnum() or word in {"-", '"'}):
            return None
        at += 1
    return None


def _counts_others(page: Page, at: int) -> bool:
    """Say whether a word counts others: "the minister counted 8 civilians"; not the age in "a 9-year-old boy"."""
    is_number = page.low[at].isdecimal() or (page.low[at] != "one" and page.mark("number", at) is not None)
    return is_number and not is_age(page, at)


def _ends_here(page: Page, at: int) -> bool:
    """Say whether a phrase without a noun ends before a word: "another was", "a third succumbed"; not "a third of"."""
    low = page.low[at]
    return low != "of" and (low in ENDS_PHRASE or not low[0].isalnum() or page.mark("harm", at) is not None)


def ordinal_at(page: Page, first: int, end: int) -> int:
    """Return what "a third", "the sixth" counts up to, or 0.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        The article before the ordinal, and the end of the sentence.
    """
    if page.low[first] not in {"a", "the"} or first + 1 >= end:
        return 0
    return ORDINALS.get(page.low[first + 1], 0)


def _plural(page: Page, first: int, end: int) -> PeoplePhrase | None:
    noun = noun_at(page, first, end)
    if noun is None or (page.low[first] == "lives" and page.low[first - 1] in _POSSESSIVE):
        return None  # "cost five villagers their lives"
    if page.low[first] == "displaced" and first and page.low[first - 1] == ",":
        return None  # "her four children, displaced from the north"
    if noun[3]:
        return _bare_single(page, first, noun)
    back = first - 1
    for _ in range(3):
        if (
            back >= 0
            and page.low[back] not in _BOUNDS
            and page.low[back][0].isalpha()
            and page.mark("harm", back) is None
        ):
            back -= 1
    definite = back >= 0 and page.low[back] in _DEFINITE | _POSSESSIVE
    if (number := _AS_MANY.get(page.low[noun[0] - 1])) is not None:
        return PeoplePhrase(first, noun[0], exactly(first, noun[0], number), noun[1], noun[2])
    count = Quantity(first, noun[0], 2, "word", 2, None, 2.0)
    return PeoplePhrase(first, noun[0], count, noun[1], noun[2], definite=definite, plural_only=True)


def _bare_single(page: Page, first: int, noun: tuple[int, str, str, bool]) -> PeoplePhrase | None:
    """Read one person without an article, as notes and headlines tell: "Driver and 3 passengers", "Man killed"."""
    before = page.low[first - 1] if first else "."
    listed = before in {"and", ","} and first > 1 and page.mark("people", first - 2) is not None
    if (before == "and" and _is_pair(page, first, noun)) or _of_headline(page, first, noun[0]):
        return PeoplePhrase(first, noun[0], exactly(first, noun[0], 1), noun[1], noun[2])
    if before in _INCL or (before == "." and first > 1 and page.low[first - 2] in _INCL):
        return PeoplePhrase(first, noun[0], exactly(first, noun[0], 1), noun[1], noun[2])  # "5 killed, incl. toddler"
    if before not in _OPENS_NOTE and not listed:
        return None
    following = page.low[noun[0]] if noun[0] < len(page.low) else "."
    if following not in _GOES_WITH and page.mark("harm", noun[0]) is None:
        return None
    if following in {"and", ",", "+", "&"}:
        ahead = noun[0] + 1 + (page.low[noun[0] + 1 : noun[0] + 2] == ["and"])
        if ahead >= len(page.low) or not page.telling[ahead]:
            return None
    return PeoplePhrase(first, noun[0], exactly(first, noun[0], 1), noun[1], noun[2])


def _of_headline(page: Page, first: int, last: int) -> bool:
    """Say whether a headline leaves out the article: "kills woman, injures husband", "leaves girl dead"."""
    before = page.low[first - 1] if first else ""
    if before in _LEAVES:
        harm = page.mark("harm", last)
        return harm is not None and harm.value.endswith("state")
    harm = page.mark("harm", first - 1) if before in _DOES else None
    return harm is not None and harm.last == first


def _is_pair(page: Page, first: int, noun: tuple[int, str, str, bool]) -> bool:
    """Say whether one of kin goes with the one before "and": "a mother and son", "a husband and wife"."""
    other = noun_at(page, first - 2, first) if page.kinds[first - 2] & PEOPLE else None
    if other is None or not other[3] or "relatives" not in {other[1], noun[1]}:
        return False
    return page.low[first - 3] in {"a", "an", "the", "another", "one"} | _POSSESSIVE


def whole(phrases: Sequence[PeoplePhrase]) -> Quantity:
    """Add up coordinated phrases: "a man and his wife" are two.

    Raises
    ------
    ValueError
        There is nothing to add.
    """
    if not phrases:
        raise ValueError("no phrase to add")
    if len(phrases) == 1:
        return phrases[0].count
    counts = [p.count for p in phrases]
    lows = [c.minimum for c in counts]
    highs = [c.maximum for c in counts]
    low = sum(v for v in lows if v is not None) if any(v is not None for v in lows) else None
    high = None if any(v is None for v in highs) else sum(v for v in highs if v is not None)
    ops = {c.op for c in counts}
    op: Comparator = "=" if ops == {"="} else ("word" if "word" in ops else (">=" if high is None else "~"))
    value = sum(c.value for c in counts)
    return replace(counts[0], last=counts[-1].last, value=value, op=op, minimum=low, maximum=high, exact=float(value))
