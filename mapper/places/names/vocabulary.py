"""Words of names, each folded once: dozens at a time, or thousands.

A rule that is tried once for fifty words in one text costs what it costs for
one. So the words of many names that were not met before are spelled together,
and sounded together where their sound is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from mapper.places.names import keys
from mapper.places.names.letters import FoldTable
from mapper.places.names.spelling import before_others, respelled, sounded
from mapper.places.names.words import ARTICLES

_END: Final = "\x1f"
"""Stands between names; no part of any, as folding drops it."""

_FOLD: Final = FoldTable({ord(_END): _END})

_Part = tuple[str, keys.Parts]


class Vocabulary:
    """What is known of words; each is worked out when it is first met.

    Parameters
    ----------
    remembered : int
        Most words that are kept in memory, about two hundred bytes each.
    has_sounds : bool
        Whether the sounds of words are wanted.
    """

    def __init__(self, remembered: int, *, has_sounds: bool) -> None:
        self._remembered = remembered
        self._has_sounds = has_sounds
        self._inner: dict[str, keys.Word] = {}
        self._last: dict[str, keys.Word] = {}
        self._special: set[str] = set()

    def finer_keys(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """Return the plain key and the name key of each name: see `keys.Keys`.

        Examples
        --------
        >>> Vocabulary(100, has_sounds=False).finer_keys(["Al-Baghūz", "Eastern Tell", "!?"])
        [('al baghuz', 'baghuz'), ('eastern tell', 'tal sharqi'), ('', '')]
        """
        split = [part.split() for part in folded(names)]
        return [
            (words[0], kept[0][0]) if len(words) == 1 else (" ".join(words), " ".join([word[0] for word in kept]))
            for words, kept in zip(split, self.of(split), strict=True)
        ]

    def names_and_sounds(self, plains: Sequence[str]) -> tuple[list[str], list[str]]:
        """Return the name keys and the sound keys of names, by their plain keys, where sounds are wanted.

        Letters that are doubled where words meet are still double.

        Examples
        --------
        >>> Vocabulary(100, has_sounds=True).names_and_sounds(["al baghuz", "dair rum"])
        (['baghuz', 'dair rum'], ['bakud', 'dirrum'])
        """
        split = [plain.split() for plain in plains]
        self._learn_all(split)
        inner, last, special = self._inner, self._last, self._special
        names: list[str] = []
        sounds: list[str] = []
        for words in split:
            count = len(words)
            if count == 1 or (count == 2 and words[0] in ARTICLES and words[1] not in special):
                name, sound, _ = last[words[-1]]
            elif count == 2 and special.isdisjoint(words):
                (name, sound, _), (following, heard, _) = inner[words[0]], last[words[1]]
                name, sound = f"{name} {following}", sound + heard
            else:
                kept = self._kept(words) if words else ()
                name, sound = " ".join([word[0] for word in kept]), "".join([word[1] for word in kept])
            names.append(name)
            sounds.append(sound)
        return names, sounds

    def of(self, split: Sequence[Sequence[str]]) -> list[Sequence[keys.Word]]:
        """Return the words of names that count, by the words of their plain keys: see `keys.kept_of`."""
        self._learn_all(split)
        last = self._last
        return [(last[words[0]],) if len(words) == 1 else self._kept(words) if words else () for words in split]

    def _kept(self, words: Sequence[str]) -> Sequence[keys.Word]:
        """Return the words of one name that count; all its words are known."""
        inner = self._inner
        entries = [*[inner[word] for word in words[:-1]], self._last[words[-1]]]
        return entries if self._special.isdisjoint(words) else keys.kept_of(words, entries)

    def _learn_all(self, split: Sequence[Sequence[str]]) -> None:
        """Work out what is not known yet of the words of some names."""
        if len(self._inner) + len(self._last) > self._remembered:
            self._inner.clear()
            self._last.clear()
            self._special.clear()
        inner, last = self._inner, self._last
        # Not the difference of a set and keys: that looks at each of the keys.
        ends = {words[-1] for words in split if words and words[-1] not in last}
        met = chain.from_iterable([words[:-1] for words in split if len(words) > 1])
        self._learn({word for word in met if word not in inner}, ends)

    def _learn(self, inner: Iterable[str], last: Iterable[str]) -> None:
        """Work out what is known of words that stand before others, and of last ones, in one text."""
        # Sets of words come in any order, which makes no difference to what is learnt of each.
        before, ruled_before = self._parts(inner)
        others, ruled = self._parts(last)
        spellings = [latin for _, (_, latin, _, _) in before + others]
        latins = [latin for _, (_, latin, _, _) in ruled_before]
        text = before_others(_text(latins))[:-1] if latins else ""
        latins = [latin for _, (_, latin, _, _) in ruled]
        text += _text(latins) if latins else "\n"
        if len(text) > 1:
            spellings += _lines(respelled(text))
        has_sounds = self._has_sounds and spellings
        sounds = _lines(sounded(_text(spellings))) if has_sounds else [""] * len(spellings)
        words = zip(before + others + ruled_before + ruled, spellings, sounds, strict=True)
        known = [self._inner] * len(before) + [self._last] * len(others)
        known += [self._inner] * len(ruled_before) + [self._last] * len(ruled)
        for where, ((word, (bare, _, role, _)), spelling, sound) in zip(known, words, strict=True):
            where[word] = (bare or spelling, sound, role)
            if role != keys.PLAIN_WORD:
                self._special.add(word)

    def _parts(self, words: Iterable[str]) -> tuple[list[_Part], list[_Part]]:
        """Take words apart: those that rules of spelling do not apply to, and the others."""
        plain: list[_Part] = []
        ruled: list[_Part] = []
        for word in words:
            part = keys.parts_of(word)
            # Of a word in Arabic the spelling in Latin letters is only there for its sound.
            (ruled if part[3] and (self._has_sounds or not part[0]) else plain).append((word, part))
        return plain, ruled


def _text(words: Sequence[str]) -> str:
    return "\n{}\n".format("\n".join(words))


def _lines(text: str) -> list[str]:
    return text[1:-1].split("\n")


def folded(names: Sequence[str]) -> list[str]:
    """Fold the letters of names.

    Examples
    --------
    >>> folded(["Al-Baghūz", "!?"])
    ['al baghuz', '  ']
    """
    if not names:
        return []
    parts = _END.join([name[: keys.NAME_LIMIT] for name in names]).translate(_FOLD).split(_END)
    return parts if len(parts) == len(names) else folded([name.replace(_END, "") for name in names])
