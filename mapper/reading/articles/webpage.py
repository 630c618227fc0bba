"""Web pages: the main text, with a map back to the bytes, and what the head says.

trafilatura finds the main text. The head is read here, and only where it says a
thing outright: no date is guessed from an address or a text, and none depends on
the day of the run.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from mapper.errors import ArticleError
from mapper.model import SourceRun
from mapper.reading.articles.alignment import align, source_runs
from mapper.reading.articles.markup import Tag, Text, tokens
from mapper.reading.articles.metadata import FIELD_LIMIT, is_web_address
from mapper.reading.dates.edtf import parse_published
from mapper.table_dates import edtf_of, one_span

PARTS_LIMIT: Final = 100_000
"""Most tags and stretches of text in one page; news pages have about 5,000."""

ATTRIBUTES_LIMIT: Final = 1_000
"""Most attributes of one tag: a parser of HTML compares each with all before it."""

TEXT_LIMIT: Final = 2_000_000
"""Most characters of text in one page, blanks and menus included."""

_CHARSET: Final = re.compile(
    rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?\s{0,9}([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_LONGEST_DATE: Final = 80
_LETTERS: Final = re.compile(r"[^\W_]+")
_HEAD_BYTES: Final = 8_192
_LD_LIMIT: Final = 1_000_000
_LD_DEPTH: Final = 6
_ARTICLE_TYPES: Final = ("Article", "Posting", "Report", "WebPage", "CreativeWork")

# Where a head states a thing, the most trustworthy first. Keys of `meta` are its name, property or itemprop.
_TITLES: Final = ("og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title")
_PUBLISHERS: Final = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name")
_AUTHORS: Final = (
    "author",
    "dc.creator",
    "dcterms.creator",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
)
_DATES: Final = (
    *("article:published_time", "og:published_time", "datepublished", "dc.date.issued", "dcterms.issued"),
    *("dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "parsely-pub-date", "sailthru.date"),
    *("pubdate", "publishdate", "publish-date", "publication_date", "article.published", "citation_publication_date"),
    *("originalpublicationdate", "displaydate", "date"),
)


@dataclass(frozen=True, slots=True)
class WebPage:
    """What was taken out of a page.

    Parameters
    ----------
    text : str
        The main text.
    source_map : tuple of SourceRun
        Where it stands in the bytes of the page.
    unmapped : int
        Letters and digits of the text that could not be followed back.
    metadata : mapping of str to str
        What the head says, by the names of `mapper.reading.articles.metadata.FIELDS`.
    """

    text: str
    source_map: tuple[SourceRun, ...]
    unmapped: int
    metadata: Mapping[str, str]


def declared_encoding(data: bytes) -> str:
    """Return the encoding that a page's head declares, "" if none.

    Examples
    --------
    >>> declared_encoding(b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1256">')
    'windows-1256'
    """
    found = _CHARSET.search(data[:_HEAD_BYTES])
    return found[1].decode("ascii") if found else ""


def read_page(page: str, data: bytes, encoding: str) -> WebPage:
    """Take the article out of a page.

    Parameters
    ----------
    page, data : str, bytes
        The page, decoded and as received.
    encoding : str
        The one that was used to decode it.

    Raises
    ------
    ArticleError
        It holds no main text, or cannot be taken apart.
    """
    parts = _parts(page)
    text = _main_text(page)
    runs = source_runs(align(text, page, parts), page, data, encoding)
    mapped = sum(_letters(text[run.start : run.end]) for run in runs)
    return WebPage(text, runs, _letters(text) - mapped, page_metadata(page, parts))


def _most_attributes(tag: Tag) -> int:
    """Count the attributes of a tag, or of the one that has most in what is no text of the page (`noscript`, `svg`)."""
    if tag.name in {"script", "style"} or "<" not in tag.content:
        return tag.count
    return max([tag.count, *(_most_attributes(part) for part in tokens(tag.content) if isinstance(part, Tag))])


def _parts(page: str) -> list[Text | Tag]:
    """Cut the page, unless it is larger than any article's page is."""
    parts: list[Text | Tag] = []
    letters = 0
    for part in tokens(page):
        parts.append(part)
        if isinstance(part, Tag) and _most_attributes(part) > ATTRIBUTES_LIMIT:
            message = f"a tag of the page has more than {ATTRIBUTES_LIMIT:,} attributes; save its article as .txt."
            raise ArticleError(message)
        letters += part.end - part.start if isinstance(part, Text) else 0
        if len(parts) > PARTS_LIMIT or letters > TEXT_LIMIT:
            message = (
                f"the page has more than {PARTS_LIMIT:,} tags and texts, or {TEXT_LIMIT:,} characters of text; "
                "save its article as .txt."
            )
            raise ArticleError(message)
    return parts


def _letters(text: str) -> int:
    """Count what can be read aloud; dashes before items and bars between cells are put there by the extractor."""
    return sum(map(len, _LETTERS.findall(text)))


def _main_text(page: str) -> str:
    import trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    # What it has to say goes into this module's own line, once.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL + 1)
    try:
        # No metadata from there: it guesses dates, and drops those that lie after the clock's today.
        document = trafilatura.bare_extraction(
            page, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
        )
    except (LxmlError, ValueError, TypeError, AttributeError, LookupError, AssertionError, RecursionError) as fault:
        message = f"its markup cannot be taken apart ({type(fault).__name__}); save its text as .txt."
        raise ArticleError(message) from fault
    text = str(document.text or "") if document is not None and not isinstance(document, dict) else ""
    if not text.strip():
        message = "no main text was found in the page; save its text as .txt."
        raise ArticleError(message)
    # Each of its lines is a paragraph, or an item of a list.
    return "\n\n".join(line for line in text.splitlines() if line.strip())


@dataclass(slots=True)
class _Head:
    """What a page says of itself, as it stands there."""

    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    heading: str = ""
    canonical: str = ""
    time: str = ""
    linked: list[dict[str, Any]] = field(default_factory=list)


def page_metadata(page: str, parts: Iterable[Text | Tag]) -> dict[str, str]:
    """Read title, publisher, author, date and address out of a page's head.

    Parameters
    ----------
    page : str
        The page, decoded.
    parts : iterable of Text or Tag
        The page, cut by `mapper.reading.articles.markup.tokens`.

    Returns
    -------
    dict of str to str
        Only what the page states outright; `published` is a day, a month or
        a year, as written in the page's own time.

    Examples
    --------
    >>> page = '<title>A</title><meta property="article:published_time" content="2017-03-23T23:30:00-05:00">'
    >>> page_metadata(page, tokens(page))
    {'title': 'A', 'published': '2017-03-23'}
    """
    head = _head(page, parts)
    article = next((thing for thing in head.linked if _is_article(thing)), {})
    titles = [*_all(head, _TITLES), _text(article.get("headline")), head.heading, head.title]
    publishers = [_name(article.get("publisher")), *_all(head, _PUBLISHERS)]
    authors = [_name(article.get("author")), *(a for a in _all(head, _AUTHORS) if not is_web_address(a))]
    dates = [_day(d) for d in (_text(article.get("datePublished")), *_all(head, _DATES), head.time)]
    addresses = [head.canonical, *_all(head, ("og:url",)), _text(article.get("url"))]
    found = {
        "title": _first(titles),
        "publisher": _first(publishers),
        "author": _first(authors),
        "url": next((a for a in addresses if is_web_address(a)), ""),
        "published": _first(dates),
    }
    return {name: value for name, value in found.items() if value}


def _head(page: str, parts: Iterable[Text | Tag]) -> _Head:
    head = _Head()
    heading: list[str] | None = None
    for token in parts:
        if isinstance(token, Text):
            if heading is not None and sum(map(len, heading)) < FIELD_LIMIT:
                heading.append(page[token.start : token.end])
            continue
        if token.name == "h1":
            if token.closing and heading is not None:
                head.heading = head.heading or _unescaped("".join(heading))
                heading = None
            elif not head.heading:
                heading = []
        elif not token.closing:
            _take(token, head)
    return head


def _take(tag: Tag, head: _Head) -> None:
    attributes = tag.attributes
    if tag.name == "meta":
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
        if attributes.get("content"):
            head.meta.setdefault(key.strip().lower(), attributes["content"])
    elif tag.name == "title":
        head.title = head.title or _unescaped(tag.content[:FIELD_LIMIT])
    elif tag.name == "link" and attributes.get("rel", "").lower() == "canonical":
        head.canonical = head.canonical or attributes.get("href", "").strip()
    elif tag.name == "time" and ("pubdate" in attributes or attributes.get("itemprop", "").lower() == "datepublished"):
        head.time = head.time or attributes.get("datetime", "")
    elif tag.name == "script" and "ld+json" in attributes.get("type", "").lower() and len(tag.content) <= _LD_LIMIT:
        try:
            head.linked.extend(_things(json.loads(tag.content), _LD_DEPTH))
        except (ValueError, RecursionError):
            # Broken on many pages; what it would say is only a help.
            return


def _things(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield the objects of linked data, outer ones first."""
    if depth and isinstance(data, list):
        for part in data:
            yield from _things(part, depth - 1)
    elif depth and isinstance(data, dict):
        yield data
        yield from _things(data.get("@graph"), depth - 1)


def _is_article(thing: Mapping[str, Any]) -> bool:
    kinds = thing.get("@type")
    return any(str(kind).endswith(_ARTICLE_TYPES) for kind in (kinds if isinstance(kinds, list) else [kinds]))


def _all(head: _Head, names: tuple[str, ...]) -> Iterator[str]:
    return (head.meta[name] for name in names if name in head.meta)


def _text(value: object) -> str:
    return _unescaped(value) if isinstance(value, str) else ""


def _name(value: object) -> str:
    """Return the name of a person or outlet of linked data, or the names of several."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for part in value[:10] if (name := _name(part))))
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _unescaped(text: str) -> str:
    from html import unescape

    return " ".join(unescape(text).split())


def _first(values: list[str]) -> str:
    return next((value for v in values if (value := " ".join(v.split()))), "")


def _day(value: str) -> str:
    """Return the day (month, year) of a date as pages write it, "" if it is none."""
    span = one_span(value[:_LONGEST_DATE])
    day = edtf_of(*span) if span else ""
    return day if parse_published(day) else ""
