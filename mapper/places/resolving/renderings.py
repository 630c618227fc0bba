"""How likely it is that two spellings render one name: what writers do with its letters, learned from their pairs.

`data/renderings.csv` holds, for each letter of one spelling and each of another, how
much oftener they stand for each other than chance has it, as a logarithm; it is
learned by ``benchmarks/renderings.py`` from the alternate names of GeoNames' own
places. Added up along the best alignment of two spellings, it says how much likelier
they are to be spellings of one name than of two: "q" for "k" costs little, "q" for "b"
much, a lost vowel little, a lost consonant much. Arabic letters have a table of their
own: a spelling in Latin letters often agrees with the Arabic name of a place better
than with what one file made of it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final

from mapper.places.names.keys import Keys

LEAST: Final = -3.0
"""What the oddest pair of letters counts, and any letter that stands alone."""

LATIN: Final = "latin"
ARABIC: Final = "arabic"
_LETTER: Final = re.compile("sh|kh|th|dh|gh|ch|[^ ]")
_LONGEST: Final = 25
"""Letters of a name that are compared."""

_COMPARED: Final = 3
"""Spellings of a place."""

_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_TEN: Final = 10.0
_NOTHING: Final[Mapping[str, float]] = {}


@dataclass(frozen=True, slots=True)
class Table:
    """What letters of two spellings stand for each other.

    Parameters
    ----------
    pairs : mapping of str to mapping of str to float
        For a letter of the one spelling and one of the other, log-odds against chance.
    lost, added : mapping of str to float
        The same for a letter that only the one, or only the other spelling has.
    """

    pairs: Mapping[str, Mapping[str, float]]
    lost: Mapping[str, float]
    added: Mapping[str, float]

    def likeness(self, one: Sequence[str], other: Sequence[str]) -> float:
        """Return the log-odds that two spellings render one name, along their best alignment."""
        added, lost = self.added, self.lost
        steps = [added.get(letter, LEAST) for letter in other]
        row = [0.0]
        for step in steps:
            row.append(row[-1] + step)
        for letter in one:
            pairs, gone = self.pairs.get(letter, _NOTHING), lost.get(letter, LEAST)
            above = row[0]
            best = above + gone
            line = [best]
            for n, against in enumerate(other, 1):
                here = above + pairs.get(against, LEAST)
                above = row[n]
                best = max(here, above + gone, best + steps[n - 1])
                line.append(best)
            row = line
        return row[-1]


def letters_of(keys: Keys) -> list[str]:
    """Return the letters of a name in Latin script, without article and generic words.

    Examples
    --------
    >>> from mapper.places.names.keys import fold
    >>> letters_of(fold("Al-Qushay`ah"))
    ['q', 'u', 'sh', 'a', 'i', 'a']
    """
    return _LETTER.findall(keys.name)[:_LONGEST]


def arabic_letters_of(keys: Keys) -> list[str]:
    """Return the letters of a name in Arabic script, without the article of each word."""
    words = [word[2:] if word.startswith("ال") and len(word) > 3 else word for word in keys.plain.split()]
    return list("".join(words))[:_LONGEST]


@cache
def tables() -> Mapping[str, Table]:
    """Read the tables: of Latin against Latin spellings, and of Latin against Arabic ones."""
    text = files("mapper.places").joinpath("data", "renderings.csv").read_text(encoding="utf-8")
    return tables_of(csv.DictReader(text.splitlines()))


def tables_of(rows: Iterable[Mapping[str, str]]) -> Mapping[str, Table]:
    """Make tables of rows with the columns ``script one other score``."""
    pairs: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        pairs[row["script"]][row["one"]][row["other"]] = float(row["score"])
    found = {}
    for script, by_letter in pairs.items():
        lost = {one: scores.pop("") for one, scores in by_letter.items() if one and "" in scores}
        found[script] = Table(by_letter, lost, by_letter.pop("", {}))
    return found


def rendered(asked: Keys, spellings: Iterable[Keys]) -> dict[str, float]:
    """Say how likely a name and the spellings of a place render one name.

    Parameters
    ----------
    asked : Keys
        Of the name.
    spellings : iterable of Keys
        Of the place, the likest first.

    Returns
    -------
    dict
        ``rendering``: for a name in Latin letters, the log-odds, in tens, that the likest Latin spelling renders it.
        ``latin``: the same for a name in Arabic letters; ``has_latin`` says that there is a Latin spelling.
        ``arabic``: that the name, in Latin letters, renders the likest Arabic spelling, which tells long vowels from
        short ones; ``has_arabic`` says that there is one.
    """
    spellings = list(spellings)
    latin = [letters_of(keys) for keys in islice((keys for keys in spellings if keys.name.isascii()), _COMPARED)]
    if asked.plain.isascii():
        letters = letters_of(asked)
        found = {}
        if latin:
            table = tables()[LATIN]
            found["rendering"] = max(table.likeness(letters, other) for other in latin) / _TEN
        arabic = [keys for keys in spellings if _ARABIC.match(keys.plain)][:_COMPARED]
        if arabic:
            table = tables()[ARABIC]
            found["arabic"] = max(table.likeness(letters, arabic_letters_of(keys)) for keys in arabic) / _TEN
            found["has_arabic"] = 1.0
        return found
    if not latin:
        return {}
    table, letters = tables()[ARABIC], arabic_letters_of(asked)
    return {"latin": max(table.likeness(other, letters) for other in latin) / _TEN, "has_latin": 1.0}
