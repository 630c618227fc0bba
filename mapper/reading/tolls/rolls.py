"""Rolls of the dead: people listed by name, by age and by kinship, counted and never kept.

"Journalist A. Example (33), along with her husband B. Example, their two sons
and their daughter C. Example" are five. A name behind a counted noun is one of
those it counts; a noun behind a name and a comma only describes.
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from mapper.reading.page import COUNT, DETERMINER, HARM, PEOPLE, Mark, Page
from mapper.reading.tolls.coordination import COMPANY
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.stated import TollReading
from mapper.reading.tolls.victims import aged_name, may_name, name_at
from mapper.reading.tolls.walk import Walk
from mapper.reading.vocabulary import word_set

_BETWEEN: Final = word_set("between_names") | {"-", '"', "/", "along", "alongside", "together", "with", "as", "well"}
_OWN: Final = frozenset({"his", "her", "their", "'s", "my", "our"})
_PARTS: Final = frozenset({",", "and", "with", "alongside", "along", "together", ";"})
_SPELLS_OUT: Final = frozenset({",", ":", "-", "\u2013", "("})
_ALSO_LISTED: Final = word_set("auxiliary") | {"a", "an", "the", "of", "two", "three", "four", "five", "six"}
_WINDOW: Final = 90
_COMPANY_GAP: Final = 12
_BREAKS: Final = frozenset(
    {";", ":", "while", "when", "after", "before", "but", "although", "because", "where", "whereas"}
)


def call_roll(walk: Walk, harm: Mark, group: str, end: int, *, active: bool = False) -> None:
    """Count those who are told by name, left of a passive ("were killed") and in company ("along with his wife").

    Parameters
    ----------
    walk : Walk
        The walk over the sentence; a toll is added to it.
    harm : Mark
        The word of the harm.
    group : str
        killed or injured.
    end : int
        End of the sentence.
    active : bool
        The names stand right of the verb ("killed A. Example and his wife").
    """
    page = walk.page
    before, first = 0, harm.first
    at = harm.last
    if not (active or harm.value.endswith(("noun", "gerund"))):
        at = _company(page, harm.last, end)
        begin = run_before(page, harm.first, walk.clause, walk.blocked)
        if not (at or may_name(page, begin, harm.last)):
            return
        before, first = roll_before(page, begin, harm.first, walk.blocked)
        if not before:
            return
    after, last = roll_after(page, at, end, walk.blocked) if at else (0, harm.last)
    number = before + after
    last = last if after else harm.last
    if number < 2 or not any(name_at(page, i, end) > i + 1 or aged_name(page, i, end) for i in range(first, last)):
        return
    mine = [t for t in walk.tolls if t.group == group and not t.of and first <= t.last and t.first <= last]
    if any(t.count.value == number for t in mine):
        return
    fewer = [t for t in mine if t.rule == "names"]
    walk.tolls = [t for t in walk.tolls if t not in fewer]
    count = exactly(first, last, number)
    walk.tolls.append(TollReading(walk.sentence, first, last, group, "", "people", count, "names"))


def roll_after(page: Page, at: int, end: int, blocked: Container[int]) -> tuple[int, int]:
    """Count the people of a roll that begins at a word.

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        Where it may begin, and the end of the sentence.
    blocked : container of int
        Words of dates and ages.

    Returns
    -------
    (int, int)
        How many, and the word after the last one counted; (0, at) where there is no roll.
    """
    count, owed, absorbs, last, named, parted, kind = 0, 0, 0, at, False, True, ""
    while at < min(end, last + _WINDOW):
        if page.low[at] == "(":
            at = _past_bracket(page, at, end)
            continue
        phrase = _counted(page, at, end, blocked)
        if phrase is not None:
            number = phrase.count.value
            own = page.low[phrase.first] in _OWN or number > 1
            heads = not own and name_at(page, phrase.last, end) > phrase.last
            if number <= absorbs and (phrase.of == kind or not (phrase.of and kind)):
                absorbs -= number  # "two civilians, a farmer and his son": the two
            elif own or heads or not named:
                count += number
                absorbs = number if number > 1 and phrase.last < end and page.low[phrase.last] in _SPELLS_OUT else 0
                kind = phrase.of
            owed = number
            at = last = phrase.last
            continue
        after = name_at(page, at, end)
        if after > at + (not owed) or (after > at and aged_name(page, at, end)):
            if owed:
                owed -= 1
            elif absorbs:
                absorbs -= 1
            elif parted:
                count += 1
            at = last = after
            named, parted = True, False
            continue
        initial = page.low[at] == "." and at > 0 and len(page.words[at - 1]) == 1
        if (
            not initial
            and page.low[at] not in _BETWEEN
            and not page.low[at][0].isdigit()
            and at not in blocked
            and after == at
            and not _heads_names(page, at, end)
        ):
            break
        parted = parted or page.low[at] in _PARTS
        named = named and page.low[at] != ";"  # "A. Example, a grocer; an unknown guest"
        at += 1
    return count, last


def run_before(page: Page, verb: int, clause: int, blocked: Container[int]) -> int:
    """Return the first of the words before a verb that may be a roll."""
    begin = verb
    while begin > max(clause, verb - _WINDOW) and _listed(page, begin - 1, blocked):
        begin -= 1
    return begin


def roll_before(page: Page, begin: int, verb: int, blocked: Container[int]) -> tuple[int, int]:
    """Count the people of a roll in words ``begin..verb``: how many, and its first word; (0, verb) for none."""
    while begin < verb and not (page.capital(begin) or page.telling[begin]):
        begin += 1
    for start in range(begin, verb):
        count, last = roll_after(page, start, verb, blocked)
        if count and all(_listed(page, i, blocked) for i in range(last, verb)):
            # A date before the first name is no part of the roll.
            same = (at for at in range(start + 1, verb) if roll_after(page, at, verb, blocked)[0] != count)
            return count, next(same, verb) - 1
    return 0, verb


def _listed(page: Page, word: int, blocked: Container[int]) -> bool:
    low = page.low[word]
    return (
        low in _BETWEEN
        or low in _OWN
        or low in _ALSO_LISTED
        or low[0].isdigit()
        or page.has_capital(word)
        or page.mark("people", word) is not None
        or word in blocked
    )


def _counted(page: Page, at: int, end: int, blocked: Container[int]) -> PeoplePhrase | None:
    """Read people with an exact count at a word; a noun right before a name is one person."""
    kinds = page.kinds[at]
    phrase = people_at(page, at, end, blocked) if kinds & (COUNT | DETERMINER | PEOPLE) else None
    if phrase is not None and phrase.population and not phrase.plural_only and phrase.count.op == "=":
        return phrase
    noun = page.mark("people", at) if kinds & PEOPLE else None
    if noun is None or not noun.value.endswith("(one)") or name_at(page, noun.last, end) == noun.last:
        return None
    return PeoplePhrase(at, noun.last, exactly(at, noun.last, 1), "people")


def _heads_names(page: Page, at: int, end: int) -> bool:
    """Say whether a plural noun heads names: "their children A. Example (7) and B. Example (4)"."""
    noun = page.mark("people", at) if page.kinds[at] & PEOPLE else None
    return noun is not None and noun.last < end and name_at(page, noun.last, end) > noun.last


def _past_bracket(page: Page, at: int, end: int) -> int:
    closed = next((i for i in range(at, min(at + 14, end)) if page.low[i] == ")"), at)
    return closed + 1


def _company(page: Page, at: int, end: int) -> int:
    """Return the word after "along with", "alongside" in the clause of a passive, or 0."""
    for ahead in range(at, min(at + _COMPANY_GAP, end)):
        low = page.low[ahead]
        if low in COMPANY and (low != "along" or page.low[ahead + 1 : ahead + 2] == ["with"]):
            return ahead + 1 + (low != "with" and ahead + 1 < end and page.low[ahead + 1] == "with")
        if low in _BREAKS or page.kinds[ahead] & HARM or page.mark("report", ahead) is not None:
            return 0
    return 0
