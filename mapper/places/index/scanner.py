"""Find every name of a gazetteer in a text, with its place in the text.

The words of a text are hashed at once (`tokens`), and so are the phrases of up
to eight words that begin where a name may begin; what a `ScanTable` holds is a
hit, the longest at each place. Where nothing is held, a phrase in capitals is
tried by its sound, so that names are found in other spellings too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol
from unicodedata import combining

from mapper.model import Place
from mapper.places.index.scan_table import LONGEST, ScanTable
from mapper.places.index.tokens import Tokens, longer_phrase, tokens
from mapper.places.names.ranking import Alike, Match

_SOUND_WORDS: Final = 3
_SMALL_WORD: Final = 4
_REMEMBERED: Final = 1 << 14
"""Phrases that are kept in memory."""

_BATCH: Final = 1 << 18
_PARTING: Final = "\n,\n"


class Lookup(Protocol):
    """Looks up a name: `Gazetteer.lookup` or `Index.lookup`."""

    def __call__(
        self, name: str, *, countries: Sequence[str] = ..., limit: int = ..., alike: Alike = ...
    ) -> list[Match]:
        """Return the places that a name may mean, best first."""
        ...


@dataclass(slots=True)
class Hit:
    """A name of the gazetteer in a text.

    Parameters
    ----------
    start, end : int
        Characters of the text, end-exclusive.
    text : str
        The name as written there: ``whole[start:end]``.
    how : {"spelling", "sound"}
        Whether the gazetteer spells it so (but for case, accents, apostrophes,
        hyphens and article), or a name there only sounds like it.
    """

    start: int
    end: int
    text: str
    how: Literal["spelling", "sound"]
    _lookup: Lookup = field(repr=False, compare=False)

    def matches(self, *, countries: Sequence[str] = (), limit: int = 20, alike: Alike = "consonants") -> list[Match]:
        """Look the name up; see `Index.lookup`."""
        return self._lookup(self.text, countries=countries, limit=limit, alike=alike)

    def places(self, *, countries: Sequence[str] = (), limit: int = 20) -> list[Place]:
        """Return the places that the name may mean, best first."""
        return [match.place for match in self.matches(countries=countries, limit=limit)]


class Scanner:
    """Scans texts against some tables.

    Parameters
    ----------
    tables : sequence of ScanTable
        One for each layer.
    lookup : Lookup
        What hits are looked up with.
    sounds : callable
        Says of each of some phrases whether the gazetteer has a name that sounds like it.
    """

    def __init__(
        self, tables: Sequence[ScanTable], lookup: Lookup, sounds: Callable[[Sequence[str]], Sequence[bool]]
    ) -> None:
        self._tables = tuple(tables)
        self._lookup = lookup
        self._sounds = sounds
        self._known: dict[str, bool] = {}

    def scan(self, text: str, *, by_sound: bool = True) -> list[Hit]:
        """Find the names in a text, in order, not overlapping.

        Parameters
        ----------
        text : str
            Any text. Names are looked for where a capital, an article before
            one, or a letter of a script without capitals stands.
        by_sound : bool
            Whether phrases are also tried by sound.
        """
        words = tokens(text)
        if not len(words):
            return []
        spelled = self._spelled(words)
        heard = self._heard(words, spelled, text) if by_sound else []
        starts, ends = words.starts.tolist(), words.ends.tolist()
        hits = []
        for first, last, how in sorted([(a, b, "spelling") for a, b in spelled] + [(a, b, "sound") for a, b in heard]):
            start, end = starts[first], _with_marks(text, ends[last])
            hits.append(Hit(start, end, text[start:end], "spelling" if how == "spelling" else "sound", self._lookup))
        return hits

    def scan_many(self, texts: Iterable[str]) -> Iterator[list[tuple[int, int]]]:
        """Find the names in many texts, by spelling only: faster than one by one.

        Yields
        ------
        list of (int, int)
            For each text, the spans of its names.
        """
        batch: list[str] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text)
            if size >= _BATCH:
                yield from self._scan_batch(batch)
                batch, size = [], 0
        yield from self._scan_batch(batch)

    def _scan_batch(self, batch: list[str]) -> Iterator[list[tuple[int, int]]]:
        words = tokens(_PARTING.join(batch))
        starts, ends = words.starts.tolist(), words.ends.tolist()
        spans = iter([(starts[first], ends[last]) for first, last in (self._spelled(words) if starts else ())])
        span = next(spans, None)
        begin = 0
        for text in batch:
            found = []
            while span is not None and span[0] < begin + len(text):
                found.append((span[0] - begin, _with_marks(text, span[1] - begin)))
                span = next(spans, None)
            yield found
            begin += len(text) + len(_PARTING)

    def _spelled(self, words: Tokens) -> list[tuple[int, int]]:
        """Return first and last word of the names, the longest at each place."""
        import numpy as np

        at = words.opens.nonzero()[0]
        value = words.hashes.take(at)
        firsts, hashes = [at], [value]
        may_go_on = words.opens | (words.ends - words.starts <= _SMALL_WORD)
        goes_on = np.zeros(len(words), bool)
        np.logical_and(words.joined[:-1], may_go_on[1:], out=goes_on[:-1])
        for extent in range(1, LONGEST):
            # A phrase grows over small words and words that may begin names, with no comma between.
            grows = goes_on.take(at + (extent - 1)).nonzero()[0]
            if not len(grows):
                break
            at = at.take(grows)
            value = longer_phrase(value.take(grows), words.hashes.take(at + extent))
            firsts.append(at)
            hashes.append(value)
        values = np.concatenate(hashes)
        held = np.zeros(len(values), bool)
        for table in self._tables:
            held |= table.holds(values)
        lengths = np.repeat(np.arange(1, len(firsts) + 1), [len(part) for part in firsts])
        first, length = np.concatenate(firsts)[held], lengths[held]
        # Of the phrases at one place the last is the longest; an article alone is none.
        longest = np.zeros(len(words), np.int64)
        longest[first] = length
        longest[words.articles & (longest == 1)] = 0
        places = longest.nonzero()[0]
        behind = np.zeros(len(words) + 1, bool)
        behind[1:] = words.articles
        found = []
        free = 0
        rows = zip(places.tolist(), longest[places].tolist(), behind[places].tolist(), strict=True)
        for begin, count, has_article in rows:
            if begin >= free:
                found.append((begin - 1 if has_article and begin > free else begin, begin + count - 1))
                free = begin + count
        return found

    def _heard(self, words: Tokens, spelled: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
        """Return first and last word of the phrases between those that only sound like names."""
        phrases = _phrases(words, {word for first, last in spelled for word in range(first, last + 1)})
        starts, ends = words.starts.tolist(), words.ends.tolist()
        heard = self._sounding({text[starts[first] : ends[last]] for first, last in phrases})
        found = []
        free = 0
        for first, last in phrases:
            if first >= free and text[starts[first] : ends[last]] in heard:
                found.append((first, last))
                free = last + 1
        return found

    def _sounding(self, phrases: set[str]) -> set[str]:
        """Choose the phrases that sound like names."""
        known = self._known
        new = [phrase for phrase in phrases if phrase not in known]
        if len(known) > _REMEMBERED:
            known.clear()
            new = list(phrases)
        known.update(zip(new, self._sounds(new), strict=True))
        return {phrase for phrase in phrases if known[phrase]}


def _phrases(words: Tokens, taken: set[int]) -> list[tuple[int, int]]:
    """Return first and last word of the phrases that may be names, in order, at each place the longest first."""
    opens, joined = words.opens.tolist(), words.joined.tolist()
    articles = words.articles.tolist()
    found = []
    for word in words.opens.nonzero()[0].tolist():
        if word in taken:
            continue
        reach = word
        while reach - word < _SOUND_WORDS - 1 and joined[reach] and reach + 1 not in taken:
            reach += 1
            if not opens[reach]:
                reach -= 1
                break
        found += [(word, last) for last in range(reach, word - 1, -1) if not (last == word and articles[word])]
    return found


def _with_marks(text: str, end: int) -> int:
    """Take in the accents that follow a letter as characters of their own."""
    while end < len(text) and combining(text[end]):
        end += 1
    return end
