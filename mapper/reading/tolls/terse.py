"""Victims as telegrams and day lists tell them: no article, and often no verb.

"Driver (nat.) + guard killed nr Exampla", "Exampla: 6, incl. two children, by
car bomb", "Exampla: family of 5 by IED".
"""

from __future__ import annotations

from collections.abc import Container
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.labels import begins_line
from mapper.reading.tolls.numbers import exactly, quantity_at
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.stated import TollReading
from mapper.reading.vocabulary import word_set

_JOINS: Final = frozenset({"+", "and", "&", ","})
_AGENTS: Final = ("er", "or", "ist", "man", "woman", "ian", "ant", "ee", "eur", "yst", "ier", "child", "boy", "girl")
_NO_AGENT: Final = word_set("not_a_person") | word_set("measures") | word_set("not_people")
_NOT_HERE: Final = ("act", "report", "locative", "harm", "number", "vague", "toll", "part")
_NOT_LAST: Final = ("site", "place_kind", "doer")
_MARKS: Final = frozenset({"/", "-", "'s"})
_BACK: Final = 30
_LONGEST: Final = 5
_MOST: Final = 6
_TO_MEANS: Final = 26
_AFTER_BY: Final = 6
_ENDS: Final = frozenset({".", ";"})
_DASHES: Final = frozenset({"\u2013", "\u2014"})
_ARMS: Final = word_set("of_arms") | word_set("weapons") | word_set("near_arms") | word_set("terse_means")


ENTRY: Final = "entry"
"""The rule of a toll that is an entry of a list, where the means stand for the verb."""


def unarticled(page: Page, verb: int, clause: int) -> PeoplePhrase | None:
    """Count the people of a telegram before "killed": callings without an article, from the head of the line on.

    Parameters
    ----------
    page : Page
        The article.
    verb : int
        Word of the harm.
    clause : int
        First word that may belong to them.

    """
    words = _outside_brackets(page, max(clause, verb - _BACK), verb)
    if not words or not (begins_line(page, words[0]) or words[0] == clause):
        return None
    number, member, sure, arms = 0, [], False, True
    for at in [*words, verb]:
        if at != verb and page.low[at] not in _JOINS:
            member.append(at)
            continue
        if not member:
            if at == verb:
                return None
            continue
        if len(member) > _LONGEST or not _is_agent(page, member):
            return None
        noun = page.mark("people", member[-1])
        arms = arms and noun is not None and noun.value.startswith("fighters")
        sure = sure or page.low[member[-1]].endswith(_AGENTS) or noun is not None
        number, member = number + 1, []
    if not sure or number > _MOST:
        return None
    count = exactly(words[0], verb, number)
    return PeoplePhrase(words[0], verb, count, "fighters" if arms else "people")


def _outside_brackets(page: Page, first: int, last: int) -> list[int]:
    words: list[int] = []
    depth = 0
    for at in range(first, last):
        depth += (page.low[at] == "(") - (page.low[at - 1] == ")" and at > first and depth > 0)
        if not depth:
            words.append(at)
    if last > first and page.low[last - 1] == ")":
        depth -= 1
    return words if depth <= 0 else []


def _is_agent(page: Page, member: list[int]) -> bool:
    """Say whether words name one person by a calling: "motorcycle taxi driver", "UN agency contractor"."""
    if any(page.mark(tag, at) for tag in _NOT_HERE for at in member):
        return False
    if not all(page.low[at][0].isalpha() or page.low[at] in _MARKS for at in member):
        return False
    noun = page.low[member[-1]]
    if any(page.mark(tag, member[-1]) for tag in _NOT_LAST):
        return False
    if noun in _NO_AGENT or noun.endswith(("ed", "ing", "ly", "ss")) or (noun.endswith("s") and noun not in _AGENTS):
        return False
    return not any(page.low[at] in {"the", "was", "were", "who", "that", "to", "of", "by"} for at in member)


def entry_at(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> TollReading | None:
    """Read an entry of a day list: a number behind a colon, and the means that killed.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word of the number, and the end of the sentence.
    blocked : container of int
        Words of dates and ages.
    """
    if at <= page.bounds[sentence][0] or page.low[at - 1] != ":" or not page.text[page.starts[at] - 1].isspace():
        return None
    phrase = people_at(page, at, end, blocked)
    count = phrase.count if phrase is not None else quantity_at(page, at, end, blocked)
    if count is None or count.op == "word" or (phrase is not None and (phrase.group or phrase.plural_only)):
        return None
    last = phrase.last if phrase is not None and phrase.population else count.last
    if last < end and page.low[last] not in {"(", ",", "by", "\u2013", "\u2014", "killed"} and last == count.last:
        return None
    depth = 0
    for word in range(last, min(last + _TO_MEANS, end)):
        low = page.low[word]
        depth += (low == "(") - (low == ")")
        if depth:
            continue
        harm = page.mark("harm", word)
        if low in _ENDS or (harm is not None and page.low[word] != "shot"):
            return None
        if (low == "by" or low in _DASHES) and _means(page, word + 1, end):
            return TollReading(sentence, at, word, "killed", "", "people", count, ENTRY)
    return None


def _means(page: Page, first: int, end: int) -> bool:
    """Say whether words name arms, an act or those who bear arms: "by US helicopter missile", "by gunmen"."""
    last = min(first + _AFTER_BY, end)
    if not _ARMS.isdisjoint(page.low[first:last]):
        return True
    return any(page.has(tag, first, last) for tag in ("act", "doer", "actor"))
