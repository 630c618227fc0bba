r"""The rules of spelling and of sound, for one word or for many at once.

A text of words is given with a line feed before, between and behind them, so
that ``\n`` in a pattern is where a word begins or ends. One word takes a
microsecond or two; of a million in one text, each takes a tenth of that. What
the rules are for is told in `keys`.
"""

from __future__ import annotations

import re
import sys
from operator import eq
from string import ascii_letters
from typing import Final

CONSONANTS: Final = "bdfhJklmnrsSt"
"""The letters of a skeleton."""

# Patterns begin with letters where they can: the rest of a text is then passed over at speed.
_CONSTRUCT: Final = re.compile(r"[ae]t(?=\n)(?<=[^\n]{3}..)")
_WRITTEN_IN: Final = re.compile(r"\n[aeiu](?:([sztdrn])\1|sh(?=sh))(?=\w\w)")
_PAIRS: Final = (("dzh", "j"), ("ck", "k"), ("ph", "f"), ("tsch", "ch"), ("sch", "ch"), ("tch", "ch"))
_DJ: Final = re.compile(r"d[jg](?=[aeiouy])")
_OW: Final = re.compile(r"ow(?![aeiouy])")
_AW: Final = re.compile(r"aw(?![aeiouy])")
_IE: Final = re.compile(r"ie(?!u)")
_IYA: Final = re.compile(r"(?:i(?<=[^\n].)(?:yy?|i?)|y(?<=[^\n].)y?|e(?<=[^\n].)e?)[ae]h?(?=\n)")
_FEMININE: Final = re.compile(r"(?:ah(?<=[^\n]{2}..)|eh(?<=[^\n]{2}..)|e(?<=[^\n]{2}.))(?=\n)")
_Y: Final = re.compile(r"y(?:(?<=[^aeiou\n].)(?![aeiou])|(?<=[^aeiouy\n].)(?=[aeo])|(?<=[aeou].)(?=\n))")
_DOUBLED: Final = re.compile(r"(.)\1+")
_HUSHED: Final = (("kh", "h"), ("sh", "S"), ("ch", "S"), ("gh", "k"), ("dh", "d"), ("th", "d"), ("zh", "d"))
_SOFT_C: Final = (("ce", "se"), ("ci", "si"), ("cy", "sy"))
_CLASSES: Final = str.maketrans("qgzxcpvjeyow", "kkdhkbfJiiuu")
_VOWEL_RUN: Final = re.compile(r"[aiu]{2,}")
_STRANGE: Final = re.compile(r"[^A-Za-z\n]")
_ORDINARY: Final = frozenset(ascii_letters + "\n")
_MANY: Final = 1_000
"""Characters from which an array is faster than a pattern."""


def spelled(words: str, *, is_last: bool) -> str:
    r"""Write Latin words in one of their spellings.

    Parameters
    ----------
    words : str
        Each between line feeds.
    is_last : bool
        Whether they stand at the end of their names.

    Examples
    --------
    >>> spelled("\nrowdat\nhajeen\n", is_last=False), spelled("\nrowdat\n", is_last=True)
    ('\nruda\nhajin\n', '\nrudat\n')
    """
    return respelled(words if is_last else before_others(words))


def before_others(words: str) -> str:
    r"""Write the ending that words have before others as that which they have at the end of names.

    Examples
    --------
    >>> before_others("\nrowdat\nhajeen\n")
    '\nrowda\nhajeen\n'
    """
    # A look for letters takes a tenth of the time of a pattern that does not match.
    return _CONSTRUCT.sub("a", words) if "at\n" in words or "et\n" in words else words


def respelled(words: str) -> str:
    """Write Latin words, as they are at the end of names, in one of their spellings: see `spelled`."""
    if _has_doubled(words) or "shsh" in words:
        words = _WRITTEN_IN.sub(r"\n\1", words)
    for pair, letter in _PAIRS:
        words = words.replace(pair, letter)
    if "dj" in words or "dg" in words:
        words = _DJ.sub("j", words)
    words = words.replace("ou", "u").replace("oo", "u")
    if "w" in words:
        words = _AW.sub("au", _OW.sub("u", words))
    has_ending = "a\n" in words or "h\n" in words or "e\n" in words
    if has_ending:
        words = _IYA.sub("ia", words)
    words = words.replace("ee", "i")
    if "ie" in words:
        words = _IE.sub("i", words)
    words = words.replace("iy", "i").replace("yi", "i")
    words = words.replace("ei", "ai").replace("ey", "ai").replace("ay", "ai")
    if has_ending:
        words = _FEMININE.sub("a", words)
    if "y" in words:
        words = _Y.sub("i", words)
    return undoubled(words)


def sounded(words: str) -> str:
    r"""Write Latin words by their sound.

    Examples
    --------
    >>> sounded("\ndhahab\nqamishli\n")
    '\ndahab\nkamiSli\n'
    """
    if "h" in words:
        for pair, letter in _HUSHED:
            words = words.replace(pair, letter)
    if "c" in words:
        for pair, letters in _SOFT_C:
            words = words.replace(pair, letters)
    words = _VOWEL_RUN.sub(_one_vowel, words.translate(_CLASSES))
    return undoubled(words if _ORDINARY.issuperset(words) else _STRANGE.sub(_stand_in, words))


def undoubled(text: str) -> str:
    r"""Write doubled letters once; lines remain.

    Examples
    --------
    >>> undoubled("aab\n\nb")
    'ab\n\nb'
    """
    # To load numpy for this takes longer than a pattern, however long the text is.
    if len(text) < _MANY or "numpy" not in sys.modules:
        return _DOUBLED.sub(r"\1", text) if _has_doubled(text) else text
    import numpy as np

    code, size = ("ascii", np.uint8) if text.isascii() else ("utf-32-le", np.uint32)
    codes = np.frombuffer(text.encode(code, "surrogatepass"), size)
    kept = np.ones(len(codes), bool)
    np.not_equal(codes[1:], codes[:-1], out=kept[1:])
    kept |= codes == ord("\n")
    return codes[kept].tobytes().decode(code, "surrogatepass")


def _has_doubled(text: str) -> bool:
    return True in map(eq, text, text[1:])


def _one_vowel(run: re.Match[str]) -> str:
    letters = run.group()
    if "i" in letters:
        return "i"
    return "u" if "u" in letters else "a"


def _stand_in(found: re.Match[str]) -> str:
    """Give a character of unknown sound two consonants of its own, as good as any."""
    first, second = divmod(ord(found.group()) % (len(CONSONANTS) ** 2), len(CONSONANTS))
    return CONSONANTS[first] + CONSONANTS[second]
