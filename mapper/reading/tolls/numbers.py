"""Numbers as people write them: "as many as 15", "two dozen", "between 15 and 30".

A quantity keeps its comparator and the range that it allows. "at least 13" has
no upper end, "as many as 15" no lower one, "more than 40" begins at 41, and
"dozens" has only the floor that the plural states (24).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from mapper.model import Comparator
from mapper.reading.page import COUNT, Page
from mapper.reading.vocabulary import vocabulary, word_set

_MAX_DIGITS: Final = 12
_RANGE_WORDS: Final = frozenset({"to", "-", "\u2013", "or"})
_FILLERS: Final = 4
_CEILING: Final = frozenset({"perhaps", "possibly", "maybe", "as", "up", "no", "not", "at"})
_JOINED: Final = frozenset({"_", "/", "@"})
_NUMBERED: Final = word_set("numbered")


@dataclass(slots=True)
class Quantity:
    """A number in words ``first..last`` (last exclusive) and the range it allows.

    `value` is the number as said (the floor, for a word like "dozens");
    `exact` is it before rounding to a count ("3.5").
    """

    first: int
    last: int
    value: int
    op: Comparator
    minimum: int | None
    maximum: int | None
    exact: float = 0.0


def exactly(first: int, last: int, value: int) -> Quantity:
    """Return a whole number that words ``first..last`` say, or stand for, and no range.

    Parameters
    ----------
    first, last : int
        The words, `last` exclusive.
    value : int
        The number.
    """
    return Quantity(first, last, value, "=", value, value, float(value))


@cache
def _small_numbers() -> dict[str, int]:
    return {phrase: int(value) for phrase, tag, value in vocabulary().cues() if tag == "number" and " " not in phrase}


def quantity_at(page: Page, first: int, end: int, blocked: Container[int] = ()) -> Quantity | None:
    """Read the quantity that begins at word `first`, if one does.

    Parameters
    ----------
    page : Page
        The article.
    first, end : int
        Words to read in; `end` is exclusive.
    blocked : container of int
        Words that belong to something else (a date, an age).

    Examples
    --------
    >>> from mapper.reading.page import open_page
    >>> def read(text):
    ...     page = open_page(text, vocabulary())
    ...     q = quantity_at(page, 0, len(page.words))
    ...     return q and (q.op, q.minimum, q.maximum)
    >>> read("as many as 15"), read("more than 40"), read("two dozen"), read("between 15 and 30")
    (('<=', None, 15), ('>', 41, None), ('=', 24, 24), ('=', 15, 30))
    >>> read("dozens"), read("some 100"), read("at least tens of thousands, and perhaps more than 1.5 million")
    (('word', 24, None), ('~', 100, 100), ('>=', 20000, None))
    """
    if first >= end or not page.kinds[first] & COUNT:
        return None
    base = _plain(page, first, end, blocked)
    return None if base is None else _alternative(page, _repeated(page, base, end), end, blocked)


def _repeated(page: Page, base: Quantity, end: int) -> Quantity:
    """Take in the digits that follow a number in words: "three (3) civilians"."""
    at = base.last
    if at + 2 >= end or page.low[at] != "(" or page.low[at + 2] != ")" or page.low[at + 1] != str(base.value):
        return base
    return replace(base, last=at + 3)


def _plain(page: Page, first: int, end: int, blocked: Container[int]) -> Quantity | None:
    """Read a number or range with the hedges before it."""
    if first >= end or first in blocked:
        return None
    hedge = page.marks["hedge"].get(first)
    if hedge is None:
        if page.low[first] in {"between", "from"}:
            base = _range(page, first + 1, end, blocked, {"and", "to", "-", "\u2013"})
            return None if base is None else replace(base, first=first)
        return _range(page, first, end, blocked, _RANGE_WORDS)
    at = hedge.last
    for _ in range(_FILLERS):
        filler = page.mark("hedge_filler", at) or (page.mark("hedge", at) if at < end else None)
        if filler is None or filler.last >= end or _core(page, at, end, blocked):
            break
        at = filler.last
    base = _range(page, at, end, blocked, _RANGE_WORDS)
    return None if base is None else _hedged(base, first, hedge.value)


def _hedged(base: Quantity, first: int, hedge: str) -> Quantity:
    """Say what a hedge that begins at word `first` makes of a number."""
    value, op, least, most = base.value, base.op, base.minimum, base.maximum
    match hedge:
        case ">=":
            op, most = ">=", None if most == value else most
        case ">":
            op, least, most = ">", least if base.op == "word" else (most or value) + 1, None
        case "<=":
            op, least = "<=", None
        case "<":
            op, least, most = "<", None, None if most is None else most - 1
        case "~":
            op = "~"
    return Quantity(first, base.last, value, op, least, most, base.exact)


def _alternative(page: Page, base: Quantity, end: int, blocked: Container[int]) -> Quantity:
    """Join "at least two but possibly up to 9", "at least X, and perhaps more than Y"."""
    at = base.last
    if at < end and page.low[at] == "+":
        return replace(base, last=at + 1, op=">=", maximum=None)  # "15+ wounded"
    if at < end and page.low[at] == ",":
        at += 1
    if at + 1 >= end or page.low[at] not in {"and", "but", "or"}:
        return base
    if page.low[at + 1] == "more" and page.low[at] == "or":
        return replace(base, last=at + 2, op=">=", maximum=None)
    if page.low[at + 1] not in _CEILING:
        return base
    second = None
    for start in (at + 1, at + 2):
        second = second or _plain(page, start, end, blocked)
    if second is None or second.value < base.value or base.op not in {">=", ">", "="}:
        return base
    ceiling = second.maximum if second.op in {"<=", "<", "="} else None
    return replace(base, last=second.last, op=base.op if ceiling is None else "=", maximum=ceiling)


def _range(page: Page, first: int, end: int, blocked: Container[int], joiners: Container[str]) -> Quantity | None:
    low = _core(page, first, end, blocked)
    if low is None:
        return None
    at = low.last
    if at + 1 < end and page.low[at] in joiners:
        after = at + 1
        if page.low[after] == "-":
            return low
        high = _core(page, after, end, blocked)
        if high is not None and high.value > low.value and high.op == low.op == "=" and _same_kind(low, high):
            return Quantity(first, high.last, low.value, "=", low.minimum, high.maximum, float(low.value))
    return low


def _same_kind(low: Quantity, high: Quantity) -> bool:
    """Refuse "2 to 300": a range of counts does not span two orders of magnitude."""
    return high.value <= max(low.value * 60, 20)


def _core(page: Page, first: int, end: int, blocked: Container[int]) -> Quantity | None:
    if first >= end or not page.counting[first] or first in blocked or (first and page.low[first - 1] in _NUMBERED):
        return None
    vague = page.marks["vague"].get(first)
    number = page.marks["number"].get(first)
    if vague is not None and page.low[first - 1] == "as" and page.low[first] == "many":
        return None  # "twice as many"
    if vague is not None and (number is None or vague.last >= number.last):
        floor = int(vague.value)
        return Quantity(first, min(vague.last, end), floor, "word", floor, None, float(floor))
    word = page.words[first]
    if word[0].isdigit():
        return _digits(page, first, end)
    if number is not None:
        value, at = int(number.value), number.last
    elif page.low[first] in {"a", "an"} and page.mark("magnitude", first + 1):
        value, at = 1, first + 1
    elif "-" in word and (parts := _hyphened(page.low[first])):
        value, at = parts, first + 1
    else:
        return None
    value, at = _magnitudes(page, value, at, end)
    return exactly(first, at, value)


def small_number(word: str) -> int | None:
    """Return the number that one word says ("nine", "twenty-five"), or None.

    Parameters
    ----------
    word : str
        In lower case.
    """
    return _small_numbers().get(word) or (_hyphened(word) if "-" in word else 0) or None


def _hyphened(word: str) -> int:
    tens, _, units = word.partition("-")
    known = _small_numbers()
    a, b = known.get(tens, 0), known.get(units, 0)
    return a + b if 20 <= a <= 90 and 0 < b < 10 else 0


def _magnitudes(page: Page, value: int, at: int, end: int) -> tuple[int, int]:
    """Read "three hundred and twenty", "two million", "forty five"."""
    small = _small_numbers()
    if 20 <= value <= 90 and at < end and 0 < small.get(page.low[at], 0) < 10:
        value, at = value + small[page.low[at]], at + 1
    total = 0
    for _ in range(3):
        scale = page.mark("magnitude", at) if at < end else None
        if scale is None:
            break
        value, at = value * int(scale.value), scale.last
        skip = at + 1 if at < end and page.low[at] == "and" else at
        rest = small.get(page.low[skip], 0) or _hyphened(page.low[skip]) if skip < end else 0
        if 0 < rest < int(scale.value):
            total, value, at = total + value, rest, skip + 1
    return total + value, at


def _digits(page: Page, first: int, end: int) -> Quantity | None:
    word = page.words[first]
    before = page.text[page.starts[first] - 1 : page.starts[first]]
    after = page.text[page.ends[first] : page.ends[first] + 2]
    if (before and (before in "_@#/:" or before.isupper())) or after[:1].isalpha() or after[:1] in _JOINED:
        return None
    if after[:1] == ":" and not after[1:].isspace():
        return None  # "16:30", but "killed 16: nine men and"
    plain = word.replace(",", "")
    whole, dot, _ = plain.partition(".")
    if (
        len(whole) > _MAX_DIGITS
        or not whole.isascii()
        or plain.count(".") > 1
        or ("," in word and not _thousands(word))
    ):
        return None
    number = float(plain)
    at = first + 1
    scale = page.mark("magnitude", at) if at < end else None
    if scale is None and len(word) == 4 and 1900 <= number < 2100 and page.mark("people", at) is None:
        return None  # a year
    if scale is not None:
        number *= int(scale.value)
        at = scale.last
    value = round(number)
    if dot and scale is None:
        return Quantity(first, at, value, "~", None, None, number)
    return Quantity(first, at, value, "=", value, value, number)


def _thousands(word: str) -> bool:
    groups = word.partition(".")[0].split(",")
    return all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3
