"""Tables of text: which character parts their cells, and how long a cell may be."""

from __future__ import annotations

import csv
import re
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
