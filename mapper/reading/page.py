"""One article, cut into words and sentences, with its cue words marked.

Everything that reads works on a `Page`: a pass over its words is linear in
the text by construction, which a pattern over characters need not be.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Final, NamedTuple

from mapper.reading.hurts import HURT_OPENS, hurt_at
from mapper.reading.sentences import Sentence, split
from mapper.reading.vocabulary import REMEMBERED, Vocabulary, cut, vocabulary
from mapper.text import Remembered, fold_characters

COUNT, DETERMINER, PEOPLE, HARM, TOLL, PART, ACT, MAY_KILL, OTHER = 1, 2, 4, 8, 16, 32, 64, 128, 256
"""What may begin at a word, as bits of `Page.kinds`; `OTHER` is what has a name and is no person."""

DETERMINERS: Final = frozenset({"a", "an", "another", "the", "his", "her", "their", "its", "my", "our", "'s"})
"""Words at which a phrase for people may begin without a number."""

_BEGINS: Final = (
    ("hedge", COUNT),
    ("number", COUNT),
    ("vague", COUNT),
    ("people", PEOPLE),
    ("people_group", PEOPLE),
    ("harm", HARM),
    ("to_death", MAY_KILL),
    ("toll", TOLL),
    ("number_of", TOLL),
    ("unharmed", TOLL),
    ("survival", TOLL),
    ("toll_label", TOLL),
    ("estimate", TOLL),
    ("part", PART),
    ("act", ACT),
    ("reporter", OTHER),
    ("actor", OTHER),
    ("place_kind", OTHER),
    ("site", OTHER),
)
_COUNTING_TAGS: Final = ("number", "magnitude", "vague", "hedge")
_TELLING_TAGS: Final = (
    "people",
    "people_group",
    "harm",
    "to_death",
    "toll",
    "part",
    "unharmed",
    "toll_label",
    "estimate",
)
_TENS: Final = 20
_ARTICLES: Final = frozenset({"a", "an"})
_COUNTING_WORDS: Final = frozenset({"between", "from"})
_JOINED, _MAY_COUNT, _HAS_DOTS = 4, 16, 64
"""What `_look` says besides `COUNT` and `DETERMINER`: "a" counts before "hundred" only; "u.s." and "1.3" have dots;
words joined by a hyphen are no number unless they begin as "twenty-five" does."""

_IS_COUNTING: Final = bytes(bool(look & (COUNT | _MAY_COUNT | _JOINED)) for look in range(256))
_IS_TELLING: Final = bytes(bool(look & (COUNT | _MAY_COUNT | _JOINED | DETERMINER)) for look in range(256))
_KINDS: Final = bytes(look & (COUNT | DETERMINER) for look in range(256))
_WITH_DOTS: Final = re.compile(bytes([91, _HAS_DOTS, _HAS_DOTS | COUNT, 93]))


class Mark(NamedTuple):
    """A cue word or phrase: words ``first..last`` (last exclusive) and what it means."""

    first: int
    last: int
    value: str


_made: Final = tuple.__new__
"""`_made(Mark, (…))` takes half the time of ``Mark(…)``, and an article has hundreds of marks."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text of an article, ready to be read.

    Parameters
    ----------
    original, text : str
        As received, and folded one to one.
    starts, ends : list of int
        Where each word stands.
    words, low : list of str
        Each word as written (folded), and in lower case without the dots of "U.S.".
    sentences : list of Sentence
        In reading order.
    bounds : list of (int, int)
        For each sentence its first word and the one after its last.
    marks : dict of str to dict of int to Mark
        Tag (every one of the vocabulary), then first word, to the longest cue there.
    order : dict of str to list of int
        For each tag the words at which its cues begin, in order.
    counting, telling : bytearray
        1 for each word at which a number, or a number, a person or a harm, may
        begin; the rest need no second look.
    kinds : list of int
        What may begin at each word (`COUNT`, `PEOPLE`, …), so that the rules for
        anything else need not be tried; and one 0 behind the last word.
    """

    original: str
    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    low: list[str]
    sentences: list[Sentence]
    bounds: list[tuple[int, int]]
    marks: dict[str, dict[int, Mark]]
    order: dict[str, list[int]]
    counting: bytearray
    telling: bytearray
    kinds: list[int]

    def counting_words(self, first: int, last: int) -> Iterator[int]:
        """Yield the words of ``first..last`` at which a number may begin."""
        at = self.counting.find(1, first, last)
        while at >= 0:
            yield at
            at = self.counting.find(1, at + 1, last)

    def mark(self, tag: str, word: int) -> Mark | None:
        """Return the cue of `tag` that begins at `word`, if any."""
        return self.marks[tag].get(word)

    def marked(self, tag: str, first: int, last: int) -> Sequence[Mark]:
        """Return the cues of `tag` that begin in words ``first..last``, in order."""
        order = self.order[tag]
        begin = bisect_left(order, first)
        if begin == len(order) or order[begin] >= last:
            return ()
        table = self.marks[tag]
        return [table[word] for word in order[begin : bisect_left(order, last, begin)]]

    def has(self, tag: str, first: int, last: int, *values: str) -> bool:
        """Say whether a cue of `tag` (of one of `values`, if given) begins in words ``first..last``."""
        found = self.marked(tag, first, last)
        return any(m.value in values for m in found) if values else bool(found)

    def quote(self, start: int, end: int) -> str:
        """Return the words as the article has them."""
        return self.original[start:end]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the characters of words ``first..last`` (last exclusive)."""
        return self.starts[first], self.ends[last - 1]

    def word_at(self, offset: int) -> int:
        """Return the index of the first word that ends after `offset`."""
        return bisect_left(self.ends, offset + 1)

    def capital(self, word: int) -> bool:
        """Say whether a word begins with a capital letter."""
        return self.words[word][0].isupper()

    def has_capital(self, word: int) -> bool:
        """Say whether there is a capital letter in a word: "al-Example"."""
        letters = self.words[word]
        return not letters.islower() and any(map(str.isupper, letters))


def open_page(text: str, vocabulary: Vocabulary) -> Page:
    """Cut `text` into words and sentences and mark the cue words.

    Parameters
    ----------
    text : str
        The article's text as received.
    vocabulary : Vocabulary
        The cue words.
    """
    folded = fold_characters(text)
    words, starts, ends = cut(folded)
    low = list(map(str.lower, words))
    looks = bytes(map(_LOOKS.__getitem__, low))
    for dotted in _WITH_DOTS.finditer(looks):
        low[dotted.start()] = low[dotted.start()].replace(".", "")
    sentences = split(folded)
    bounds = [(bisect_left(starts, s.start), bisect_left(starts, s.end)) for s in sentences]
    marks = _mark(words, low, vocabulary)
    order = {tag: sorted(table) for tag, table in marks.items()}
    counting, telling = _flagged(looks, marks)
    kinds = _kinds(looks, low, marks)
    return Page(text, folded, starts, ends, words, low, sentences, bounds, marks, order, counting, telling, kinds)


def _flagged(looks: bytes, marks: dict[str, dict[int, Mark]]) -> tuple[bytearray, bytearray]:
    """Flag the words at which a number, and those at which anything that is counted, may begin."""
    counting, telling = bytearray(looks.translate(_IS_COUNTING)), bytearray(looks.translate(_IS_TELLING))
    for tag in _COUNTING_TAGS:
        for i in marks[tag]:
            counting[i] = telling[i] = 1
    for tag in _TELLING_TAGS:
        for i in marks[tag]:
            telling[i] = 1
    return counting, telling


def _kinds(looks: bytes, low: list[str], marks: dict[str, dict[int, Mark]]) -> list[int]:
    """Say of each word what may begin there."""
    kinds = [*looks.translate(_KINDS), 0]
    for tag, kind in _BEGINS:
        for i in marks[tag]:
            kinds[i] |= kind
    for i in marks["magnitude"]:
        if i and low[i - 1] in _ARTICLES:
            kinds[i - 1] |= COUNT
    return kinds


def _look(word: str) -> int:
    """Say what may begin at a word whatever the vocabulary has."""
    if word[0].isdigit():
        return COUNT | _HAS_DOTS * (word[1:2] == ".")
    if word in _COUNTING_WORDS:
        return COUNT
    if "-" in word:
        return COUNT if word.partition("-")[0] in _tens() else _JOINED
    if word[1:2] == ".":
        return _HAS_DOTS
    return DETERMINER * (word in DETERMINERS) | _MAY_COUNT * (word in _ARTICLES)


@cache
def _tens() -> frozenset[str]:
    """Return the words that a number of two words begins with: "twenty"."""
    return frozenset(phrase for phrase, tag, value in vocabulary().cues() if tag == "number" and int(value) >= _TENS)


_LOOKS: Final = Remembered(_look, REMEMBERED)


def _mark(words: list[str], low: list[str], vocabulary: Vocabulary) -> dict[str, dict[int, Mark]]:
    """Mark the cues: of a tag, the longest at a word, and the first of equals."""
    marks: dict[str, dict[int, Mark]] = {tag: {} for tag in vocabulary.tags}
    for openings, text in ((vocabulary.folded, low), (vocabulary.exact, words)):
        found = list(map(openings.get, text))
        for i in compress(range(len(text)), found):
            opening = found[i]
            if opening is None:
                continue
            longer = opening.longer and opening.longer.get(text[i + 1] if i + 1 < len(text) else "")
            for phrase, tag, value in longer or ():
                last = i + len(phrase)
                if text[i:last] == phrase:
                    there = marks[tag].get(i)
                    if there is None or there.last < last:
                        marks[tag][i] = Mark(i, last, value)
            for tag, value in opening.alone:
                table = marks[tag]
                if i not in table:
                    table[i] = _made(Mark, (i, i + 1, value))
    _mark_hurts(low, marks["harm"])
    return marks


def _mark_hurts(low: list[str], harms: dict[int, Mark]) -> None:
    """Mark what says in many words that somebody was hurt, where no longer cue is."""
    for i in compress(range(len(low)), map(HURT_OPENS.__contains__, low)):
        hurt = hurt_at(low, i)
        there = harms.get(i)
        if hurt is not None and (there is None or there.last < hurt[0]):
            harms[i] = Mark(i, *hurt)
