"""Where sentences and paragraphs begin and end.

A full stop ends a sentence only if what stands before it is no abbreviation
or initial and what follows can begin one. A line of its own without a full
stop (a headline, a byline) is a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mapper.model import Span
from mapper.reading.vocabulary import word_set

_STOP: Final = re.compile(r"[.!?\u2026]")
_BLANK: Final = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*(?:[-*\u2022#]|\d{1,2}[:.]\d\d\b))")
_LINE: Final = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*[-*\u2022#])|(?<=[.!?:\")])[^\S\n]*\n(?=[^\S\n]*[A-Z\d\"'(])")
"""The same where lines are not wrapped: each that ends with a stop is a paragraph."""
_WRAPPED: Final = 120
"""No line of a wrapped text has more characters."""
_ABBREVIATIONS: Final = word_set("abbreviations")
_ONLY_BEFORE_CAPITAL_NAME: Final = frozenset({"no", "st", "al", "sat", "sun", "mar", "est", "co", "etc", "inc", "ltd"})
_CLOSERS: Final = "\"')]}\u00bb"
_LONGEST: Final = 4_000
_SHORT_LINE: Final = 90
"""A line below this many characters that the next line does not continue stands alone."""


@dataclass(slots=True)
class Sentence:
    """A sentence and the number of its paragraph, from 0."""

    start: int
    end: int
    paragraph: int

    @property
    def span(self) -> Span:
        """The sentence as a span of the text."""
        return Span(self.start, self.end)


def split(text: str) -> list[Sentence]:
    r"""Cut folded text into sentences.

    Parameters
    ----------
    text : str
        Text after `mapper.text.fold_characters`.

    Returns
    -------
    list of Sentence
        In order, not overlapping, without white space at either end.

    Examples
    --------
    >>> text = 'Dr. A. Example spoke. "We fled." Then 3.5 km of road.'
    >>> [text[s.start : s.end] for s in split(text)]
    ['Dr. A. Example spoke.', '"We fled."', 'Then 3.5 km of road.']
    """
    found: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text)):
        begin = start
        for cut in _cuts(text, start, end):
            _add(found, text, begin, cut, paragraph)
            begin = cut
        _add(found, text, begin, end, paragraph)
    return found


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    for a, b in _bounded(text, start, end):
        piece = text[a:b]
        left = a + len(piece) - len(piece.lstrip())
        right = a + len(piece.rstrip())
        if left < right:
            found.append(Sentence(left, right, paragraph))


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long to be a sentence at white space, so that no reader's work grows with its square."""
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _paragraphs(text: str) -> list[tuple[int, int]]:
    wrapped = all(len(line) <= _WRAPPED for line in text.split("\n"))
    cuts = [0, *(match.end() for match in (_BLANK if wrapped else _LINE).finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Return where sentences end inside one paragraph: after stops and after lines that stand alone."""
    cuts = [m.end() for m in _STOP.finditer(text, start, end)]
    cuts = [after for stop in cuts if (after := _sentence_end(text, stop, end))]
    line = text.find("\n", start, end)
    begin = start
    while line != -1:
        head = text[begin:line].strip()
        tail = text[line + 1 : line + 200].lstrip()
        if (
            head
            and len(head) < _SHORT_LINE
            and tail[:1]
            and not tail[:1].islower()
            and not head.endswith((",", ";", "-"))
        ):
            cuts.append(line + 1)
        begin = line + 1
        line = text.find("\n", begin, end)
    return sorted(set(cuts))


def _sentence_end(text: str, after: int, end: int) -> int:  # noqa: PLR0911 - a table of decisions, read from the top
    """Return where the sentence that a stop at ``after - 1`` may close ends, or 0."""
    i = after
    while i < end and text[i] in _CLOSERS:
        i += 1
    if i >= end:
        return 0
    if not text[i].isspace():
        return 0
    following = text[i : i + 40].lstrip()
    nxt = following[:1]
    if not nxt or nxt.islower() or nxt in ",;:+&":
        return 0
    if text[after - 1] != "." or i > after:
        return i
    if nxt.isdigit() and text[after - 5 : after].lower().endswith(("...", " inc.", "(inc.")):
        return 0  # "dead ..... 2", "inc. 3 women"
    word_start = after - 1
    while (
        word_start > 0 and after - word_start < 12 and (text[word_start - 1].isalnum() or text[word_start - 1] == ".")
    ):
        word_start -= 1
    word = text[word_start : after - 1]
    low = word.lower()
    if len(word) == 1 and word.isupper() and not _ends_name(text, word_start):
        return 0
    if low in _ABBREVIATIONS and not (low in _ONLY_BEFORE_CAPITAL_NAME and word == low):
        return i if low in {"a.m", "p.m", "etc", "inc", "ltd", "co", "km"} and nxt.isupper() else 0
    return i


def _ends_name(text: str, start: int) -> bool:
    """Say whether a lone capital is a label ("Block C."), not an initial ("John F. Example")."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower() in {
        "block",
        "area",
        "zone",
        "building",
        "school",
        "camp",
        "point",
        "phase",
    }
