"""How common an English word is: Nice, Reading and Of are cities, but seldom that."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

COMMON: Final = 2_500
"""Uses in the corpus (1.6 billion words) from which a word is more often a word than a place."""

DOUBTFUL: Final = 900
"""From here on it may be either."""


def frequency(word: str) -> int:
    """Return how often a word, in lower case, is used in English; 0 for one that is in no dictionary.

    Examples
    --------
    >>> frequency("reading") > COMMON > frequency("baghdad")
    True
    """
    return _frequencies().get(word, 0)


@cache
def _frequencies() -> Mapping[str, int]:
    from spellchecker import SpellChecker

    found: Mapping[str, int] = SpellChecker(language="en", distance=1).word_frequency.dictionary
    return found
