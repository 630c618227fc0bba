"""Who is a child by the age that is given: "his three sons, aged 4, 7 and 11", "a 15-year-old student".

Nobody under eighteen is a man or a woman here. The ages also say how many
there are where only a plural does: "a farmer and his sons, 20 and 24".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.ages import is_age, under_age
from mapper.reading.tolls.numbers import exactly, small_number
from mapper.reading.tolls.people import PeoplePhrase
from mapper.reading.tolls.victims import name_at
from mapper.reading.tolls.walk import BE

_OF_AGE: Final = 18
_OPENS: Final = frozenset({",", "("})
_AGED: Final = frozenset({"age", "aged", "ages", "all", "between", "both", "just", "only", "of"})
_SAYS_AGES: Final = frozenset({"aged", "age", "ages", "both"})
_JOINS: Final = frozenset({",", "and", "&"})
_TO: Final = frozenset({"to", "-", "\u2013"})
_SMALL: Final = frozenset({"days", "day", "month", "months", "week", "weeks", "days-old", "months-old"})
_UNITS: Final = frozenset({"old", "year", "years"})
_MAY_FOLLOW: Final = _OPENS | _SAYS_AGES | {"who", "of"}
_FIGURES: Final = 3
_DASHES: Final = frozenset({"-", "\u2013", "\u2014"})
_BOUNDED: Final = frozenset({"aged", "under", "younger"})
_SEXES: Final = {
    "f": "women",
    "female": "women",
    "woman": "women",
    "m": "men",
    "male": "men",
    "man": "men",
    "child": "children",
    "girl": "children",
    "boy": "children",
}
_SMALL_ONES: Final = frozenset({"baby", "infant", "little", "minor", "newborn", "small", "teenage", "underage"})
_OFFSPRING: Final = frozenset(
    f"{step}{kin}{s}" for kin in ("son", "daughter") for step in ("", "grand", "step") for s in ("", "s")
)
_KIN: Final = frozenset(
    f"{kin}{s}" for kin in ("brother", "cousin", "nephew", "niece", "sibling", "sister") for s in ("", "s")
)
_LEAD: Final = 3


def by_age(page: Page, phrase: PeoplePhrase, end: int) -> PeoplePhrase:
    """Count people as children, and count them at all, by the ages that stand with them.

    Parameters
    ----------
    page : Page
        The article.
    phrase : PeoplePhrase
        Somebody.
    end : int
        End of the sentence.
    """
    if phrase.population == "fighters" or not phrase.population or (phrase.of == "children" and not phrase.plural_only):
        return phrase
    if phrase.population == "relatives" and not phrase.of and _is_young(page, phrase):
        phrase = replace(phrase, of="children")
    own = _adjective(page, phrase)
    if own is not None:
        return replace(phrase, of="children") if own < _OF_AGE else phrase
    if not phrase.of and (sexed := _sexed(page, phrase, end)):
        phrase = replace(phrase, of=sexed)
    ages, ranged = _behind(page, phrase, end)
    if not ages:
        bounded = not phrase.of and phrase.last < end and page.low[phrase.last] in _OPENS | _BOUNDED
        aged = bounded and under_age(page, phrase.last + (page.low[phrase.last] in _OPENS), end)
        return replace(phrase, of="children") if aged else phrase
    if phrase.plural_only and len(ages) > 1 and not ranged:
        count = exactly(phrase.count.first, phrase.count.last, len(ages))
        phrase = replace(phrase, count=count, plural_only=False)
    each = ranged or len(ages) == phrase.count.value
    return replace(phrase, of="children") if not phrase.of and each and max(ages) < _OF_AGE else phrase


def _sexed(page: Page, phrase: PeoplePhrase, end: int) -> str:
    """Return what brackets say of one person, a woman, a man or a child: "a seller (F)", "one guest (female, 31)"."""
    at = phrase.last
    if phrase.count.value != 1 or at + 2 >= end or page.low[at] != "(" or page.low[at + 2] not in {")", ","}:
        return ""
    return _SEXES.get(page.low[at + 1], "")


def _is_young(page: Page, phrase: PeoplePhrase) -> bool:
    """Say whether kin are called young: "their two young sons", "his baby nephew"; not "her younger brother"."""
    noun, said = page.low[phrase.last - 1], page.low[max(phrase.first, phrase.last - _LEAD) : phrase.last]
    return (noun in _OFFSPRING and "young" in said) or (noun in _OFFSPRING | _KIN and not _SMALL_ONES.isdisjoint(said))


def _years(word: str) -> int | None:
    """Return the age that one word says, or None: "9", "nine"; no age has more than three figures."""
    if word.isdecimal():
        return int(word) if len(word) <= _FIGURES else None
    return small_number(word)


def _adjective(page: Page, phrase: PeoplePhrase) -> int | None:
    """Return the age in "a 15-year-old student", "nine-month-old twins"; None where there is none."""
    for at in range(phrase.first - 1, phrase.last - 1):
        low = page.low[at]
        if at < 0 or not low.endswith("-old"):
            continue
        if low.endswith(("month-old", "week-old", "day-old")):
            return 0
        number, _, unit = low.partition("-")
        if unit.startswith("year"):
            return small_number(number)
        before = at - 1 - (page.low[at - 1] == "-")
        return _years(page.low[before])
    return None


def _behind(page: Page, phrase: PeoplePhrase, end: int) -> tuple[list[int], bool]:
    """Return the ages after people, and whether they bound the ages of all: "aged 3 to 9", "both six"."""
    at = phrase.last
    if phrase.count.value == 1 and at < end and page.low[at] not in _MAY_FOLLOW:
        at = name_at(page, at, end)  # "his son A. Example, 12,"
    at += at + 1 < end and page.low[at] in _DASHES and page.low[at + 1] in _SAYS_AGES  # "three siblings - aged 3, 5"
    if at + 1 >= end or page.low[at] not in _MAY_FOLLOW:
        return [], False
    said = page.low[at] == "who" and page.low[at + 1] in BE  # "two cousins who were 11 and 13 years old"
    at += 2 if said else page.low[at] in _OPENS
    ages: list[int] = []
    ranged = False
    for _ in range(_LEAD):
        if at < end and page.low[at] in _AGED:
            said = said or page.low[at] in _SAYS_AGES
            ranged = ranged or page.low[at] in {"both", "all"}
            at += 1
    while at < end:
        age = _years(page.low[at])
        if age is None or not (said or is_age(page, at)):
            break
        small = at + 1 < end and page.low[at + 1] in _SMALL
        if small and page.low[at - 1] == "of":
            break  # "a bride of nine days"
        ages.append(0 if small else age)
        at += 1 + small
        while at < end and page.low[at] in _UNITS:
            at += 1
        if at < end and page.low[at] in _TO:
            ranged = True
        elif at >= end or page.low[at] not in _JOINS:
            break
        at += 1 + (page.low[at] == "," and at + 1 < end and page.low[at + 1] == "and")
    return ages, ranged
