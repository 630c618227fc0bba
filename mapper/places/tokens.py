"""Words of a text as numbers: folded, hashed and placed, whole texts at a time.

Texts and names pass through the same steps, so that what folds alike has the
same number. A character folds to the first letter of its fold in `letters`;
apostrophes and accents vanish, whatever else is no letter parts words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from mapper.places.letters import FOLD
from mapper.places.words import ARTICLES, SUN_ARTICLES

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
    folded = _table().look_up(codes)
    _part_possessives(text, codes, folded)
    kept = np.flatnonzero(folded)
    letters = folded if len(kept) == len(folded) else folded[kept]
    is_letter = letters >= _FIRST_LETTER
    edges = np.flatnonzero(np.diff(is_letter, prepend=False, append=False))
    begins, ends = edges[0::2], edges[1::2]
    powers, inverses = _powers(len(letters) + 1)
    sums = np.zeros(len(letters) + 1, np.uint64)
    np.cumsum(letters * powers[: len(letters)], out=sums[1:])
    hashes = _mixed((sums[ends] - sums[begins]) * inverses[begins])
    firsts = codes[kept[begins]] if len(begins) else codes[:0]
    capital = _table().begins_name(firsts)
    joined = _joined(letters, is_letter, begins, ends)
    articles = _articles(hashes, letters, begins, joined, text, kept)
    following = np.append(capital[1:], False)
    lasts = kept[ends - 1] + 1 if len(ends) else ends
    return Tokens(
        kept[begins] if len(begins) else begins, lasts, hashes, capital | articles & following, joined, articles
    )


def phrase_hashes(hashes: Array, at: Array, length: int) -> Array:
    """Hash the `length` words from each of the places `at`; they must not reach beyond the last word."""
    value = hashes[at]
    for offset in range(1, length):
        value = longer_phrase(value, hashes[at + offset])
    return value


def longer_phrase(phrases: Array, words: Array) -> Array:
    """Hash phrases with one more word each."""
    import numpy as np

    return _mixed(phrases * np.uint64(_STEP) + words)


def _mixed(values: Array) -> Array:
    import numpy as np

    values = (values ^ (values >> np.uint64(30))) * np.uint64(_MIX)
    return values ^ (values >> np.uint64(27))


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
        import numpy as np

        folded = self._folded[codes]
        if codes.itemsize > 1:
            unknown = np.flatnonzero(folded == _UNKNOWN)
            if len(unknown):
                self._learn(np.unique(codes[unknown]).tolist())
                folded = self._folded[codes]
        return folded

    def begins_name(self, codes: Array) -> Array:
        return self._begins[codes]

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
    """Let the apostrophe of "Syria's" part words, where others vanish."""
    import numpy as np

    if not any(sign in text for sign in _APOSTROPHES):
        return
    signs = np.array([ord(sign) for sign in _APOSTROPHES], np.uint16)
    places = np.flatnonzero(np.isin(codes, signs))
    size = len(codes)
    following = codes[np.minimum(places + 1, size - 1)]
    after = folded[np.minimum(places + 2, size - 1)]
    is_s = ((following == ord("s")) | (following == ord("S"))) & (places + 1 < size)
    ends = (places + 2 >= size) | (after < _FIRST_LETTER)
    folded[places[is_s & ends]] = _HARD


def _joined(letters: Array, is_letter: Array, begins: Array, ends: Array) -> Array:
    """Say of each word whether the gap behind it may lie inside a name."""
    import numpy as np

    if not len(begins):
        return np.zeros(0, bool)
    weights = np.array(_WEIGHTS, np.int64)[letters[~is_letter]]
    sums = np.concatenate(([0], np.cumsum(weights)))
    # What is no letter is counted by itself: a position there is a position here less the letters before it.
    letters_before = np.cumsum(ends - begins)
    gaps = sums[begins[1:] - letters_before[:-1]] - sums[ends[:-1] - letters_before[:-1]]
    return np.append(gaps <= GAP_LIMIT, False)


@cache
def _article_hashes() -> tuple[Array, Array]:
    import numpy as np

    plain = sorted(ARTICLES - {"the"})
    assimilated = sorted(SUN_ARTICLES)
    return np.sort(word_hashes(plain)), np.sort(word_hashes(assimilated))


def word_hashes(words: list[str]) -> Array:
    """Hash single words, as `tokens` does."""
    import numpy as np

    powers, _ = _powers(64)
    values = [
        sum(int(letter) * int(powers[place]) for place, letter in enumerate(_table().look_up(_codes(word)))) % _WORD
        for word in words
    ]
    return _mixed(np.array(values, np.uint64))


def _articles(hashes: Array, letters: Array, begins: Array, joined: Array, text: str, kept: Array) -> Array:
    """Find "al" in front of a word, and "ash-" in front of one with that letter."""
    import numpy as np

    found = np.zeros(len(hashes), bool)
    plain, assimilated = _article_hashes()
    short = np.flatnonzero(joined)
    if not len(short):
        return found
    values = hashes[short]
    is_plain = plain[np.minimum(np.searchsorted(plain, values), len(plain) - 1)] == values
    is_other = assimilated[np.minimum(np.searchsorted(assimilated, values), len(assimilated) - 1)] == values
    found[short[is_plain]] = True
    for place in short[is_other].tolist():
        # "as Syria" is no article, "as-Suwayda" is: these need their hyphen, and the letter they took.
        begin, following = int(begins[place]), int(begins[place + 1])
        end = int(kept[following])
        if text[end - 1] not in " \t\n\r\u00a0" and letters[following] == letters[begin + 1]:
            found[place] = True
    return found
