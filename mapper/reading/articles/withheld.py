"""Names that must reach no output: found in any case, script, spelling of accents, and inside addresses.

A name is looked for letter by letter: case, accents, vowel points, invisible
characters and whatever separates words are left out on both sides, so that a slug
(``ann-example``) or a percent-encoded address holds the same name as the text.
Where it is found, each letter becomes a block and every offset stays the same.

What is not promised: other transliterations of a name, nicknames, a surname
alone, or a first name in another grammatical case. Each form that is to be
withheld must be a line of the list.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes, urlsplit

from mapper.errors import InputError, LimitError, Problem, Report
from mapper.files import read_bytes
from mapper.model import Article, Span
from mapper.reading.articles.decoding import decode

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

BLOCK: Final = "\u2588"
NAMES_LIMIT: Final = 100_000

_FEWEST: Final = 2
_ANYWHERE: Final = 5
"""A name of so many letters is found inside a word too: "Ivanov" in its other cases."""

_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2}){1,2000}")
# Letters that Unicode does not take apart, and those of one script that writers do not keep apart.
_ALIKE: Final = str.maketrans(
    dict.fromkeys("\u0622\u0623\u0625\u0671", "\u0627")  # alef with madda, hamza or wasla
    | dict.fromkeys("\u0649\u06cc\u0626", "\u064a")  # yeh: maksura, Farsi, with hamza
    | dict.fromkeys("\u0629\u06c1\u06d5\u06be", "\u0647")  # heh: teh marbuta, goal, ae, doachashmee
    | {"\u06a9": "\u0643", "\u0624": "\u0648", "\u0621": "", "\u0640": ""}  # keheh, waw, hamza, tatweel
    | {"\u0131": "i", "\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u0127": "h"}
    | {"\u00e6": "ae", "\u0153": "oe", "\u0259": "e", "\u0456": "i", "\u0454": "e", "\u0491": "g"}
)
# What is written onto the front of a word without a blank: and, in, to, so, like, from, the.
_CLITICS: Final = frozenset("\u0648\u0628\u0644\u0641\u0643\u0633\u05d5\u05d1\u05dc\u05de\u05e9\u05d4\u05db")
_ARTICLE: Final = "\u0627\u0644"
_NO_WORD_BREAKS: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff]")


@lru_cache(maxsize=8_192)
def _letters(character: str) -> str:
    """Return what of a character counts when names are compared; often itself, sometimes nothing."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character).translate(_ALIKE).casefold())
    kept = "".join(c for c in plain if c.isalnum() and unicodedata.category(c) != "Lm")
    return kept.translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text's letters alone, and the stretch of the text that each stands for."""

    text: str
    starts: array[int]
    ends: array[int]


def _plain(text: str) -> _Plain:
    parts: list[str] = []
    starts, ends = array("L"), array("L")
    for character, start, end in _characters(text):
        letters = _letters(character)
        if letters:
            parts.append(letters)
            for _ in letters:
                starts.append(start)
                ends.append(end)
    return _Plain("".join(parts), starts, ends)


def _characters(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each character and where it stands; those of a percent-encoded stretch as what they mean."""
    at = 0
    for match in _ENCODED.finditer(text) if "%" in text else ():
        yield from ((c, n, n + 1) for n, c in enumerate(text[at : match.start()], at))
        at = match.start()
        for character in unquote_to_bytes(match[0]).decode("utf-8", "surrogateescape"):
            width = 3 * len(character.encode("utf-8", "surrogateescape"))
            yield character, at, at + width
            at += width
    yield from ((c, n, n + 1) for n, c in enumerate(text[at:], at))


class Withheld:
    """A list of names, ready to be looked for.

    Parameters
    ----------
    names : iterable of str
        In any case and script; each of at least two letters.

    Raises
    ------
    InputError
        A name has too few letters to be looked for. The name is not told.

    Examples
    --------
    >>> list_ = Withheld(["Ann Example"])
    >>> list_.redact("Dr. ANN  EXAMPL\u00c9 spoke; see /ann-example/1.")
    'Dr. ███  ███████ spoke; see /███-███████/1.'
    """

    def __init__(self, names: Iterable[str]) -> None:
        keys: dict[str, None] = {}
        for number, name in enumerate(names, 1):
            key = _plain(name).text
            if len(key) < _FEWEST and not _NO_WORD_BREAKS.search(key):
                message = f"withheld name {number} has fewer than {_FEWEST} letters; write it out."
                raise InputError(message)
            keys[key] = None
        self._keys = tuple(keys)

    def __len__(self) -> int:
        """Return how many names are looked for."""
        return len(self._keys)

    @cached_property
    def _searcher(self) -> AhoCorasick:
        from ahocorasick_rs import AhoCorasick

        return AhoCorasick(self._keys)

    def spans(self, text: str) -> list[Span]:
        """Return where names stand in a text, in order, joined where they overlap."""
        if not self._keys or not text:
            return []
        plain = _plain(text)
        found: list[Span] = []
        matches = self._searcher.find_matches_as_indexes(plain.text, overlapping=True)
        for _, first, after in sorted(matches, key=lambda match: match[1]):
            span = Span(plain.starts[first], _with_marks(text, plain.ends[after - 1]))
            if after - first < _ANYWHERE and not _stands_alone(text, span):
                continue
            if found and span.start < found[-1].end:
                span = Span(found[-1].start, max(found.pop().end, span.end))
            found.append(span)
        return found

    def redact(self, text: str) -> str:
        """Put a block in the place of each letter of each name; blanks and hyphens between them stay.

        Returns
        -------
        str
            As many characters as `text`.
        """
        parts: list[str] = []
        at = 0
        for span in self.spans(text):
            parts.append(text[at : span.start])
            parts.append("".join(c if c.isspace() or c in "-_/" else BLOCK for c in text[span.start : span.end]))
            at = span.end
        return "".join([*parts, text[at:]])

    def holds(self, address: str) -> bool:
        """Tell whether an address names somebody, percent-encoded or in its host's own script."""
        try:
            host = urlsplit(address).hostname or ""
            decoded = host.encode("ascii").decode("idna") if "xn--" in host else ""
        except ValueError:
            decoded = ""
        return bool(self.spans(address) or self.spans(decoded))

    def redact_article(self, article: Article) -> Article:
        """Take the names out of an article, before anything else sees it.

        Returns
        -------
        Article
            Its text as long as before; an address that names somebody is
            left out, since no part of it would still lead anywhere.
        """
        name = self.redact(article.id)
        return replace(
            article,
            id=article.id if name == article.id else f"{name.replace(BLOCK, 'x')}-{article.sha256[:6]}",
            file=self.redact(article.file),
            text=self.redact(article.text),
            title=self.redact(article.title),
            publisher=self.redact(article.publisher),
            author=self.redact(article.author),
            url="" if self.holds(article.url) else article.url,
            archived_url="" if self.holds(article.archived_url) else article.archived_url,
            origin="" if self.holds(article.origin) else article.origin,
        )

    def reporting(self, report: Report) -> Report:
        """Take the names out of what is reported: files are named in it."""
        return lambda problem: report(Problem(self.redact(problem.where), self.redact(problem.what)))


def read_withheld(path: Path) -> Withheld:
    """Read a list of names: one a line; blank lines and those that begin with ``#`` are passed over.

    Raises
    ------
    InputError
        The list cannot be read, or not surely: a run without it would let
        every name out, so it stops. No message holds a name.
    """
    try:
        decoded = decode(read_bytes(path))
    except (OSError, InputError) as fault:
        why = fault.strerror if isinstance(fault, OSError) else str(fault)
        message = f"the list of withheld names {path} cannot be read: {why}"
        raise InputError(message) from fault
    if decoded.doubt:
        message = f"the list of withheld names {path} is not in UTF-8; save it as UTF-8, so that each name is found."
        raise InputError(message)
    names = [line.strip() for line in decoded.text.splitlines()]
    names = [name for name in names if name and not name.startswith("#")]
    if len(names) > NAMES_LIMIT:
        message = f"the list of withheld names {path} has more than {NAMES_LIMIT:,} names."
        raise LimitError(message)
    return Withheld(names)


def _with_marks(text: str, end: int) -> int:
    """Return where the marks end that belong to the letter before `end`."""
    while end < len(text) and unicodedata.category(text[end]) in {"Mn", "Mc", "Cf"}:
        end += 1
    return end


def _stands_alone(text: str, span: Span) -> bool:
    """Tell whether a short name is a word, and not part of another one."""
    if _NO_WORD_BREAKS.search(text[span.start : span.end]):
        return True
    if span.end < len(text) and text[span.end].isalnum():
        return False
    start = span.start
    if start >= 2 and text[start - 2 : start] == _ARTICLE:
        start -= 2
    if start and text[start - 1] in _CLITICS:
        start -= 1
    return not (start and text[start - 1].isalnum())
