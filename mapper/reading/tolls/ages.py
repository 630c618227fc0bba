"""Which numbers are ages: "13-year-old", "aged 40", "A. Example, 45,", "Example (45)"."""

from __future__ import annotations

from typing import Final

from mapper.reading.page import Page
from mapper.reading.tolls.numbers import small_number

_AGED: Final = frozenset({"aged", "age", "ages"})
_IN_LIST: Final = frozenset({",", "and", "to", "between", "from", "-", "\u2013"})
_LIST: Final = 12
_ONES: Final = frozenset({"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"})
_GOVERNS: Final = _AGED | _IN_LIST | _ONES
"""Words before a number behind which "aged" may govern it."""

_ELDEST: Final = frozenset({"eldest", "oldest", "youngest"})
_OF_THEM: Final = _ELDEST | {"of", "them", "whom", "was", "is", "being", "only", "just", "aged", "barely"}
_TO_ELDEST: Final = 5
_YEARS_OLD: Final = frozenset({"yo", "yr", "yrs", "yr-old", "y-o"})
_UNDER: Final = frozenset({"under", "over", "below"})
_UNITS: Final = frozenset({"y", "years", "yrs"})
_ABOUT: Final = frozenset({"about", "almost", "around", "barely", "nearly", "some"})
_BEFORE_AGE: Final = _ABOUT | {"of", "and", "than"}
_UNDER_AGE: Final = frozenset({"younger", "older"})
_BELOW: Final = frozenset({"under", "below", "younger", "less"})
_SPANS: Final = frozenset({"aged", "ages", "between", "from", "to"})
_BOUNDS_AGE: Final = (
    _BELOW
    | _SPANS
    | frozenset(
        {
            "the",
            "age",
            "of",
            "than",
            "and",
            "or",
            ",",
            "-",
            "\u2013",
            "year",
            "years",
            "old",
            "months",
            "just",
            "only",
            "all",
        }
    )
)
_TO_AGE: Final = 12
_OF_AGE: Final = 18
_FIGURES: Final = 3
_SEX: Final = (["f", ","], ["m", ","], ["male", ","], ["female", ","], ["(", "f"], ["(", "m"])
_ALL: Final = frozenset({"all", "both", "each", "most", "aged"})


def is_age(page: Page, at: int) -> bool:
    """Say whether a number is an age: "13-year-old", "aged 40", "A. Example, 45,", "Example (45)"."""
    low = page.low
    n = len(low)
    after = at + 1
    if after < n and low[after] == "-":
        after += 1
    if after < n and _in_years(low, after):
        return True
    before = low[at - 1] if at else ""
    if before in {"is", "was"} and at >= 2 and low[at - 2] == "who" and after < n and low[after] in {",", ".", ";"}:
        return True  # "her mother, who was 71, and"
    aged = (before in _GOVERNS or before.isdecimal()) and _aged(low, at)
    if aged or (before in _OF_THEM and _of_the_eldest(low, at)):
        return True
    if (before in _UNDER or before in _BEFORE_AGE) and _of_age(page, at):
        return True
    if not (low[at].isdecimal() and len(low[at]) <= 3 and int(low[at]) < 120 and at >= 2 and after < n):
        return False
    after += low[at - 1] == "(" and low[after] in _UNITS and after + 1 < n  # "a pupil (12 years)"
    enclosed = low[after] in {")", ","} and (low[at - 1] == "(" or low[at - 2 : at] in _SEX)
    apposed = low[at - 1] == "," and low[after] in {",", ".", ";"} and at >= 3
    name = at - 2 - (low[at - 2] == "." and len(low[at - 3]) == 1)  # "Example E., 40,"
    introduced = name < at - 2 or len(low[name]) == 1
    apposed = apposed and page.has_capital(name) and (introduced or _introduced(page, name - 1))
    return enclosed or apposed or _listed_after(page, at)


def _in_years(low: list[str], after: int) -> bool:
    """Say whether a number counts years of life: "13-year-old", "13 years of age", "13 yo"."""
    if not low[after].startswith(("year", "month")):
        return low[after] in _YEARS_OLD
    tail = low[after : after + 3]
    return len(tail) > 1 and ("old" in tail or "old" in low[after] or "age" in tail)


def _of_the_eldest(low: list[str], at: int) -> bool:
    """Say whether a number is the age of one of several: "the youngest of them 5", "the oldest just 13"."""
    back = at - 1
    while back > at - _TO_ELDEST and low[back] in _OF_THEM and low[back] not in _ELDEST:
        back -= 1
    return low[back] in _ELDEST and low[back - 1] in {"the", "her", "his", "their"}


def _introduced(page: Page, before: int) -> bool:
    """Say whether a name goes on before its last word, or is that of kin, or of the next in a list of ages."""
    if page.has_capital(before) or page.mark("people", before) is not None:
        return True
    number = before - 1 - (page.low[before - 1] == ",")
    return page.low[before] in {"and", ","} and number > 1 and page.low[number].isdecimal() and is_age(page, number)


def _listed_after(page: Page, at: int) -> bool:
    """Say whether numbers between commas give the ages of those before them: "two sisters, 9 and 11, died"."""
    low, first, last = page.low, at, at
    while first >= 2 and low[first - 1] in {"and", ","} and low[first - 2].isdecimal():
        first -= 2
    while last + 2 < len(low) and low[last + 1] in {"and", ","} and low[last + 2].isdecimal():
        last += 2
    if first < 2 or low[first - 1] not in {",", "("} or last + 1 >= len(low):
        return False
    if low[first - 1] == "(" and (first == last or low[last + 1] not in {")", "years"}):
        return False  # "three boys (8, 6 and 3)"
    if low[last + 1] not in {",", ".", ";", ")"} and not (first < last and low[last + 1] == "years"):
        return False
    harmed = page.mark("harm", first - 2) is not None  # "two men killed, 22 and 30, and"
    ends = {first - 1, first - 2} if harmed else {first - 1}
    return any(mark.last in ends for mark in page.marked("people", max(0, first - 4), first - 1))


def _of_age(page: Page, at: int) -> bool:
    """Say whether a number is the age of the one before it: "a girl of seven", "all under twelve"."""
    low = page.low
    if at < 2 or not (low[at].isdecimal() or page.mark("number", at) is not None):
        return False
    if at + 1 < len(low) and (low[at + 1] == "of" or page.mark("people", at + 1) is not None):
        return False  # "an uncle of two of those killed"
    if low[at - 2] in _UNDER_AGE | _AGED:
        return True  # "under the age of ten", "younger than six", "aged under five"
    if low[at - 1] == "than":
        return False
    if low[at - 1] in _UNDER:
        return low[at - 2] in _ALL or (at >= 3 and page.mark("people", at - 2) is not None)
    if low[at - 1] == "and" and _years(low[at - 2]):
        at -= 2  # "two women of 45 and 52"
    pair = low[at + 1 : at + 2] == ["and"] and low[at + 2 : at + 3] and _years(low[at + 2])
    at -= low[at - 1] in _ABOUT  # "a man of about sixty"
    noun = page.mark("people", at - 2)
    return low[at - 1] == "of" and noun is not None and (noun.value.endswith("(one)") or bool(pair))


def _aged(low: list[str], at: int) -> bool:
    """Say whether "aged" governs a number, or a list of them that it stands in: "aged 6, 8 and 11"."""
    for back in range(at - 1, max(-1, at - _LIST) - 1, -1):
        if back < 0:
            return False
        if low[back] in _AGED:
            return True
        if not (low[back] in _GOVERNS or low[back].isdecimal()):
            return False
    return False


def under_age(page: Page, at: int, end: int) -> int:
    """Return the word after an age that makes all of some people children: "under 18", "aged 3 to 14"; 0 for none.

    Parameters
    ----------
    page : Page
        The article.
    at, end : int
        The word behind "four of them (were)", and the end of the sentence.
    """
    words = page.low[at : min(at + _TO_AGE, end)]
    if "roof" in words and words[words.index("roof") - 1] == "one":
        return 0  # "all under one roof"
    length = next((i for i, low in enumerate(words) if not (low in _BOUNDS_AGE or _years(low))), len(words))
    if not _BELOW.isdisjoint(words[:length]):
        length = next((i + 1 for i in range(length) if _years(words[i])), length)  # "under 18, and two were women"
    ages = [years for low in words[:length] if (years := _years(low))]
    below = not _BELOW.isdisjoint(words[:length])
    if not ages or not (below or not _SPANS.isdisjoint(words[:length])):
        return 0
    while words[length - 1] in {",", "and", "or", "-"}:
        length -= 1
    return at + length if max(ages) < _OF_AGE + below else 0


def _years(low: str) -> int | None:
    """Return the age that one word says: "9", "nine"; None where it says none."""
    return (int(low) if len(low) <= _FIGURES else None) if low.isdecimal() else small_number(low)
