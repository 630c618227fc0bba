"""Articles, read from files and folders: bytes hashed as they are, text decoded once.

Whatever is wrong with one article is one line for the report, and the next is
read. Nothing in an article, in its name or in `sources.csv` is ever a path, a
pattern or code.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mapper.errors import ArticleError, LimitError, Problem, Report
from mapper.files import ARTICLE_LIMIT, read_bytes, sha256_of
from mapper.model import Article, SourceRun
from mapper.reading.articles.decoding import decode, refuse_foreign
from mapper.reading.articles.evidence import read_received
from mapper.reading.articles.front_matter import front_matter
from mapper.reading.articles.listing import Listed, list_articles
from mapper.reading.articles.metadata import Metadata, checked
from mapper.reading.articles.records import RecordError, lines_of, parse_record
from mapper.reading.articles.taken import Taken

ID_LIMIT: Final = 200
_HEAD: Final = 4_096
_XML: Final = re.compile(r"\s{0,99}<\?xml", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SLUG: Final = re.compile(r"[a-z0-9]+")
_MARKUP: Final = re.compile(r"\s{0,99}<(\?xml|!doctype(?:\s{1,9}html)?|(?:html|svg|rss)[\s>])", re.IGNORECASE)


@dataclass(slots=True)
class Received:
    """A file as it was read: the hash and the number of its bytes."""

    path: Path
    label: str
    sha256: str
    bytes: int


def read_articles(
    paths: Sequence[Path],
    report: Report,
    *,
    limit: int = ARTICLE_LIMIT,
    received: Callable[[Received], None] | None = None,
) -> Iterator[Article]:
    """Read every article that is named, one at a time.

    Parameters
    ----------
    paths : sequence of Path
        Files (``.txt .md .html .htm .jsonl``) and folders of them, each with
        a `sources.csv` beside it or not.
    report : Report
        Is given one line for each file, record, row or field that could not
        be used; the rest goes on.
    limit : int
        Largest file, and largest line of a ``.jsonl``, bytes.
    received : callable, optional
        Is given each file that was read to its end, also one that is no article.

    Yields
    ------
    Article
        In the order given, by name inside a folder, line by line inside a
        ``.jsonl``. No two have the same `id`.
    """
    reader = _Reader(report, limit, received or _unheard)
    for listed in list_articles(paths, report):
        yield from reader.read(listed)


@dataclass(slots=True)
class _Reader:
    report: Report
    limit: int
    received: Callable[[Received], None]
    taken: Taken = field(default_factory=Taken)

    def read(self, listed: Listed) -> Iterator[Article]:
        """Read one file; a fault in it ends there."""
        try:
            if listed.form == "records":
                yield from self._records(listed)
            else:
                article = self._file(listed)
                if article:
                    yield article
        except (ArticleError, LimitError) as fault:
            self._say(listed, f"not read: {fault}")
        except OSError as fault:
            self._say(listed, f"cannot be read: {fault.strerror or fault}")

    def _say(self, listed: Listed, what: str, *, line: int = 0) -> None:
        self.report(Problem(f"{listed.label}, line {line}" if line else listed.label, what))

    def _file(self, listed: Listed) -> Article | None:
        data = read_bytes(listed.path, limit=self.limit)
        digest = sha256_of(data)
        self.received(Received(listed.path, listed.label, digest, len(data)))
        if not data:
            raise ArticleError("it is empty.")
        is_page = listed.form == "page"
        declared = self._declared(listed, digest) or (_declared_in(data) if is_page else "")
        decoded = decode(data, declared)
        if not decoded.text.strip():
            raise ArticleError("it holds no text.")
        refuse_markup(decoded.text, page=is_page)
        if decoded.doubt:
            self._say(listed, f"{decoded.doubt}.")
        text = decoded.text
        runs: tuple[SourceRun, ...] = ()
        values: Mapping[str, str]
        if is_page:
            from mapper.reading.articles.webpage import read_page

            page = read_page(decoded.text, data, decoded.encoding)
            text, runs, values = page.text, page.source_map, page.metadata
            if page.unmapped:
                share = f"{page.unmapped:,} characters of its text"
                self._say(listed, f"{share} could not be followed back to the page's bytes.")
        else:
            values, _ = front_matter(decoded.text)
        own = checked(values, lambda line: self._say(listed, line))
        return _article(
            (listed.metadata or Metadata()).over(own),
            id=self._unique(derived_id(listed.label, digest)),
            file=listed.label,
            sha256=digest,
            text=text,
            encoding=decoded.encoding,
            source_map=runs,
        )

    def _declared(self, listed: Listed, digest: str) -> str:
        """Return the encoding that the server of a collected page declared; check that its bytes are still those."""
        try:
            received = read_received(listed.path)
        except RecordError as fault:
            self._say(listed, f"the record of how it was received {fault}.")
            return ""
        if received is None:
            return ""
        if received.sha256 != digest:
            self._say(listed, "its bytes are not those that were received: it was changed since.")
        return received.charset

    def _records(self, listed: Listed) -> Iterator[Article]:
        with listed.path.open("rb") as stream:
            refuse_foreign(stream.read(64))
        empty = True
        tally = _Tally()
        for number, line in lines_of(listed.path, self.limit, tally.add):
            empty = False
            if line is None:
                self._say(listed, f"not read: longer than {self.limit:,} bytes.", line=number)
                continue
            try:
                yield self._record(listed, number, line)
            except RecordError as fault:
                self._say(listed, f"not read: {fault}.", line=number)
        self.received(Received(listed.path, listed.label, tally.hash.hexdigest(), tally.size))
        if empty:
            raise ArticleError("it holds no record.")

    def _record(self, listed: Listed, number: int, line: bytes) -> Article:
        record = parse_record(line)
        text = record.get("text")
        if not isinstance(text, str) or not text.strip():
            raise RecordError("has no text")
        if "\x00" in text:
            raise RecordError("has NUL characters in its text")
        if not _is_sound(text):
            raise RecordError("has half a character (a lone surrogate) in its text")
        digest = sha256_of(line)
        name = _own_id(record.get("id"))
        if name and not self.taken.take(name):
            raise RecordError(f'has the id "{name}" of an earlier article')
        own = checked(record, lambda fault: self._say(listed, fault, line=number))
        return _article(
            own.over(listed.metadata or Metadata()),
            id=name or self._unique(derived_id(listed.label, digest), number),
            file=listed.label,
            sha256=digest,
            text=text,
            encoding="utf-8",
        )

    def _unique(self, name: str, number: int = 2) -> str:
        """Add a number to a name that is taken: the same bytes under the same name, or twice in a file."""
        candidate = name
        while not self.taken.take(candidate):
            candidate = f"{name}-{number}"
            number += 1
        return candidate


@dataclass(slots=True)
class _Tally:
    """Hashes a file as it is read."""

    hash: hashlib._Hash = field(default_factory=hashlib.sha256)
    size: int = 0

    def add(self, piece: bytes) -> None:
        self.hash.update(piece)
        self.size += len(piece)


def _unheard(_: Received) -> None:
    pass


def _declared_in(page: bytes) -> str:
    from mapper.reading.articles.webpage import declared_encoding

    return declared_encoding(page)


def derived_id(label: str, digest: str) -> str:
    """Return the id of an article that brings none: its file's name and its hash.

    Examples
    --------
    >>> derived_id("2017/Night raid.txt", "0123456789abcdef")
    'night-raid-0123456789'
    """
    stem = Path(label).stem
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    slug = "-".join(_SLUG.findall(plain))[:40].strip("-") or "article"
    return f"{slug}-{digest[:10]}"


def _own_id(value: object) -> str:
    """Return a record's id as text, "" if it has none."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if value is None or value == "":
        return ""
    if not isinstance(value, str):
        raise RecordError("has an id that is neither text nor a whole number")
    if len(value) > ID_LIMIT or value != value.strip() or not _is_sound(value) or not value.isprintable():
        raise RecordError(f"has an id that is no plain text of at most {ID_LIMIT} characters")
    return value


def _is_sound(text: str) -> bool:
    return text.isascii() or _SURROGATE.search(text) is None


def refuse_markup(text: str, *, page: bool) -> None:
    """Refuse XML, and a web page that is not named one.

    Raises
    ------
    ArticleError
        The text begins as markup that is not what its name says.
    """
    if page:
        head = text[:_HEAD]
        if "<!ENTITY" in head.upper() or (_XML.match(text) and "<html" not in head.lower()):
            raise ArticleError("it is XML, not a web page; extract the text and give that as .txt.")
        return
    markup = _MARKUP.match(text)
    if markup and markup[1].lower().startswith(("html", "!doctype html")):
        raise ArticleError("it is a web page; name it .html.")
    if markup:
        raise ArticleError("it is XML, not text; extract the text and give that.")


def _article(
    metadata: Metadata,
    *,
    id: str,  # noqa: A002
    file: str,
    sha256: str,
    text: str,
    encoding: str,
    source_map: tuple[SourceRun, ...] = (),
) -> Article:
    return Article(
        id=id,
        file=file,
        sha256=sha256,
        text=text,
        encoding=encoding,
        source_map=source_map,
        title=metadata.title,
        publisher=metadata.publisher,
        author=metadata.author,
        url=metadata.url,
        archived_url=metadata.archived_url,
        published=metadata.published,
        origin=metadata.origin,
    )
