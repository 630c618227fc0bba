"""The names of a gazetteer as a set of hashes, which texts are scanned against.

A table has rows of eight, half of them filled, so that one look at one row
says whether a hash is there. On the disk it is a file of its own beside
the compiled gazetteer, made when a text is first scanned.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from mapper import files
from mapper.errors import GazetteerIndexError
from mapper.places.index.tokens import Array, phrase_hashes, tokens
from mapper.places.names.words import SUN_ARTICLES

LONGEST: Final = 8
"""Longest name that is looked for, words."""

MAGIC: Final = b"\x89MAPSCN\n"
VERSION: Final = 1
_HEAD: Final = struct.Struct("<8sIII4x")
_PARTING: Final = "\n,\n"
_AT_ONCE: Final = 50_000
_PER_ROW: Final = 8


@dataclass(frozen=True, slots=True)
class ScanTable:
    """A set of hashes of names.

    Parameters
    ----------
    rows : array of uint32, shape (rows, 8)
        The upper half of a hash chooses its row, the lower half stands in it; 0 where nothing stands.
    rest : array of uint64
        The hashes that found their row full, sorted.
    """

    rows: Array
    rest: Array

    def holds(self, values: Array) -> Array:
        """Say of each hash (uint64) whether it is in the set."""
        import numpy as np

        rows = self.rows.take(_row_of(values, len(self.rows)), axis=0)
        alike = rows == values.astype(np.uint32)[:, None]
        # Eight truth values at a time, read as one number.
        found: Array = alike.view(np.uint64)[:, 0] != 0
        if len(self.rest):
            # Only where a row is full can a hash have been left out of it.
            full = rows[:, -1].nonzero()[0]
            asked = values.take(full)
            places = np.searchsorted(self.rest, asked)
            found[full] |= self.rest.take(places, mode="clip") == asked
        return found


def _row_of(values: Array, rows: int) -> Array:
    import numpy as np

    return ((values >> np.uint64(32)) * np.uint64(rows) >> np.uint64(32)).astype(np.int64)


def table_of(names: Iterable[str]) -> ScanTable:
    """Make the table of names: each as written, and without its article."""
    import numpy as np

    parts = [np.empty(0, np.uint64)]
    iterator = iter(names)
    while chunk := list(islice(iterator, _AT_ONCE)):
        parts.append(_distinct(_hashes(chunk)))
    hashes = _distinct(np.concatenate(parts))
    # Sorted hashes are sorted by row too, so the place in a row is the place in the run.
    row = _row_of(hashes, count := 1 + len(hashes) * 2 // _PER_ROW)
    place = np.arange(len(hashes)) - np.searchsorted(row, row)
    fits = place < _PER_ROW
    rows = np.zeros((count, _PER_ROW), np.uint32)
    rows[row[fits], place[fits]] = hashes[fits].astype(np.uint32)
    return ScanTable(rows, hashes[~fits])


def _distinct(hashes: Array) -> Array:
    """Sort hashes, each once: what `numpy.unique` does, which loads all of `numpy.ma` first."""
    import numpy as np

    hashes = np.sort(hashes)
    is_new = np.ones(len(hashes), bool)
    np.not_equal(hashes[1:], hashes[:-1], out=is_new[1:])
    return hashes[is_new]


def write_table(names: Iterable[str], path: Path) -> None:
    """Write the table of names to a file, all or nothing.

    Raises
    ------
    OutputError
        The file could not be written.
    """
    table = table_of(names)
    with files.replacing(path) as stream:
        stream.write(_HEAD.pack(MAGIC, VERSION, len(table.rows), len(table.rest)))
        stream.write(table.rest.astype("<u8").tobytes())
        stream.write(table.rows.astype("<u4").tobytes())


def open_table(path: Path) -> ScanTable:
    """Map a table into memory.

    Raises
    ------
    GazetteerIndexError
        It is truncated, foreign or of another version.
    """
    import mmap

    import numpy as np

    try:
        with path.open("rb") as stream:
            data = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
        magic, version, rows, rest = _HEAD.unpack_from(data)
    except (OSError, ValueError, struct.error) as fault:
        raise GazetteerIndexError(f"{path.name} cannot be read ({fault}); it is made again.") from fault
    begin = _HEAD.size + 8 * rest
    if magic != MAGIC or version != VERSION or len(data) != begin + 4 * _PER_ROW * rows:
        raise GazetteerIndexError(f"{path.name} is damaged, cut short or of another version; it is made again.")
    numbers = np.frombuffer(data, "<u4", rows * _PER_ROW, begin).reshape(rows, _PER_ROW)
    return ScanTable(numbers, np.frombuffer(data, "<u8", rest, _HEAD.size))


def _hashes(names: list[str]) -> Array:
    """Hash names: all their words, and all but a leading article."""
    import numpy as np

    found = tokens(_PARTING.join(_prepared(names)))
    if not len(found):
        return found.hashes
    ends = (~found.joined).nonzero()[0]
    begins = np.concatenate(([0], ends[:-1] + 1))
    behind = found.articles[begins] & (ends > begins)
    begins, ends = np.concatenate((begins, begins[behind] + 1)), np.concatenate((ends, ends[behind]))
    counts = ends - begins + 1
    letters = found.ends[ends] - found.starts[begins]
    parts = [phrase_hashes(found.hashes, begins[(counts == n) & (letters > 1)], n) for n in range(1, LONGEST + 1)]
    return np.concatenate(parts)


def _prepared(names: Iterable[str]) -> Iterator[str]:
    """Give each name as written, and without what texts may leave out: apostrophes, "as" before a word with s."""
    for name in names:
        line = " ".join(name.split())
        if line.isdigit() or len(line) < 2:
            continue
        yield line
        if "'s" in line or "\u2019s" in line:
            yield line.replace("'", "").replace("\u2019", "")
        article, _, rest = line.partition(" ")
        sound = SUN_ARTICLES.get(article.lower())
        if sound and rest.lower().startswith(sound):
            yield rest
