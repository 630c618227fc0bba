"""Names that no gazetteer has, where the words around them say that they are places: "in Example, a village"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from mapper.model import Toponym
from mapper.places.finding.cues import cues, given_names
from mapper.places.finding.wordlist import frequency

UNLISTED: Final = "unlisted"
"""The kind of such a name."""

_NAME: Final = r"([A-Z][^\W\d_]{2,24}(?:[ -][A-Z][^\W\d_]{2,24}){0,2})"
_KINDS: Final = (
    "village|villages|town|towns|city|hamlet|suburb|settlement|district|districts|province|provinces|region|regions|"
    "county|counties|neighbourhood|neighborhood|peninsula|valley|plateau|prefecture|municipality|township|island|islands"
)
_POINTS: Final = "north|south|east|west|northeast|northwest|southeast|southwest|outskirts|vicinity|residents"
_WAYS: Final = (
    "reach|reached|towards?|via|(?:road|bridge|bus|train|ferry|way|drove|flew|fled|walked|rode|sailed|moved) to|"
    "(?:road|bus|train|ferry|travell?ing|travell?ed|fled|moved|drove|evacuated|hails?) from"
)
_FEATURES: Final = "Islands?|River|Creek|Mountains|Peninsula|Reef|Canyon|Glacier|Falls|Bay|Lagoon|Plateau"
_CUES: Final = (
    re.compile(rf"\b([A-Z][^\W\d_]{{2,24}}(?: [A-Z][^\W\d_]{{2,24}})? (?:{_FEATURES}))\b"),
    re.compile(rf"\b(?:in|near|outside|around|throughout) {_NAME}"),
    re.compile(rf"\b(?:{_KINDS}|{_POINTS}) of {_NAME}"),
    re.compile(rf"\b(?:{_WAYS}) {_NAME}"),
    re.compile(rf"\b(?:in|of|at|from|to|the|on) {_NAME}(?= (?:{_KINDS})\b)"),
    re.compile(rf"\b(?:in|at|to|from|of) {_NAME}(?=, an? (?:[a-z]{{3,12}} )?(?:{_KINDS})\b)"),
)
_LISTED: Final = re.compile(rf"(?:,| and) {_NAME}(?:,|,? and|,? or) ")
_LAST: Final = re.compile(rf" and {_NAME}(?=[.,;]| [a-z])")
_BARE: Final = _NAME.replace("([A-Z]", "(?:[A-Z]", 1)
_LIST: Final = re.compile(rf"((?:, {_BARE}){{0,5}}),? and {_NAME}(?=[.,;]| [a-z])")
_LED: Final = re.compile(r"\b(?:in|at|near|between|of|from|to) $")
_SURE: Final = 0.6
LIKELY: Final = 0.5
"""A name of the gazetteer that is less sure than this may be one that it lacks."""

_LONGEST: Final = 60
_MOST: Final = 60
_AFTER: Final = re.compile(r"[ -]?[A-Z0-9]")
_BEFORE: Final = re.compile(r"[A-Z][^\W\d_]*\.? $")


def unlisted(text: str, found: Sequence[Toponym]) -> list[Toponym]:
    """Find names that are places by what is said of them.

    Parameters
    ----------
    text : str
        The article.
    found : sequence of Toponym
        The names that the gazetteer has.

    Returns
    -------
    list of Toponym
        Of kind `UNLISTED`, in order; none overlaps one that was found before.

    Examples
    --------
    >>> [toponym.text for toponym in unlisted("Rain fell near Quorndale, a village.", [])]
    ['Quorndale']
    """
    taken = [(toponym.start, toponym.end) for toponym in found if toponym.sure >= LIKELY or toponym.demonym]
    candidates = chain(_named(text, taken), _in_a_list(text, found))
    names = dict.fromkeys(name for name in candidates if _may_be_a_place(text, name))
    spans = sorted(span for name in list(names)[:_MOST] for span in _standing(text, name, taken))
    return [
        Toponym(start=start, end=end, text=text[start:end], kind=UNLISTED, sure=_SURE)
        for n, (start, end) in enumerate(spans)
        if n == 0 or start >= spans[n - 1][1]
    ]


def _named(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[str]:
    for pattern in _CUES:
        for match in pattern.finditer(text):
            if _is_free(match.span(1), taken) and not _AFTER.match(text, match.end(1)):
                yield match[1]
                # "from Exampla, Sampleton and Birk": what is true of one is true of all.
                if listed := _LIST.match(text, match.end(1)):
                    yield from filter(None, listed[1].split(", "))
                    yield listed[2]


def _in_a_list(text: str, found: Sequence[Toponym]) -> Iterator[str]:
    """Find what stands in a list with places: "in A, Example and B", "at A and Example"."""
    for one, other in pairwise(found):
        if other.start - one.end <= _LONGEST and (match := _LISTED.fullmatch(text, one.end, other.start)):
            yield match[1]
    for one in found:
        match = _LAST.match(text, one.end)
        if match and not one.demonym and _LED.search(text, max(0, one.start - 10), one.start):
            yield match[1]


def _may_be_a_place(text: str, name: str) -> bool:
    """Say whether a name may be one: no word of the language, no person, no house."""
    listed, given = cues(), given_names()
    words = re.split(r"[ -]", name)
    low = [word.lower() for word in words]
    if any(word.isupper() for word in words) or all(frequency(word) for word in low):
        return False
    if low[0] in given or low[0] in listed.titles or low[0] in listed.namesakes or low[0] in listed.holders:
        return False
    if any(word in listed.never or word in listed.days for word in low):
        return False
    if low[-1] in listed.others or low[-1] in listed.civic:
        return False
    # Whoever has a first name, or speaks, is a person.
    is_person = re.search(
        rf"\b[A-Z][a-z]{{1,14}}\.? {re.escape(name)}\b|\b{re.escape(name)} (?:said|says|told)\b", text
    )
    return is_person is None


def _standing(text: str, name: str, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Find where a name stands by itself."""
    for match in re.finditer(rf"\b{re.escape(name)}\b", text):
        start, end = match.span()
        if not _is_free((start, end), taken) or _AFTER.match(text, end):
            continue
        if not _BEFORE.search(text, max(0, start - 20), start):
            yield start, end


def _is_free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return not any(start < span[1] and span[0] < end for start, end in taken)
