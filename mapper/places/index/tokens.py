"""Words of a text as numbers: folded, hashed and placed, whole texts at a time.

Texts and names pass through the same steps, so that what folds alike has the
same number. A character folds to the first letter of its fold in `letters`;
apostrophes and accents vanish, whatever else is no letter parts words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from mapper.places.names.letters import FOLD
from mapper.places.names.words import ARTICLES, SUN_ARTICLES

Array = Any
"""An array of numpy, which is imported only where it is used."""

_DROPPED, _SOFT, _LINE_END, _HARD, _FIRST_LETTER = range(5)
_WEIGHTS: Final = (0, 1, 2, 4)
GAP_LIMIT: Final = 3
"""Heaviest gap inside a name: some spaces, hyphens or full stops, one line end, no comma."""

_TEXT_END: Final = 0xFFFF
_UNKNOWN: Final = 0xFFFF
_IN_NAMES: Final = frozenset(
    " \t\u00a0\u1680\u202f\u205f\u3000-\u2010\u2011\u2012\u2013\u2212_." + "".join(map(chr, range(0x2000, 0x200B)))
)
_LINE_ENDS: Final = frozenset("\n\r\v\f\u0085\u2028\u2029")
_APOSTROPHES: Final = "'\u2019\u02bc\u2018`\u00b4\uff07"
_LONGEST_ARTICLE: Final = 3
_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = 0xBF58476D1CE4E5B9
_STEP: Final = 0x94D049BB133111EB
_WORD: Final = 1 << 64


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text.

    Parameters
    ----------
    starts, ends : array of int
        Characters of the text, end-exclusive.
    hashes : array of uint64
        Of the folded words.
    opens : array of bool
        Whether a name may begin here: a capital, a letter of a script without
        capitals, a digit, or an article in front of one.
    joined : array of bool
        Whether the gap to the next word may lie inside a name.
    articles : array of bool
        Whether the word is an article in front of a name.
    """

    starts: Array
    ends: Array
    hashes: Array
    opens: Array
    joined: Array
    articles: Array

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.starts)


def tokens(text: str) -> Tokens:
    """Take a text apart into words. It never raises, whatever the text holds."""
    import numpy as np

    codes = _codes(text)
    table = _table()
    folded = table.look_up(codes)
    _part_possessives(text, codes, folded)
    kept = folded.nonzero()[0]
    letters = folded if len(kept) == len(folded) else folded[kept]
    is_letter = np.zeros(len(letters) + 2, bool)
    np.greater_equal(letters, _FIRST_LETTER, out=is_letter[1:-1])
    edges = (is_letter[1:] != is_letter[:-1]).nonzero()[0]
    begins, ends = edges[0::2], edges[1::2]
    if not len(begins):
        return Tokens(begins, ends, begins.astype(np.uint64), *(begins.astype(bool),) * 3)
    hashes = text_hashes(letters, begins, ends)
    starts = kept.take(begins)
    opens = table.begins_name(codes.take(starts))
    joined = _joined(letters, is_letter[1:-1], begins, ends)
    articles = _articles(text, starts, hashes, ends - begins, joined)
    opens[:-1] |= articles[:-1] & opens[1:]
    return Tokens(starts, kept.take(ends - 1) + 1, hashes, opens, joined, articles)


def text_hashes(codes: Array, begins: Array, ends: Array) -> Array:
    """Hash parts of a text, given as numbers of its characters."""
    import numpy as np

    powers, inverses = _powers(len(codes) + 1)
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(codes * powers[: len(codes)], out=sums[1:])
    return _mixed((sums.take(ends) - sums.take(begins)) * inverses.take(begins))


def phrase_hashes(hashes: Array, at: Array, length: int) -> Array:
    """Hash the `length` words from each of the places `at`; they must not reach beyond the last word."""
    value = hashes[at]
    for offset in range(1, length):
        value = longer_phrase(value, hashes[at + offset])
    return value


def longer_phrase(phrases: Array, words: Array) -> Array:
    """Hash phrases with one more word each."""
    return _mixed(phrases * _constants()[3] + words)


def _mixed(values: Array) -> Array:
    far, near, mix, _ = _constants()
    values = (values ^ (values >> far)) * mix
    return values ^ (values >> near)


@cache
def _constants() -> tuple[Array, Array, Array, Array]:
    """Return what hashes are mixed with as arrays: numpy takes twice as long to make them of numbers each time."""
    import numpy as np

    far, near, mix, step = (np.array(number, np.uint64) for number in (30, 27, _MIX, _STEP))
    return far, near, mix, step


def _codes(text: str) -> Array:
    import numpy as np

    if text.isascii():
        return np.frombuffer(text.encode("ascii"), np.uint8)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # Letters beyond the first plane part words: no gazetteer is written in them.
    return np.minimum(codes, _TEXT_END).astype(np.uint16)


class _Table:
    """What each character folds to, as a number; worked out when a character is first met."""

    def __init__(self) -> None:
        import numpy as np

        self._folded = np.full(1 << 16, _UNKNOWN, np.uint16)
        self._begins = np.zeros(1 << 16, bool)
        self._learn(range(128))
        self._folded[_TEXT_END] = _HARD

    def look_up(self, codes: Array) -> Array:

        folded = self._folded.take(codes)
        if codes.itemsize > 1:
            unknown = (folded == _UNKNOWN).nonzero()[0]
            if len(unknown):
                self._learn(set(codes[unknown].tolist()))
                folded = self._folded.take(codes)
        return folded

    def begins_name(self, codes: Array) -> Array:
        return self._begins.take(codes)

    def _learn(self, codes: Iterable[int]) -> None:
        for code in codes:
            letter = chr(code)
            folded = FOLD[code][:1]
            if not folded:
                number = _DROPPED
            elif letter in _IN_NAMES:
                number = _SOFT
            elif letter in _LINE_ENDS:
                number = _LINE_END
            elif folded == " ":
                number = _HARD
            else:
                number = max(ord(folded) % _UNKNOWN, _FIRST_LETTER)
                self._begins[code] = not letter.islower()
            self._folded[code] = number


@cache
def _table() -> _Table:
    return _Table()


_power_tables: list[Array] = []


def _powers(count: int) -> tuple[Array, Array]:
    """Return powers of the base and of its inverse modulo 2**64, at least `count` of them."""
    import numpy as np

    if not _power_tables or len(_power_tables[0]) < count:
        size = 1 << max(14, (count - 1).bit_length())
        tables = []
        for base in (_BASE, pow(_BASE, -1, _WORD)):
            table = np.ones(size, np.uint64)
            filled = 1
            while filled < size:
                table[filled : 2 * filled] = table[:filled] * np.uint64(pow(base, filled, _WORD))
                filled *= 2
            tables.append(table)
        _power_tables[:] = tables
    return _power_tables[0], _power_tables[1]


def _part_possessives(text: str, codes: Array, folded: Array) -> None:
    """Let the apostrophe of "Syria's" part words, where others vanish; not that of "Ra's"."""
    import numpy as np

    for sign in _APOSTROPHES:
        # Most texts have few of them or none: only these are looked at more closely.
        found = [match.start() for match in _possessive(sign).finditer(text)] if sign in text else []
        if not found:
            continue
        places = np.array(found)
        after = folded.take(places + 2, mode="clip")
        ends = (places + 2 == len(codes)) | (after < _FIRST_LETTER)
        long = (folded[places - 1] >= _FIRST_LETTER) & (folded[places - 2] >= _FIRST_LETTER)
        long &= folded[places - 3] >= _FIRST_LETTER
        folded[places[long & ends]] = _HARD


@cache
def _possessive(sign: str) -> re.Pattern[str]:
    return re.compile(rf"{sign}(?<=....)[sS]", re.DOTALL)


def _joined(letters: Array, is_letter: Array, begins: Array, ends: Array) -> Array:
    """Say of each word whether the gap behind it may lie inside a name."""
    import numpy as np

    others = letters[~is_letter]
    sums = np.zeros(len(others) + 1, np.int64)
    np.cumsum(_weights().take(others), out=sums[1:])
    # What is no letter is counted by itself: a position there is a position here less the letters before it.
    letters_before = np.cumsum(ends - begins)
    gaps = sums.take(begins[1:] - letters_before[:-1]) - sums.take(ends[:-1] - letters_before[:-1])
    joined = np.zeros(len(begins), bool)
    np.less_equal(gaps, GAP_LIMIT, out=joined[:-1])
    return joined


@cache
def _weights() -> Array:
    import numpy as np

    return np.array(_WEIGHTS, np.int64)


@cache
def _article_hashes() -> tuple[Array, frozenset[int]]:
    """Return the hashes of all articles, sorted, and of those that are articles before any letter."""
    import numpy as np

    plain = sorted(ARTICLES - {"the"})
    return np.sort(word_hashes(plain + sorted(SUN_ARTICLES))), frozenset(word_hashes(plain).tolist())


def word_hashes(words: list[str]) -> Array:
    """Hash single words, as `tokens` does."""
    import numpy as np

    powers, _ = _powers(64)
    values = [
        sum(int(letter) * int(powers[place]) for place, letter in enumerate(_table().look_up(_codes(word)))) % _WORD
        for word in words
    ]
    return _mixed(np.array(values, np.uint64))


def _articles(text: str, starts: Array, hashes: Array, lengths: Array, joined: Array) -> Array:
    """Find "al" in front of a word, and "ash-" in front of one with that letter."""
    import numpy as np

    found = np.zeros(len(hashes), bool)
    known, plain = _article_hashes()
    short = (joined & (lengths <= _LONGEST_ARTICLE)).nonzero()[0]
    values = hashes[short]
    short = short[known.take(np.searchsorted(known, values), mode="clip") == values]
    for place, value in zip(short.tolist(), hashes[short].tolist(), strict=True):
        following = int(starts[place + 1])
        # "as Syria" is no article, "as-Suwayda" is: these need their hyphen, and the letter they took.
        found[place] = value in plain or (
            not text[following - 1].isspace() and text[following].lower() == text[int(starts[place]) + 1].lower()
        )
    return found
