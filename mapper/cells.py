"""Tables of text: what parts their cells, how long a cell may be, and what a spreadsheet makes of one."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST_CELL: Final = 20_000_000
"""Characters of one cell. The evidence of an incident travels in one."""

_RISKY: Final = frozenset("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet may take for the beginning of a formula, and the full-width twins."""
_QUOTED: Final = re.compile(r'"[^"]*"')
_ENOUGH: Final = 100_000


def allow_long_cells() -> None:
    """Let `csv` read cells of `LONGEST_CELL` characters, where its own limit is 131,072.

    That limit belongs to the whole process: every reader of tables here sets
    it, right before it reads and always to the same, so that what was read
    before makes no difference.
    """
    csv.field_size_limit(LONGEST_CELL)


def delimiter_of(header: str, marks: str = ",;\t") -> str:
    r"""Tell what parts a table: of the marks, that which makes most cells of its first line; in doubt the first.

    Examples
    --------
    >>> delimiter_of("name;context"), delimiter_of("name\tcountry"), delimiter_of("name"), delimiter_of('name,"a;b;c"')
    (';', '\t', ',', ',')
    """
    return max(marks, key=_QUOTED.sub("", header[:_ENOUGH]).count)


class OpenQuotes:
    r"""Lines of a table on their way to `csv`, which takes all that follows an open quotation mark for one cell.

    Parameters
    ----------
    lines : iterable of str
        The table.
    delimiter : str
        What parts its cells.

    Examples
    --------
    >>> lines = OpenQuotes(["name\n", '"one\n', "two\n"], ",")
    >>> for row in csv.reader(lines):
    ...     swallowed = lines.swallowed()
    >>> swallowed
    2
    """

    def __init__(self, lines: Iterable[str], delimiter: str) -> None:
        self._lines, self._delimiter = lines, delimiter
        self._row: list[str] = []
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        """Give the lines."""
        for line in self._lines:
            self._row.append(line)
            yield line
        self._ended = True

    def swallowed(self) -> int:
        """Return how many lines the row just read has lost to a quotation mark that nothing closes; ask after each."""
        row, self._row = self._row, []
        if not self._ended or len(row) < 2:
            return 0
        try:
            list(csv.reader(row, delimiter=self._delimiter, strict=True))
        except csv.Error as fault:
            return len(row) if "unexpected end" in str(fault) else 0
        return 0


def open_quote(swallowed: int) -> str:
    """Say what an open quotation mark has done."""
    return f"a quotation mark is not closed: {swallowed:,} lines, to the end, are taken for one row. Close it."


def guarded(text: str) -> str:
    """Keep a spreadsheet from taking text for a formula: put an apostrophe before it.

    Follows OWASP ASVS 1.2.10. A text that begins with an apostrophe gets one
    too, so that `unguarded` always gives back what there was.

    Examples
    --------
    >>> guarded("=1+1"), guarded("12 people"), guarded("'twas")
    ("'=1+1", '12 people', "''twas")
    """
    return f"'{text}" if _is_risky(text) else text


def unguarded(text: str) -> str:
    """Take away the apostrophe that `guarded` put.

    Examples
    --------
    >>> unguarded(guarded("=1+1")), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text.startswith("'") and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    # Some programs trim what stands before a formula, and some show none of it.
    start = text.lstrip(" \u00a0\u200b\u200e\u200f\u2060\ufeff\v\f")[:1]
    return start in _RISKY or text.startswith("'") if start else False
