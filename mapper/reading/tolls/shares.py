"""Shares of a whole: "six of the nine people killed were children", "of them, 12 were women"."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.nouns import noun_at
from mapper.reading.tolls.numbers import Quantity, exactly, quantity_at
from mapper.reading.tolls.people import PeoplePhrase, people_at
from mapper.reading.tolls.stated import TollReading

_BE: Final = frozenset({"was", "were", "are", "is"})
_BETWEEN: Final = frozenset(
    {"who", "had", "have", "has", "been", "confirmed", "reportedly", "later", "subsequently", "since"}
)
_THE: Final = frozenset({"the", "those", "these", "all"})
_TO_HARM: Final = 5
_TO_PREDICATE: Final = 24


def share_of(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> list[TollReading] | None:
    """Read a share of people harmed: the whole, and the part that it tells of.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    at, end : int
        The word at which the share begins, and the end of the sentence.
    blocked : container of int
        Words that belong to dates and ages.

    Returns
    -------
    list of TollReading or None
        The whole first; None where the words at `at` are something else.
    """
    part = quantity_at(page, at, end, blocked)
    if part is None or part.last + 2 >= end or page.low[part.last] != "of" or page.low[part.last + 1] not in _THE:
        return None
    whole = people_at(page, part.last + 2, end, blocked)
    if whole is None or whole.plural_only or not whole.population or quantity_at(page, whole.first, end) is None:
        return None
    harmed = harm_after(page, whole.last, end)
    if harmed is None:
        return None
    group, last = harmed
    if list(page.low[at - 2 : at]) == ["all", "but"]:
        return _all_but(sentence, (at - 2, last), group, whole, part)
    found = [TollReading(sentence, whole.first, last, group, "", whole.population, whole.count, "share")]
    for ahead in range(last, min(last + _TO_PREDICATE, end - 1)):
        noun = noun_at(page, ahead + 1, end) if page.low[ahead] in _BE else None
        if noun is not None and noun[2]:
            found.append(TollReading(sentence, at, part.last, group, noun[2], noun[1], part, "subset"))
            break
    return found + _died_since(page, found[0], part, end)


def _all_but(
    sentence: int, span: tuple[int, int], group: str, whole: PeoplePhrase, part: Quantity
) -> list[TollReading] | None:
    """Read "all but two of the nine passengers were killed": seven."""
    number = whole.count.value - part.value
    if number < 1 or whole.count.op != "=" or part.op != "=":
        return None
    count = exactly(whole.count.first, whole.count.last, number)
    return [TollReading(sentence, *span, group, "", whole.population, count, "share")]


def _died_since(page: Page, whole: TollReading, part: Quantity, end: int) -> list[TollReading]:
    """Read those of the injured who died: "3 of the 8 persons injured in the raid have since died"."""
    if whole.group != "injured":
        return []
    for ahead in range(whole.last, min(whole.last + _TO_PREDICATE, end)):
        harm = page.mark("harm", ahead)
        if harm is not None and harm.value == "killed bare":
            return [replace(whole, first=part.first, last=harm.last, group="killed", count=part)]
        if page.low[ahead] in {",", ";"}:
            break
    return []


def predicated(page: Page, phrase: PeoplePhrase, end: int) -> PeoplePhrase | None:
    """Give a bare number the noun that is said of it: "12 were women"."""
    at = phrase.count.last
    if phrase.last != at or at + 1 >= end or page.low[at] not in _BE:
        return None
    noun = noun_at(page, at + 1 + (page.low[at + 1] == "of"), end)  # "nine bodies, five were of minors"
    if noun is None or not noun[2]:
        return None
    return replace(phrase, last=noun[0], population=noun[1], of=noun[2])


def harm_after(page: Page, at: int, end: int) -> tuple[str, int] | None:
    """Find "killed", "who were killed", "dead" right after people."""
    for ahead in range(at, min(at + _TO_HARM, end)):
        harm = page.mark("harm", ahead)
        if harm is not None:
            group, form = harm.value.split()
            return (group, harm.last) if form in {"verb", "bare", "state"} else None
        if page.low[ahead] not in _BE | _BETWEEN:
            return None
    return None


def predicated_of(page: Page, words: tuple[int, int], whole: int) -> list[PeoplePhrase]:
    """Return those whom numbers alone name: "Nine of the 32 were children; twelve were women.", "One was a girl.".

    Parameters
    ----------
    page : Page
        The article.
    words : (int, int)
        First word, and the one after the last.
    whole : int
        How many there are of whom it may speak.
    """
    found: list[PeoplePhrase] = []
    first, end = words
    for at in page.counting_words(first, end):
        count = quantity_at(page, at, end)
        told = bool(found) and at < found[-1].last
        if count is None or told or count.op != "=" or not 0 < count.value <= whole:
            continue
        be = _past_whole(page, count.last, end, whole)
        if be + 1 >= end or page.low[be] not in _BE:
            continue
        noun = noun_at(page, be + 1 + (page.low[be + 1] in {"a", "an"}), end)
        if noun is not None and noun[2]:
            found.append(PeoplePhrase(at, noun[0], count, noun[1], noun[2]))
    return found


def _past_whole(page: Page, at: int, end: int, whole: int) -> int:
    """Return the word after "of the 35", "of them", "of the nine dead" behind a number."""
    pronoun = page.mark("people_pronoun", at)
    if pronoun is not None:
        return pronoun.last
    if at + 2 >= end or page.low[at] != "of" or page.low[at + 1] not in _THE:
        return at
    number = quantity_at(page, at + 2, end)
    if number is None or number.value != whole:
        return at
    return number.last + (number.last < end and page.low[number.last] in {"dead", "victims", "killed", "people"})
