"""Tables of text: which character parts their cells, and how long a cell may be."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

LONGEST_CELL: Final = 20_000_000
"""Characters of one cell. The evidence of an incident travels in one."""

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
