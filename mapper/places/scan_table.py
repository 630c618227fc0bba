"""The names of a gazetteer as a set of hashes, which texts are scanned against.

A table is a bitmap, which sifts out most words at one look each, and the
sorted hashes that settle the rest. On the disk it is a file of its own beside
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
from mapper.places.tokens import Array, phrase_hashes, tokens
from mapper.places.words import SUN_ARTICLES

LONGEST: Final = 8
"""Longest name that is looked for, words."""

MAGIC: Final = b"\x89MAPSCN\n"
VERSION: Final = 1
_HEAD: Final = struct.Struct("<8sIIQ")
_PARTING: Final = "\n,\n"
_AT_ONCE: Final = 50_000
_BITS_PER_NAME: Final = 16


@dataclass(frozen=True, slots=True)
class ScanTable:
    """A set of hashes of names: `bitmap` (uint8, a power of two of them) and sorted `hashes` (uint64)."""

    bitmap: Array
    hashes: Array

    def holds(self, values: Array) -> Array:
        """Say of each hash (uint64) whether it is in the set."""
        import numpy as np

        found = np.zeros(len(values), bool)
        if not len(self.hashes):
            return found
        mask = np.uint64(len(self.bitmap) * 8 - 1)
        bits = values & mask
        likely = np.flatnonzero(self.bitmap[bits >> np.uint64(3)] >> (bits & np.uint64(7)).astype(np.uint8) & 1)
        chosen = values[likely]
        places = np.minimum(np.searchsorted(self.hashes, chosen), len(self.hashes) - 1)
        found[likely[self.hashes[places] == chosen]] = True
        return found


def table_of(names: Iterable[str]) -> ScanTable:
    """Make the table of names: each as written, and without its article."""
    import numpy as np

    parts = [np.empty(0, np.uint64)]
    iterator = iter(names)
    while chunk := list(islice(iterator, _AT_ONCE)):
        parts.append(np.unique(_hashes(chunk)))
    hashes = np.unique(np.concatenate(parts))
    size = 1 << max(10, (max(1, len(hashes)) * _BITS_PER_NAME - 1).bit_length())
    bitmap = np.zeros(size // 8, np.uint8)
    bits = hashes & np.uint64(size - 1)
    np.bitwise_or.at(bitmap, bits >> np.uint64(3), np.uint8(1) << (bits & np.uint64(7)).astype(np.uint8))
    return ScanTable(bitmap, hashes)


def write_table(names: Iterable[str], path: Path) -> None:
    """Write the table of names to a file, all or nothing.

    Raises
    ------
    OutputError
        The file could not be written.
    """
    table = table_of(names)
    with files.replacing(path) as stream:
        stream.write(_HEAD.pack(MAGIC, VERSION, len(table.bitmap), len(table.hashes)))
        stream.write(table.bitmap.tobytes())
        stream.write(table.hashes.astype("<u8").tobytes())


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
        magic, version, bitmap, count = _HEAD.unpack_from(data)
    except (OSError, ValueError, struct.error) as fault:
        raise GazetteerIndexError(f"{path.name} cannot be read ({fault}); it is made again.") from fault
    if magic != MAGIC or version != VERSION or len(data) != _HEAD.size + bitmap + 8 * count:
        raise GazetteerIndexError(f"{path.name} is damaged, cut short or of another version; it is made again.")
    return ScanTable(
        np.frombuffer(data, np.uint8, bitmap, _HEAD.size), np.frombuffer(data, "<u8", count, _HEAD.size + bitmap)
    )


def _hashes(names: list[str]) -> Array:
    """Hash names: all their words, and all but a leading article."""
    import numpy as np

    found = tokens(_PARTING.join(_prepared(names)))
    if not len(found):
        return found.hashes
    ends = np.flatnonzero(~found.joined)
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
