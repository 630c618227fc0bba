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
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

TOKEN: Final = re.compile(
    r"\d+(?:[.,]\d+)*"  # 5,975  1.3
    r"|(?:[A-Z]\.){2,}"  # U.S.
    r"|'s\b"  # the possessive is a word of its own
    r"|[^\W\d_]+(?:(?:-|'(?!s\b))[^\W\d_]+)*"  # al-Sha'afa, US-led
    r"|[^\w\s]|_"
)
"""What counts as a word, a number or a mark. Each alternative is linear."""

_SETS: Final = "word_sets.toml"

Entry = tuple[list[str], bool, str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All cue words, by their first word.

    Parameters
    ----------
    entries : mapping
        First word to (words, exact case, tag, value), longest first.
    digest : str
        Hash of the data, so that an extractor's id changes with its words.
    """

    entries: Mapping[str, tuple[Entry, ...]]
    digest: str

    def values(self, tag: str) -> Iterator[tuple[str, str]]:
        """Yield (phrase, value) for each phrase under `tag`."""
        for group in self.entries.values():
            for words, _, own, value in group:
                if own == tag:
                    yield " ".join(words), value


def words_of(phrase: str) -> list[str]:
    """Cut a phrase as the text is cut."""
    return TOKEN.findall(phrase)


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
    data = resources.files(__package__).joinpath("vocabulary", _SETS).read_text(encoding="utf-8")
    words: str = tomllib.loads(data)[name]
    return frozenset(words.split())


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
    collected: dict[str, list[Entry]] = {}
    digest = hashlib.sha256()
    for file in files:
        data = file.read_bytes()
        digest.update(data)
        if file.name == _SETS:
            continue
        for tag, table in tomllib.loads(data.decode("utf-8")).items():
            for value, phrases in table.items():
                for phrase in phrases:
                    words = words_of(phrase)
                    exact = phrase != phrase.lower()
                    collected.setdefault(words[0], []).append((words, exact, tag, value))
    entries = {
        first: tuple(sorted(group, key=lambda entry: (-len(entry[0]), entry))) for first, group in collected.items()
    }
    return Vocabulary(entries=entries, digest=digest.hexdigest())
