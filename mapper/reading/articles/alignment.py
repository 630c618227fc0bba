"""Following extracted text back to the bytes of the page it was taken from.

White space and invisible characters are left out on both sides, since an
extractor changes them; what remains is found again in reading order. A stretch
that cannot be found stays unmapped, and is counted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

from mapper.model import SourceRun
from mapper.reading.articles.markup import Tag, Text

_BLANK: Final = "\\s\\x00-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff"
_SOLID: Final = re.compile(rf"[^{_BLANK}]+")
_PIECE: Final = re.compile(rf"&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|[A-Za-z][A-Za-z0-9]{{1,31}});?|&|[^{_BLANK}&]+")
_ANCHOR: Final = 12
_FEWEST: Final = 6
_NEAR: Final = 20_000
_SCANS: Final = 500


class Aligned(NamedTuple):
    """Characters ``start..end`` of the extracted text are ``page_start..page_end`` of the page."""

    start: int
    end: int
    page_start: int
    page_end: int


@dataclass(slots=True)
class _Solid:
    """Text without blanks, and where each piece of it came from."""

    text: str = ""
    offsets: list[int] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)

    def gather(self, pieces: Iterable[tuple[str, int, int]]) -> _Solid:
        """Join pieces, each with its origin and its width there."""
        parts: list[str] = []
        length = 0
        for part, origin, width in pieces:
            parts.append(part)
            self.offsets.append(length)
            self.origins.append(origin)
            self.widths.append(width)
            length += len(part)
        self.text = "".join(parts)
        return self

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
        """Yield (start, end, origin, origin end) for each piece of a stretch; a character reference whole."""
        index = bisect_right(self.offsets, start) - 1
        while index < len(self.offsets) and self.offsets[index] < end:
            offset, origin, width = self.offsets[index], self.origins[index], self.widths[index]
            length = (self.offsets[index + 1] if index + 1 < len(self.offsets) else len(self.text)) - offset
            left, right = max(start, offset), min(end, offset + length)
            if width == length:
                yield left, right, origin + left - offset, origin + right - offset
            else:
                yield left, right, origin, origin + width
            index += 1


def align(text: str, page: str, parts: Iterable[Text | Tag]) -> list[Aligned]:
    """Find where each stretch of an extracted text stands in its page.

    Parameters
    ----------
    text : str
        As extracted.
    page : str
        The page, decoded.
    parts : iterable of Text or Tag
        The page, cut by `mapper.reading.articles.markup.tokens`.

    Returns
    -------
    list of Aligned
        In order of the text, apart. Inside one, characters correspond one to
        one (a blank to a blank), or one is a character reference.

    Examples
    --------
    >>> from mapper.reading.articles.markup import tokens
    >>> page = "<p>fire <b>&amp;</b> ash</p>"
    >>> align("fire & ash", page, tokens(page))[1]
    Aligned(start=5, end=6, page_start=11, page_end=16)
    """
    wanted = _Solid().gather((m[0], m.start(), m.end() - m.start()) for m in _SOLID.finditer(text))
    present = _Solid().gather(_page_pieces(page, parts))
    return list(_joined(_matched(text, wanted, present), text, page))


def _page_pieces(page: str, parts: Iterable[Text | Tag]) -> Iterator[tuple[str, int, int]]:
    for part in parts:
        if not isinstance(part, Text):
            continue
        for match in _PIECE.finditer(page, part.start, part.end):
            piece = match[0]
            if piece[0] != "&" or len(piece) == 1:
                yield piece, match.start(), len(piece)
                continue
            plain = "".join(_SOLID.findall(unescape(piece)))
            if plain:
                # A reference of one character to one character would look like plain text.
                yield plain, match.start(), len(piece)


def _matched(text: str, wanted: _Solid, present: _Solid) -> Iterator[Aligned]:
    search = _Search(wanted.text, present.text)
    for start, end in _paragraphs(text, wanted):
        for left, found, length in search.parts(start, end):
            yield from _pairs(wanted, left, present, found, length)


def _paragraphs(text: str, wanted: _Solid) -> Iterator[tuple[int, int]]:
    """Yield each line of the text as a stretch of its solid form."""
    begin = 0
    for index in range(1, len(wanted.offsets)):
        gap_start = wanted.origins[index - 1] + wanted.widths[index - 1]
        if "\n" in text[gap_start : wanted.origins[index]]:
            yield wanted.offsets[begin], wanted.offsets[index]
            begin = index
    if wanted.offsets:
        yield wanted.offsets[begin], len(wanted.text)


@dataclass(slots=True)
class _Search:
    """Finds stretches of one text in another, forward from the last one found.

    What a search costs is counted: a page made to be searched for ever is left
    unmapped once the budget is spent.
    """

    wanted: str
    present: str
    cursor: int = 0
    budget: int = 0

    def __post_init__(self) -> None:
        self.budget = _SCANS * (len(self.present) + _NEAR)

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (start, where found, length) for the parts of a stretch that were found, in order."""
        whole = self.wanted[start:end]
        found = self._find(whole, anywhere=True)
        if found != -1:
            self.cursor = found + len(whole)
            yield start, found, len(whole)
            return
        at = start
        while end - at >= _FEWEST and self.budget > 0:
            found = self._find(self.wanted[at : min(at + _ANCHOR, end)], anywhere=at == start)
            if found == -1:
                at += 1
                continue
            length = _common(self.wanted, at, end, self.present, found)
            self.cursor = found + length
            yield at, found, length
            at += length

    def _find(self, part: str, *, anywhere: bool) -> int:
        near = self.cursor + len(part) + _NEAR
        self.budget -= min(near, len(self.present)) - self.cursor
        found = self.present.find(part, self.cursor, near)
        if found == -1 and anywhere and self.budget > 0:
            self.budget -= len(self.present)
            found = self.present.find(part)
        return found


def _common(wanted: str, at: int, end: int, present: str, found: int) -> int:
    """Return how many characters agree from here on."""
    low, high = 0, min(end - at, len(present) - found)
    while low < high:
        middle = (low + high + 1) // 2
        if wanted[at + low : at + middle] == present[found + low : found + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _pairs(wanted: _Solid, left: int, present: _Solid, found: int, length: int) -> Iterator[Aligned]:
    """Cut a match where a piece ends on either side."""
    mine = wanted.pieces(left, left + length)
    theirs = present.pieces(found, found + length)
    a_start, a_end, a_origin, _ = next(mine)
    b_start, b_end, b_origin, b_stop = next(theirs)
    while True:
        step = min(a_end - a_start, b_end - b_start)
        plain = b_stop - b_origin == b_end - b_start
        yield Aligned(a_origin, a_origin + step, b_origin, b_origin + step if plain else b_stop)
        a_start, a_origin = a_start + step, a_origin + step
        b_start, b_origin = b_start + step, b_origin + step if plain else b_origin
        if a_start == a_end:
            following = next(mine, None)
            if following is None:
                return
            a_start, a_end, a_origin, _ = following
        if b_start == b_end:
            b_start, b_end, b_origin, b_stop = next(theirs)


def _joined(aligned: Iterable[Aligned], text: str, page: str) -> Iterator[Aligned]:
    """Join neighbours where one blank stands between them on both sides, or nothing."""
    held: Aligned | None = None
    for this in aligned:
        if held and _joins(held, this, text, page):
            held = Aligned(held.start, this.end, held.page_start, this.page_end)
            continue
        if held:
            yield held
        held = this
    if held:
        yield held


def _joins(left: Aligned, right: Aligned, text: str, page: str) -> bool:
    plain = all(run.end - run.start == run.page_end - run.page_start for run in (left, right))
    gap, page_gap = text[left.end : right.start], page[left.page_end : right.page_start]
    return plain and len(gap) <= 1 and len(gap) == len(page_gap) and not gap.strip() and not page_gap.strip()


def source_runs(aligned: Iterable[Aligned], page: str, data: bytes, encoding: str) -> tuple[SourceRun, ...]:
    """Turn places in the decoded page into places in its bytes.

    Parameters
    ----------
    aligned : iterable of Aligned
        From `align`.
    page, data : str, bytes
        The page, decoded and as received.
    encoding : str
        The one that was used, as in `Article.encoding`.

    Returns
    -------
    tuple of SourceRun
        Empty if the bytes were damaged, so that places cannot be counted.
    """
    runs = list(aligned)
    codec, mark = _plain_codec(data, encoding)
    if len(page.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")) + mark != len(data):
        return ()
    places = sorted({place for run in runs for place in (run.page_start, run.page_end)})
    byte_of: dict[int, int] = {}
    at, offset = 0, mark
    for place in places:
        offset += len(page[at:place].encode(codec))
        byte_of[place] = offset
        at = place
    return tuple(SourceRun(r.start, r.end, byte_of[r.page_start], byte_of[r.page_end]) for r in runs)


def _plain_codec(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the codec that writes no byte order mark, and how long the mark in the data is."""
    if encoding == "utf-8-sig":
        return "utf-8", 3
    if encoding == "utf-16":
        return ("utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"), 2
    if encoding == "utf-32":
        return ("utf-32-le" if data[:4] == b"\xff\xfe\x00\x00" else "utf-32-be"), 4
    return encoding, 0
