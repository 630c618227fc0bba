"""A toll as one sentence states it, and the plain forms that need no verb."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.reading.page import COUNT, Mark, Page
from mapper.reading.tolls.coordination import population_of, without_apposition
from mapper.reading.tolls.numbers import Quantity, exactly, quantity_at
from mapper.reading.tolls.people import PeoplePhrase, ordinal_at, whole
from mapper.reading.vocabulary import word_set

PARTS: Final = ("women", "children", "men")

_REACH: Final = 24
_ENDS: Final = frozenset(
    {".", "that", "as", ",", "which", ";", ":", "while", "when", "after", "before", "but", "because"}
)
RISES: Final = word_set("rises")
BRINGS: Final = word_set("brings_to")
"""Verbs by which somebody who died brings a toll to a number."""
_EARLIER: Final = frozenset({"earlier", "first", "initially", "originally", "previously"})
_PARTICIPLES: Final = frozenset({"killed verb", "killed state", "injured verb", "injured state"})
_COUPLES: Final = frozenset({"couple", "newlyweds"})
_TWO: Final = 2
_GOES_ON: Final = frozenset({"after", "when", "that"})
_VICTIMS: Final = frozenset({"fatality", "victim"})
_IS: Final = frozenset({"became", "is", "was"})
_PUTS: Final = frozenset({"put", "puts", "putting"})
_OWNERS: Final = frozenset({"his", "her", "their", "'s"})
_NEGATIONS: Final = frozenset({"no", "not", "any", "without", "of", "from", "his", "her", "their"})


@dataclass(slots=True)
class TollReading:
    """A count of people harmed, in words ``first..last`` of the page (last exclusive).

    `of` is women, children or men for a subset, else empty. `count` may have
    both ends open ("including children"). `superseded` says that the text itself
    replaces it.
    """

    sentence: int
    first: int
    last: int
    group: str
    of: str
    population: str
    count: Quantity
    rule: str
    definite: bool = False
    plural_only: bool = False
    superseded: bool = False


def subset(sentence: int, phrases: Sequence[PeoplePhrase], group: str) -> TollReading:
    """Make the reading of a part: "six women", "two boys and three girls", or "children" without a number."""
    first, last = phrases[0], phrases[-1]
    return TollReading(
        sentence,
        first.first,
        last.last,
        group,
        first.of,
        first.population,
        _open(whole(phrases), phrases),
        "subset",
        first.definite,
        all(phrase.plural_only for phrase in phrases),
    )


def readings(
    page: Page, sentence: int, group: str, phrases: list[PeoplePhrase], span: tuple[int, int], rule: str
) -> Iterator[TollReading]:
    """Yield the toll of a list of phrases, fighters apart, and the parts that it is made of.

    Parameters
    ----------
    page : Page
        The article.
    sentence : int
        Index of the sentence.
    group : str
        killed or injured.
    phrases : list of PeoplePhrase
        Coordinated, not empty.
    span : (int, int)
        Words of the toll with its verb.
    rule : str
        How they were linked.
    """
    fighters = [p for p in phrases if p.population == "fighters"]
    others = [p for p in phrases if p.population != "fighters"]
    for listed in [fighters, others] if fighters and others else [phrases]:
        members = without_apposition(page, listed)
        plural = all(p.plural_only for p in members)
        owned = len(members) > 1 and any(page.low[p.first] in _OWNERS for p in members)
        definite = all(p.definite for p in members) and not owned
        if plural and definite:
            continue
        population = population_of(members)
        yield TollReading(sentence, *span, group, "", population, whole(members), rule, definite, plural)
        told = with_halves(page, listed)
        for of in PARTS:
            mine = [p for p in told if p.of == of]
            if mine:
                yield TollReading(
                    sentence,
                    mine[0].first,
                    mine[-1].last,
                    group,
                    of,
                    population,
                    _open(whole(mine), mine),
                    "whole-is-subset",
                    definite,
                    plural,
                )


def with_halves(page: Page, phrases: Sequence[PeoplePhrase]) -> list[PeoplePhrase]:
    """Add the woman and the man of each couple to some people.

    Parameters
    ----------
    page : Page
        The article.
    phrases : sequence of PeoplePhrase
        Of which some may be couples.
    """
    couples = [p for p in phrases if p.count.value == _TWO and page.low[p.last - 1] in _COUPLES and not p.plural_only]
    one = [(p, exactly(p.count.first, p.count.last, 1)) for p in couples]
    return [*phrases, *(replace(p, count=count, of=of) for p, count in one for of in ("women", "men"))]


def stated_toll(page: Page, sentence: int, toll: Mark, end: int, blocked: Container[int]) -> TollReading | None:
    """Read "the death toll rose from four to six", "the number of injured is 12"."""
    begin = toll.last + (toll.last < end and page.low[toll.last] == ":")
    aside = False
    if page.low[toll.last - 1] == "at" and not page.kinds[begin] & COUNT:
        return None  # "surgeons saw the wounded at a clinic"
    put = page.low[toll.first] in _PUTS
    for at in range(begin, min(toll.last + _REACH, end - 1)):
        if put and page.low[at - 1] != "at":
            continue  # "put the dead from the attack, in which a school was hit, at nine"
        aside = False if put else aside
        aside = aside or (page.low[at] == "," and at > begin)
        if at in blocked and page.low[at] in _ENDS:
            continue  # "the toll of that day's strike"
        if page.low[at] in _ENDS and page.low[at] != "," and not (page.low[at] == "as" and page.counting[at + 1]):
            if page.low[at] not in _GOES_ON:
                return None  # "is given as twelve" goes on
            aside = True
        if at in blocked or (aside and RISES.isdisjoint(page.low[max(begin, at - 3) : at])):
            continue  # behind a comma, or "recovered after the blast", only "… rose to 15" goes on
        count = _latest(page, quantity_at(page, at, end, blocked), end, blocked)
        if count is None or count.op == "word" or page.mark("counted", count.last) is not None:
            continue
        if count.value == 1 and page.low[count.first] == "one":
            return None
        last, population = count.last, "people"
        noun = page.mark("people", last)
        if noun is not None:
            last, population = noun.last, noun.value.removesuffix(" (one)").split(" ")[0]
        return TollReading(sentence, toll.first, last, toll.value, "", population, count, "stated-toll")
    return None


def _latest(page: Page, count: Quantity | None, end: int, blocked: Container[int]) -> Quantity | None:
    """Return what a number was set to: "rose from 4 to 6", "revised from 11 to 9"; None where it is replaced later."""
    if count is None:
        return None
    back = page.low[max(0, count.first - 3) : count.first]
    aside = not _EARLIER.isdisjoint(back) or back[-1:] in (["in"], ["on"], ["by"])
    if aside and _is_revised(page, count.last, end):
        return None  # "initially put at 11, was later revised to 9", "in the attack on three coaches rose to 19"
    if page.low[count.first] == "from" and count.last < end and page.low[count.last] == "to":
        return quantity_at(page, count.last + 1, end, blocked) or count
    if page.low[count.first] == "from" and count.maximum is not None:
        return replace(count, minimum=count.maximum, value=count.maximum)
    return count


def _is_revised(page: Page, first: int, end: int) -> bool:
    """Say whether a number is set right in the words behind it."""
    words = range(first, min(first + _REACH, end - 1))
    return any(page.low[i] in RISES and page.low[i + 1] in {"to", "down", "up"} for i in words)


def number_harmed(page: Page, at: int, end: int) -> Mark | None:
    """Return "the number of passengers killed" as one cue for a toll.

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word "number", and the end of the sentence.
    """
    cue = page.mark("number_of", at)
    noun = cue.last + (page.low[cue.last : cue.last + 1] == ["the"]) if cue is not None else end
    people = page.mark("people", noun) if noun < end else None
    if people is None or people.value.endswith("(one)"):
        return None
    harm = page.mark("harm", people.last)
    if harm is None or harm.value not in _PARTICIPLES or harm.last >= end:
        return None
    return Mark(at, harm.last, harm.value.split()[0])


def brought_to(page: Page, sentence: int, at: int, end: int, blocked: Container[int]) -> TollReading | None:
    """Read "brought to two the number of the dead", where the number stands first."""
    if page.low[at - 1] != "to" or page.low[at - 2] not in BRINGS:
        return None
    count = quantity_at(page, at, end, blocked)
    if count is None or count.op == "word" or count.last >= end:
        return None
    cue = count.last + (page.low[count.last] == "the")
    toll = page.mark("toll", cue) if cue < end else None
    if toll is None:
        return None
    return TollReading(sentence, at, toll.last, toll.value, "", "people", count, "stated-toll")


def counted_off(page: Page, sentence: int, at: int, end: int) -> TollReading | None:
    """Read "the third person to die", "she was the third victim": three have died."""
    nth = ordinal_at(page, at, end)
    noun = page.mark("people", at + 2) if nth and at + 2 < end else None
    if noun is not None and page.low[at + 2] in _VICTIMS and page.low[at - 1] in _IS:
        return TollReading(sentence, at, noun.last, "killed", "", "people", exactly(at, at + 2, nth), "stated-toll")
    if noun is None or noun.last + 1 >= end or page.low[noun.last] != "to":
        return None
    ahead = (
        noun.last
        + 1
        + 2 * (page.low[noun.last + 1 : noun.last + 3] == ["have", "been"])
        + (page.low[noun.last + 1] == "be")
    )
    harm = page.mark("harm", ahead) if ahead < end else None
    if harm is None or harm.value.split()[1] not in {"verb", "bare"}:
        return None
    count = exactly(at, at + 2, nth)
    return TollReading(sentence, at, harm.last, harm.value.split()[0], "", "people", count, "stated-toll")


def nobody(page: Page, sentence: int, at: int) -> list[TollReading] | None:
    """Read "without casualties", "no loss of life": nobody, of whom the words are about."""
    mark = page.mark("unharmed", at)
    if mark is None:
        return None
    none = exactly(at, mark.last, 0)
    return [TollReading(sentence, at, mark.last, group, "", "people", none, "nobody") for group in mark.value.split()]


def plural_harm(page: Page, sentence: int, harm: Mark, group: str, clause: int) -> TollReading | None:
    """Read "causing injuries": a plural without a number is at least two."""
    before = page.low[max(clause, harm.first - 4) : harm.first]
    if any(w in _NEGATIONS for w in before) or page.mark("part", harm.first - 1):
        return None
    count = Quantity(harm.first, harm.last, 2, "word", 2, None, 2.0)
    return TollReading(sentence, harm.first, harm.last, group, "", "people", count, "plural-harm", plural_only=True)


def _open(count: Quantity, phrases: Sequence[PeoplePhrase]) -> Quantity:
    """Leave both ends open where only a plural was given ("including children")."""
    return replace(count, minimum=None, maximum=None) if all(p.plural_only for p in phrases) else count
