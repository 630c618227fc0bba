"""The `sources.csv` beside the articles: where each file came from.

A name in it is compared with the names of the files that are there; it is
never made into a path and opened.
"""

from __future__ import annotations

import csv
import difflib
import io
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mapper.cells import allow_long_cells, delimiter_of
from mapper.errors import ArticleError, LimitError, Problem, Report
from mapper.files import read_bytes
from mapper.reading.articles.decoding import decode
from mapper.reading.articles.metadata import FIELDS, Metadata, checked

SOURCES_NAME: Final = "sources.csv"
COLUMNS: Final = ("file", *FIELDS)

_NAME_LIMIT: Final = 1_000
_NO_COLUMN: Final = "surplus"


@dataclass(slots=True)
class SourceList:
    """The rows of one `sources.csv`, by the name of the file each speaks of."""

    rows: dict[str, Metadata] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)
    where: str = SOURCES_NAME

    def row(self, name: str) -> Metadata | None:
        """Return what the list says of a file, and remember that the file is there."""
        key = plain_name(name)
        self.claimed.add(key)
        return self.rows.get(key)

    def without_file(self) -> list[str]:
        """Return the names whose file was never asked for, in the order of the rows."""
        return [name for name in self.rows if name not in self.claimed]


def plain_name(name: str) -> str:
    r"""Return the form in which names are compared: composed, with forward slashes.

    Examples
    --------
    >>> plain_name("./Reports\\cafe\u0301.txt") == "Reports/caf\u00e9.txt"
    True
    """
    return unicodedata.normalize("NFC", name).replace("\\", "/").removeprefix("./")


def read_sources(path: Path, report: Report, *, where: str = SOURCES_NAME) -> SourceList:
    """Read a `sources.csv`.

    Parameters
    ----------
    path : Path
        The list; columns `COLUMNS`, of which only ``file`` must be there.
    report : Report
        Is given each row or field that could not be used.
    where : str
        How the list is called in messages.

    Returns
    -------
    SourceList
        Empty if the list could not be read at all.
    """
    found = SourceList(where=where)
    try:
        decoded = decode(read_bytes(path))
    except (ArticleError, LimitError) as fault:
        report(Problem(where, f"not read: {fault}"))
        return found
    except OSError as fault:
        report(Problem(where, f"cannot be read: {fault.strerror or fault}"))
        return found
    if decoded.doubt:
        report(Problem(where, f"{decoded.doubt}."))
    for line, row in _rows(decoded.text, where, report):
        _take(row, f"{where}, line {line}", found, report)
    return found


def _rows(text: str, where: str, report: Report) -> Iterator[tuple[int, dict[str, str | list[str] | None]]]:
    """Yield each row with the number of the line it ends on."""
    head = text.split("\n", 1)[0]
    delimiter = delimiter_of(head)
    allow_long_cells()
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restkey=_NO_COLUMN, strict=True)
    try:
        names = [str(name).strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        if "file" not in names:
            report(Problem(where, f"not used: it has no column 'file'; its first line must be {','.join(COLUMNS)}"))
            return
        for line in _column_hints(names):
            report(Problem(where, line))
        for row in reader:
            yield reader.line_num, row
    except csv.Error as fault:
        report(Problem(where, f"line {reader.line_num}: {fault}; the rows from there on are not used."))


def _column_hints(names: Iterable[str]) -> Iterator[str]:
    present = set(names)
    if len(present) < len(list(names)):
        yield "two columns have the same name; the last of them counts."
    for name in sorted(present - set(COLUMNS)):
        near = difflib.get_close_matches(name, [c for c in COLUMNS if c not in present], n=1, cutoff=0.8)
        if near:
            yield f"column '{name}' is not read; should it be '{near[0]}'?"


def _take(row: dict[str, str | list[str] | None], where: str, found: SourceList, report: Report) -> None:
    name = plain_name(str(row.get("file") or "").strip())
    if not name and not any(row.values()):
        return
    if _NO_COLUMN in row:
        report(Problem(where, "not used: more cells than the first line names; a cell with a comma needs quotes."))
    elif not name:
        report(Problem(where, "names no file; not used."))
    elif not is_plain_relative(name):
        report(Problem(where, "its file is no name below the folder of the list; not used."))
    elif name in found.rows:
        report(Problem(where, f"{name} has a row already; the first one counts."))
    else:
        found.rows[name] = checked(row, lambda line: report(Problem(where, line)))


def is_plain_relative(name: str) -> bool:
    """Tell whether a name stays below the folder it is relative to.

    Examples
    --------
    >>> [is_plain_relative(n) for n in ("a.txt", "sub/a.txt", "../a.txt", "/a.txt", "C:/a.txt", "~/a.txt")]
    [True, True, False, False, False, False]
    """
    parts = name.split("/")
    return (
        not any(part in {"", ".", ".."} for part in parts)
        and not name.startswith("~")
        and ":" not in parts[0]
        and not any(c < " " or "\x7f" <= c <= "\x9f" for c in name)
        and len(name) <= _NAME_LIMIT
    )
