"""One person of a calling that the vocabulary lacks, right before the harm: "a bookkeeper died"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.nouns import ENDS_PHRASE
from mapper.reading.tolls.numbers import exactly
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.vocabulary import word_set

_TO_VERB: Final = word_set("auxiliary")
_ONE_OF: Final = frozenset({"a", "an", "his", "her", "its", "their", "another", "one"})
_LONE: Final = 3
_OWN: Final = frozenset({"his", "her"})
_PRONOUNS: Final = {"he": "", "she": "women"}
"""Those who go with their kin; "he" may be a boy."""

_NOT_A_PERSON: Final = word_set("not_a_person")
_BEGINS: Final = frozenset({"a", "an", "one", "the"})
_NO_CALLING: Final = ("act", "harm", "people", "site", "place_kind", "counted")


def lone_noun(page: Page, verb: int, clause: int) -> PeoplePhrase | None:
    """Read one person right before "died" or "was killed" by an unknown noun: "a bookkeeper died".

    Parameters
    ----------
    page : Page
        The article.
    verb : int
        Word of the harm.
    clause : int
        First word that may belong to its subject.
    """
    at = verb - 1
    while at > clause and page.low[at] in _TO_VERB:
        at -= 1
    last = at + 1
    while at > clause and last - at <= _LONE and page.low[at].isalpha() and page.words[at].islower():
        if page.low[at] in _ONE_OF:
            break
        if page.low[at] in ENDS_PHRASE or page.mark("act", at):
            return None
        at -= 1
    if not 0 < last - at - 1 <= _LONE or page.low[at] not in _ONE_OF or page.low[last - 1] in _NOT_A_PERSON:
        return None
    count = exactly(at, at + 1, 1)
    return PeoplePhrase(at, last, count, "people", definite=page.low[at] == "the")


def unknown_first(page: Page, first: int, clause: int) -> PeoplePhrase | None:
    """Read one person of an unknown calling that a subject begins with: "The dealer" in "The dealer and a boy died".

    Parameters
    ----------
    page : Page
        The article.
    first : int
        First word of the people known, behind "and".
    clause : int
        First word of the clause.
    """
    last = first - 1
    at = last - 1
    if at <= clause or page.low[last] != "and":
        return None
    while at > clause and last - at <= _LONE and page.words[at].isalpha() and page.words[at].islower():
        if page.low[at] in ENDS_PHRASE or any(page.mark(tag, at) for tag in _NO_CALLING):
            return None
        at -= 1
    if at != clause or page.low[at] not in _BEGINS or page.low[last - 1] in _NOT_A_PERSON or last - at == 1:
        return None
    return PeoplePhrase(at, last, exactly(at, at + 1, 1), "people")


def pronoun_before(page: Page, first: int, clause: int) -> PeoplePhrase | None:
    """Read the one whom a subject begins with by a pronoun: "She and her two children were killed".

    Parameters
    ----------
    page : Page
        The article.
    first : int
        First word of the people behind "and".
    clause : int
        First word of the clause.
    """
    own = first - (page.low[first] not in _OWN)
    at = own - 2
    if at < clause or page.low[own] not in _OWN or page.low[own - 1] != "and" or page.low[at] not in _PRONOUNS:
        return None
    return PeoplePhrase(at, at + 1, exactly(at, at + 1, 1), "people", _PRONOUNS[page.low[at]])
