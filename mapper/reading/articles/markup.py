"""HTML as a row of tokens that know where they stand.

One pass from left to right, linear whatever the input: no tree is built, nothing
is fetched, no entity is declared. It serves two ends: to follow extracted text back
to the page's bytes, and to read what a page's head says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final, NamedTuple

_TAG_NAME: Final = re.compile(r"/?([A-Za-z][A-Za-z0-9:-]{0,40})")
_ATTRIBUTE: Final = re.compile(
    r"""([^\s"'<>/=]{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]{0,100000})"|'([^']{0,100000})'|([^\s"'=<>`]{1,10000})))?"""
)
_NAME_OF_ATTRIBUTE: Final = re.compile(r"""\s[^\s"'<>/=]{1,100}+(?:\s{0,20}+=\s{0,20}+(?:"[^"]*+"|'[^']*+'))?""")
_MARK: Final = re.compile(r">|=\s{0,20}[\"']")
_TAG_LIMIT: Final = 200_000
_UNSHOWN: Final = frozenset({"script", "style", "noscript", "template", "textarea", "title", "iframe", "svg", "select"})


class Text(NamedTuple):
    """A stretch of text between tags: characters ``start..end`` of the page."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening or closing tag; what it encloses if that is no markup (`script`, `title`)."""

    name: str
    closing: bool = False
    attributes: dict[str, str] = field(default_factory=dict)
    content: str = ""
    count: int = 0
    """How many attributes it has, those included that are too long to be read."""


def tokens(page: str) -> Iterator[Text | Tag]:
    """Cut a page into tags and the text between them.

    Parameters
    ----------
    page : str
        The whole page, decoded.

    Yields
    ------
    Text or Tag
        In order. Comments, scripts, styles and what is not shown give no text.

    Examples
    --------
    >>> list(tokens("<p>A<!-- b --></p>"))[1]
    Text(start=3, end=4)
    """
    at, length = 0, len(page)
    # One search for each kind of tag that never closes, not one for each tag.
    unclosed: set[str] = set()
    while at < length:
        opening = page.find("<", at)
        if opening == -1:
            yield Text(at, length)
            return
        if opening > at:
            yield Text(at, opening)
        if page.startswith("<!--", opening):
            at = _past(page, "-->", opening + 4)
            continue
        name = _TAG_NAME.match(page, opening + 1)
        if not name:
            if page.startswith(("<!", "<?", "</"), opening):
                at = _past(page, ">", opening + 2)
            else:
                yield Text(opening, opening + 1)
                at = opening + 1
            continue
        at = _tag_end(page, name.end())
        closing = page[opening + 1] == "/"
        low = name[1].lower()
        content = ""
        if low in _UNSHOWN and not closing and low not in unclosed and page[at - 2 : at] != "/>":
            stop = _closing_tag(page, low, at)
            if stop == -1:
                unclosed.add(low)
            else:
                content, at = page[at:stop], stop
        end = at - len(content)
        count = sum(1 for _ in _NAME_OF_ATTRIBUTE.finditer(page, name.end(), end)) if end - name.end() > 1 else 0
        yield Tag(low, closing, {} if closing else _attributes(page, name.end(), at), content, count)


def _past(page: str, mark: str, start: int) -> int:
    stop = page.find(mark, start)
    return len(page) if stop == -1 else stop + len(mark)


def _tag_end(page: str, start: int) -> int:
    """Return where the tag ends that is open at `start`: after the first ``>`` outside quotes."""
    at, limit = start, min(len(page), start + _TAG_LIMIT)
    while at < limit:
        mark = _MARK.search(page, at, limit)
        if not mark:
            break
        if mark[0] == ">":
            return mark.end()
        quoted = page.find(mark[0][-1], mark.end(), limit)
        if quoted == -1:
            break
        at = quoted + 1
    # A quote that never closes is a slip of the pen: the tag ends at its first ">".
    return _past(page, ">", start)


def _closing_tag(page: str, name: str, start: int) -> int:
    found = re.compile(rf"</{name}[\s/>]", re.IGNORECASE).search(page, start)
    return found.start() if found else -1


def _attributes(page: str, start: int, end: int) -> dict[str, str]:
    if end - start <= 1:
        return {}
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(page, start, min(end - 1, start + _TAG_LIMIT)):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), unescape(value) if "&" in value else value)
    return found
