"""Nouns for people: the known ones and what is made of them, and the unknown that harm gives away."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import ACT, HARM, PEOPLE, Page
from mapper.reading.vocabulary import word_set
from mapper.text import Remembered

ENDS_PHRASE: Final = word_set("ends_phrase")
_AUXILIARY: Final = word_set("auxiliary")
_NOT_PEOPLE: Final = word_set("not_people")
_NOT_A_PERSON: Final = word_set("not_a_person")
_WERE: Final = frozenset({"was", "were"})
_CLAUSE: Final = 9
_IN_BRACKET: Final = 14
_PAIRS: Final = {("sons", "daughters"), ("daughters", "sons"), ("brothers", "sisters"), ("sisters", "brothers")} | {
    ("men", "women"),
    ("women", "men"),
    ("boys", "girls"),
    ("girls", "boys"),
    ("women", "children"),
    ("men", "boys"),
}
"""Kinds that one number counts together: "four of their sons and daughters"."""

_PARENTS: Final = frozenset(
    {"dad", "father", "grandfather", "grandmother", "mother", "mum", "parent", "widow", "widower"}
)


def noun_at(page: Page, at: int, end: int) -> tuple[int, str, str, bool] | None:
    """Return (end, population, women/children/men, singular) of the compound noun at `at`."""
    mark = page.mark("people", at) if page.kinds[at] & PEOPLE else None
    if mark is None or mark.last > end:
        return None
    population, of, one = _MEANINGS[mark.value]
    last = mark.last
    for _ in range(2):
        more = page.mark("people", last) if last < end else None
        if more is None or more.last > end:
            break
        p, o, one = _MEANINGS[more.value]
        population = p if population in {"people", "relatives"} else population
        of = o or of
        last = more.last
    return last, population, of, one


def _meaning(value: str) -> tuple[str, str, bool]:
    words = value.removesuffix(" (one)")
    for of in ("women", "children", "men"):
        if words.endswith(" " + of):
            return words.removesuffix(" " + of), of, value.endswith("(one)")
    return words, "", value.endswith("(one)")


_MEANINGS: Final = Remembered(_meaning)


def unknown_noun(page: Page, at: int, end: int, *, one: bool = False) -> int:
    """Return where a plural noun that the vocabulary lacks ends, up to two words on; 0 where there is none."""
    for last in range(at, min(at + 3, end)):
        low = page.low[last]
        if not low[0].isalpha() or low in ENDS_PHRASE or page.mark("harm", last) or page.mark("counted", last):
            return 0
        if one and low.isalpha() and page.mark("harm", last + 1) is not None and low not in _NOT_A_PERSON:
            return last + 1
        if low.endswith("s") and not low.endswith(("ss", "us", "'s")) and low not in _NOT_PEOPLE:
            return last + 1
        if low in _NOT_PEOPLE:
            return 0
    return 0


def harm_follows(page: Page, at: int, end: int) -> bool:
    """Say whether a passive or intransitive harm follows: "were shot dead", "died"."""
    for ahead in range(at, min(at + 4, end)):
        harm = page.mark("harm", ahead)
        if harm is not None:
            return harm.value.split()[1] in {"verb", "bare", "state"}
        if page.low[ahead] not in _AUXILIARY:
            joined = ahead > at and ahead + 2 < end and page.low[ahead + 1] == "and"  # "were ambushed and killed"
            return joined and page.mark("act", ahead) is not None and harm_follows(page, ahead + 2, end)
    return False


def past_participle_clause(page: Page, at: int, end: int) -> int:
    """Return where what people were doing ends, if harm follows: "five gleaners coming home from a field were killed".

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word behind the people, and the end of the sentence.

    Returns
    -------
    int
        `at` itself where no such clause stands there.
    """
    if at >= end or not page.low[at].endswith("ing") or page.kinds[at] & (HARM | ACT):
        return at
    for last in range(at + 1, min(at + _CLAUSE, end)):
        if page.low[last] in _WERE:
            return last if harm_follows(page, last, end) else at
        if not page.low[last][0].isalpha() or page.kinds[last] & (HARM | ACT):
            return at
    return at


def counted_harm(page: Page, at: int, last: int, end: int) -> tuple[int, str]:
    """Return where a noun ends, and the harm that it counts: "12 martyrs", "5 civilian deaths"."""
    harm = page.mark("harm", last - 1)
    if harm is not None:
        return last, harm.value.split()[0] if harm.value.endswith("count") and last - at == 1 else ""
    harm = page.mark("harm", last) if last < end else None
    if harm is not None and harm.value.endswith("count"):
        return harm.last, harm.value.split()[0]
    return last, ""


def with_another_noun(page: Page, last: int, population: str, of: str, end: int) -> tuple[int, str, str]:
    """Take in the second noun that a number counts: "five patients and visitors", "12 women and children"."""
    if last + 1 >= end or page.low[last] not in {"and", "or"}:
        return last, population, of
    noun = noun_at(page, last + 1, end)
    if noun is None or noun[3] or page.mark("harm", last + 1) is not None:
        return last, population, of
    pair = (page.low[last - 1], page.low[noun[0] - 1]) in _PAIRS
    goes_on = (
        not pair and noun[0] + 1 < end and page.low[noun[0]] in {"and", ","} and page.mark("harm", noun[0] + 1) is None
    )
    if goes_on and page.mark("harm", noun[0]) is None:
        return last, population, of  # a list goes on: "two doctors and nurses, and …"
    return noun[0], population if population == noun[1] else "people", of if of == noun[2] else ""


def of_family(page: Page, last: int, end: int) -> int:
    """Take in "of one family", "of the Example family", so that no name in it is read again."""
    if last < end and page.low[last] in {"of", "from"}:
        for at in range(last + 1, min(last + 8, end)):
            if page.low[at] in {"family", "families", "clan", "tribe", "household"}:
                return at + 1
            if not (page.capital(at) or page.low[at] in {"the", "one", "a", "same", "single", "extended", "and", "-"}):
                break
    return last


def past_offspring(page: Page, last: int, end: int) -> int:
    """Take in how many children a parent has: "a mother of five", "a father of two girls": one person each."""
    if last + 1 >= end or page.low[last] != "of" or page.low[last - 1] not in _PARENTS:
        return last
    number = page.low[last + 1].isdecimal() or page.mark("number", last + 1) is not None
    if not number or (last + 2 < end and page.low[last + 2] == "of"):
        return last
    return past_noun(page, last + 2, end)


def past_noun(page: Page, last: int, end: int) -> int:
    """Return where the noun at `last` ends; `last` itself where there is none."""
    noun = noun_at(page, last, end) if last < end else None
    return noun[0] if noun else last


def past_bracket(page: Page, at: int, end: int) -> int:
    """Return the word after a short bracket that opens at a word, or the end of the sentence."""
    return next((i + 1 for i in range(at, min(at + _IN_BRACKET, end)) if page.low[i] == ")"), end)


def demonym_noun(page: Page, at: int, end: int) -> bool:
    """Say whether a word is a plural of nationality that stands as a noun: "400,000 Syrians"."""
    if not (page.capital(at) and page.low[at].endswith(("ans", "is", "ns"))):
        return False
    return (
        at + 1 >= end
        or page.low[at + 1] in ENDS_PHRASE
        or not page.low[at + 1][0].isalpha()
        or bool(page.mark("harm", at + 1))
    )


def joins_demonyms(page: Page, at: int, end: int) -> bool:
    """Say whether "and" stands between two nationalities: "800 Syrian and Iraqi civilians"."""
    return at + 1 < end and page.capital(at - 1) and page.capital(at + 1)
