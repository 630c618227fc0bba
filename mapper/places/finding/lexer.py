"""An article as words, with what their look says: capitals, sentence starts, headlines."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, count
from typing import Final

from mapper.places.finding.cues import cues
from mapper.text import fold_characters

_WORD: Final = re.compile(r"((?:[^\W\d_]\.){2,6}|[^\W_]+)")
_STOPS: Final = re.compile(r"[.!?\u2026\u061f\n\"\u2022:;]")
_BESIDE: Final = frozenset({" ", "-", "  "})
_HEADLINE_WORDS: Final = 3
_HEADLINE_LENGTH: Final = 160
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "and",
        "or",
        "but",
        "nor",
        "as",
        "is",
        "are",
        "be",
        "vs",
        "via",
        "over",
        "after",
        "into",
        "near",
        "his",
        "her",
        "its",
    ]
)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text.

    Parameters
    ----------
    text : str
        Folded one to one.
    starts, ends : sequence of int
        Where each word stands.
    words, low : sequence of str
        As written, and in lower case.
    capitals : sequence of bool
        Whether a word begins with a capital letter.
    named : sequence of int
        The words that do.
    gaps : sequence of str
        What stands between a word and the next; behind the last one, what is left of the text; ``gaps[-1]`` is
        what stands before the first.
    opening : sequence of bool
        Whether a word begins a sentence, so that its capital says nothing.
    titled : sequence of bool
        Whether it stands in a headline, where most words have a capital.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    words: Sequence[str]
    low: Sequence[str]
    capitals: Sequence[bool]
    named: Sequence[int]
    gaps: Sequence[str]
    opening: Sequence[bool]
    titled: Sequence[bool]

    def at(self, offset: int) -> int:
        """Return the index of the first word that ends after an offset."""
        return bisect_left(self.ends, offset + 1)

    def beside(self, word: int) -> bool:
        """Say whether only a space or a hyphen parts a word from the next."""
        gap = self.gaps[word] if word + 1 < len(self.low) else "\n"
        return gap in _BESIDE or (gap in {". ", "."} and self.low[word] in cues().abbreviations)


def read_words(text: str) -> Words:
    """Cut a text into words.

    Examples
    --------
    >>> words = read_words("Rain fell. The U.S. envoy left Aleppo.")
    >>> [word for word, first in zip(words.words, words.opening) if first]
    ['Rain', 'The']
    """
    folded = fold_characters(text)
    # Words and what stands between them, by turns: one call, where a match for each word takes twice the time.
    pieces = _WORD.split(folded)
    offsets = list(accumulate(map(len, pieces)))
    words, starts, ends = pieces[1::2], offsets[0:-1:2], offsets[1::2]
    low = list(map(str.lower, words))
    capitals = [word[0].isupper() for word in words]
    named = list(compress(count(), capitals))
    gaps = [*pieces[2::2], pieces[0]]
    opening = _openings(gaps, low)
    titled = _headlines(folded, starts, words, low, capitals)
    return Words(folded, starts, ends, words, low, capitals, named, gaps, opening, titled)


def _openings(gaps: list[str], low: list[str]) -> list[bool]:
    abbreviations = cues().abbreviations
    opening = [False] * len(low)
    opening[:1] = [True] * bool(low)
    for i, gap in [(i, gap) for i, gap in enumerate(gaps[: max(0, len(low) - 1)], 1) if gap != " "]:
        if not _STOPS.search(gap):
            continue
        before = low[i - 1]
        is_stop = not gap.startswith(".") or "\n" in gap
        opening[i] = is_stop or not (before in abbreviations or len(before) == 1 or gap == ".")
    return opening


def _headlines(text: str, starts: list[int], words: list[str], low: list[str], capitals: list[bool]) -> list[bool]:
    """Mark the words of lines that have a capital on most words."""
    titled = [False] * len(starts)
    first = 0
    for line_end in [*[m.start() for m in re.finditer("\n", text)], len(text)]:
        last = bisect_left(starts, line_end, lo=first)
        if first < last and line_end - starts[first] <= _HEADLINE_LENGTH:
            heavy = [i for i in range(first, last) if low[i] not in _SMALL and not words[i][0].isdigit()]
            if len(heavy) > _HEADLINE_WORDS and sum(capitals[i] for i in heavy) >= 0.75 * len(heavy):
                titled[first:last] = [True] * (last - first)
        first = last
    return titled
