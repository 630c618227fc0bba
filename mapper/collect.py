"""Saving web pages as evidence: the bytes as received, how they were come by, and a row in `sources.csv`.

It stands beside the pipeline and not in a room: it is the one job that goes out
to the web for articles, and what it saves is read like any other article later.
Beside ``HOST-HASH.html`` lies ``HOST-HASH.received.json`` with the addresses, the
time, the headers and the hash. A page's own words choose no name and fill no cell.
"""

from __future__ import annotations

import csv
import io
import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from mapper import files, net
from mapper.cells import allow_long_cells, delimiter_of
from mapper.errors import ArticleError, LimitError, NetworkError, Problem, Report
from mapper.reading.articles.decoding import decode
from mapper.reading.articles.evidence import evidence_beside
from mapper.reading.articles.sources import COLUMNS, SOURCES_NAME, plain_name

PAUSE_S: Final = 1.0
"""Between two requests to one host, seconds."""

_HOST: Final = re.compile(r"[^a-z0-9.-]+")
_HOST_LIMIT: Final = 60
_HASH_DIGITS: Final = 16
_KINDS: Final = {"text/html": ".html", "application/xhtml+xml": ".html", "text/plain": ".txt"}


def collect(
    urls: Sequence[str],
    into: Path,
    *,
    report: Report,
    allow_private: bool = False,
    max_bytes: int = files.ARTICLE_LIMIT,
    timeout: float = net.TIMEOUT_S,
    pause: Callable[[float], None] = time.sleep,
) -> list[Path]:
    """Save pages, and add a row for each to the `sources.csv` beside them.

    Parameters
    ----------
    urls : sequence of str
        http and https addresses.
    into : Path
        Folder for the pages; made if it is not there.
    report : Report
        Is given one line for each page that could not be had.
    allow_private : bool
        Also ask addresses of this machine and its network.
    max_bytes : int
        Largest page.
    timeout : float
        Seconds for one page, redirects and all.
    pause : callable
        Waits a number of seconds between requests to one host.

    Returns
    -------
    list of Path
        The page saved for each address, in order; a page that was there with
        the same bytes is not written again.

    Raises
    ------
    ArticleError
        The `sources.csv` in the folder cannot take a row.
    OutputError
        Something could not be written.
    """
    listed = into / SOURCES_NAME
    _check_list(listed)
    saved: list[Path] = []
    asked: set[str] = set()
    for url in urls:
        host = _host(url)
        if host in asked:
            pause(PAUSE_S)
        asked.add(host)
        try:
            page = net.fetch(url, allow_private=allow_private, max_bytes=max_bytes, timeout=timeout)
            path = into / _name(page)
        except (NetworkError, LimitError, ArticleError) as fault:
            # A fault of the network begins with the address, which the line begins with already.
            shown = _without_password(url)
            report(Problem(shown, f"not saved: {str(fault).removeprefix(f'{url}: ').removeprefix(f'{shown}: ')}"))
            continue
        if not path.exists() or files.sha256_of_file(path) != page.sha256:
            files.write_bytes(path, page.body)
            files.write_bytes(evidence_beside(path), _received(page))
        _add_row(listed, path.name, page.url)
        saved.append(path)
    return saved


def _name(page: net.Fetched) -> str:
    """Return a file name made of the host and the hash, and nothing that the server chose.

    Raises
    ------
    ArticleError
        It is neither a page nor plain text.
    """
    declared = page.header("content-type").split(";", 1)[0].strip().lower()
    end = _KINDS.get(declared)
    if end is None:
        shown = declared[:60] or "of no stated type"
        message = f"it is {shown}; only web pages and plain text are collected."
        raise ArticleError(message)
    if not page.body:
        message = "the page is empty."
        raise ArticleError(message)
    return f"{_host(page.final_url)}-{page.sha256[:_HASH_DIGITS]}{end}"


def _host(url: str) -> str:
    try:
        name = (urlsplit(url).hostname or "").lower()
    except ValueError:
        # It will be refused when it is asked.
        name = ""
    return _HOST.sub("-", name)[:_HOST_LIMIT].strip("-.") or "page"


def _without_password(url: str) -> str:
    return re.sub(r"//[^/@]{0,200}@", "//", url[:200])


def _received(page: net.Fetched) -> bytes:
    """Write down how a page was come by."""
    record = {
        "url": page.url,
        "final_url": page.final_url,
        "redirects": page.redirects,
        "received": page.when,
        "address": page.address,
        "status": page.status,
        "headers": page.headers,
        "bytes": len(page.body),
        "sha256": page.sha256,
        "collected_by": net.USER_AGENT,
    }
    return json.dumps(record, indent=2).encode("ascii") + b"\n"


def _check_list(path: Path) -> None:
    if path.exists():
        _open_list(path)


@dataclass(frozen=True, slots=True)
class _SourceList:
    """A `sources.csv` as it lies there, and how a row is to be written into it."""

    data: bytes
    columns: tuple[str, ...]
    delimiter: str
    encoding: str
    files: frozenset[str]


def _open_list(path: Path) -> _SourceList:
    """Read the list that a row is to be added to.

    Raises
    ------
    ArticleError
        It is no such list, or not in an encoding that can be added to.
    """
    try:
        data = files.read_bytes(path)
        decoded = decode(data)
        head = decoded.text.split("\n", 1)[0]
        delimiter = delimiter_of(head)
        allow_long_cells()
        rows = list(csv.reader(io.StringIO(decoded.text, newline=""), delimiter=delimiter, strict=True))
    except (OSError, LimitError, ArticleError, csv.Error) as fault:
        message = f"{path} cannot take a row: {fault}"
        raise ArticleError(message) from fault
    columns = tuple(name.strip().lower() for name in rows[0]) if rows else COLUMNS
    if not {"file", "url"} <= set(columns):
        message = f"{path} has no columns 'file' and 'url'; its first line must be {','.join(COLUMNS)}"
        raise ArticleError(message)
    if decoded.encoding in {"utf-16", "utf-32"} or decoded.doubt:
        message = f"{path} is not in UTF-8; save it as UTF-8 first."
        raise ArticleError(message)
    at = columns.index("file")
    named = frozenset(plain_name(row[at]) for row in rows[1:] if len(row) > at)
    return _SourceList(data, columns, delimiter, decoded.encoding.removesuffix("-sig"), named)


def _add_row(path: Path, name: str, url: str) -> None:
    """Add the row of a page, unless the list has one; every other byte of the list stays as it is."""
    with files.locked(path):
        held = _open_list(path) if path.exists() else _SourceList(b"", COLUMNS, ",", "utf-8", frozenset())
        if name in held.files:
            return
        row = io.StringIO(newline="")
        writer = csv.DictWriter(row, held.columns, restval="", delimiter=held.delimiter, lineterminator="\n")
        if not held.data:
            writer.writeheader()
        writer.writerow({"file": name, "url": url})
        joint = b"" if not held.data or held.data.endswith(b"\n") else b"\n"
        files.write_bytes(path, held.data + joint + row.getvalue().encode(held.encoding))
