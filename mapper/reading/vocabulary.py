"""Cue words, kept as data: `vocabulary/*.toml`.

Each file holds tables; a table's name is a *tag*, its keys are *values* and
its lists hold words or phrases::

    [people]                                # tag
    civilians = ["civilian", "civilians"]   # value = phrases

A phrase in lower case is found in any case; one with a capital letter only as
written ("US" is a country, "us" is not). To add a cue word, add it to a list.
``word_sets.toml`` holds plain sets of words that are no cues.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import Final

TOKEN: Final = re.compile(
    r"[a-z]++(?=[ .,])"  # what most words look like: none of the other forms, so that they need not be tried
    r"|\d+(?:[.,]\d+)*"  # 5,975  1.3
    r"|(?:[A-Z]\.){2,}"  # U.S.
    r"|'s\b"  # the possessive is a word of its own
    r"|[^\W\d_]+(?:(?:-|'(?!s\b))[^\W\d_]+)*"  # al-Sha'afa, US-led
    r"|[^\w\s]|_"
)
"""What counts as a word, a number or a mark. Each alternative is linear."""

_CUT: Final = re.compile(f"({TOKEN.pattern})")

REMEMBERED: Final = 1 << 12
"""Words of which something is kept in memory: texts share most of them, and then each has its own names and numbers."""

_SETS: Final = "word_sets.toml"


@dataclass(slots=True)
class Opening:
    """The cues that begin with one word: those of that word `alone`, and the `longer` ones by their second word."""

    alone: list[tuple[str, str]] = field(default_factory=list)
    longer: dict[str, list[tuple[list[str], str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All cue words, by their first word.

    Parameters
    ----------
    folded, exact : mapping of str to Opening
        Cues found in any case, and those found only as written.
    tags : frozenset of str
        Every tag.
    digest : str
        Hash of the data, so that an extractor's id changes with its words.
    """

    folded: Mapping[str, Opening]
    exact: Mapping[str, Opening]
    tags: frozenset[str]
    digest: str

    def cues(self) -> Iterator[tuple[str, str, str]]:
        """Yield (phrase, tag, value) for every cue."""
        for first, opening in (*self.folded.items(), *self.exact.items()):
            for tag, value in opening.alone:
                yield first, tag, value
            for group in opening.longer.values():
                for words, tag, value in group:
                    yield " ".join(words), tag, value


def words_of(phrase: str) -> list[str]:
    """Cut a phrase as the text is cut."""
    return TOKEN.findall(phrase)


def cut(text: str) -> tuple[list[str], list[int], list[int]]:
    """Cut a text into words; say where each begins and ends.

    Examples
    --------
    >>> cut("Rain fell.")
    (['Rain', 'fell', '.'], [0, 5, 9], [4, 9, 10])
    """
    # Words and what stands between them, by turns: one call, where a match for each word takes twice the time.
    pieces = _CUT.split(text)
    offsets = list(accumulate(map(len, pieces)))
    return pieces[1::2], offsets[0:-1:2], offsets[1::2]


@cache
def word_set(name: str) -> frozenset[str]:
    """Return a plain set of words from ``word_sets.toml``.

    Parameters
    ----------
    name : str
        Its name there.

    Raises
    ------
    KeyError
        There is no such set.

    Examples
    --------
    >>> "gen" in word_set("abbreviations")
    True
    """
    return frozenset(_word_sets()[name].split())


@cache
def _word_sets() -> Mapping[str, str]:
    data = resources.files(__package__).joinpath("vocabulary", _SETS).read_text(encoding="utf-8")
    return tomllib.loads(data)


@cache
def vocabulary() -> Vocabulary:
    """Read every file of the vocabulary, once.

    Raises
    ------
    tomllib.TOMLDecodeError
        A file of the vocabulary is broken.
    """
    folder = resources.files(__package__).joinpath("vocabulary")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    folded: dict[str, Opening] = {}
    exact: dict[str, Opening] = {}
    tags: set[str] = set()
    digest = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        digest.update(data)
        if file.name == _SETS:
            continue
        for tag, table in tomllib.loads(data.decode("utf-8")).items():
            tags.add(tag)
            for value, phrases in table.items():
                for phrase in phrases:
                    words = words_of(phrase)
                    opening = (folded if phrase == phrase.lower() else exact).setdefault(words[0], Opening())
                    if len(words) == 1:
                        opening.alone.append((tag, value))
                    else:
                        opening.longer.setdefault(words[1], []).append((words, tag, value))
    for opening in (*folded.values(), *exact.values()):
        opening.alone.sort()
        for group in opening.longer.values():
            group.sort(key=lambda cue: (-len(cue[0]), cue))
    return Vocabulary(folded=folded, exact=exact, tags=frozenset(tags), digest=digest.hexdigest())
