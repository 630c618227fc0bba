"""The file of a compiled gazetteer: its sections, and how they are told from any other file.

A file is: eight bytes that say what it is, the version, the length and CRC-32
of the head, the head (JSON: sections with offset and length, tables, counts,
the size of the whole file), then the sections, each aligned to eight bytes.
All numbers are little-endian.

============ ======================================================================
section      content
============ ======================================================================
filter       a bit for each value of the top bits of a hash: 0 where no skeleton has it
jump         uint32, first skeleton for each value of the top bits of a hash
skeletons    uint64, sorted: the hash of each (see `hashed`) << 32 | first byte in `buckets`; an end
buckets      the entries of each skeleton, a name of a place each, see below
plainjump    uint32, first of `plains` for each value of the top bits of the CRC-32 of a plain key, and their number
plains       the places that have each plain key, see below
places       the places, see `PLACE_FIELDS`; sorted by cell, most prominent first
cells        uint32: the distinct cells of 0.1 degree, row by row, sorted
cellstarts   uint32: first place of each cell, and the number of places
blocks       uint32: offset of each block of 4 places in `names`, and the length of `names`
names        for each place, its names and what is rare, as text, in blocks
areanames    country, tab, first-order division; one line each, in order of area
admin2       names of second-order divisions, end to end; the first is empty
admin2starts uint32: first byte of each in `admin2`, and the length of `admin2`
============ ======================================================================

A bucket lies in one piece, so that a look-up touches one page of it: the number
of its entries; if there are several, the number of the sound keys they have; if
these are more than 64, the number of their lengths (uint16), and for each length
it (uint16) and how many sound keys have it (uint32); for each entry a uint32
(place number << 7 | number of the name in its place), and the low bytes of the
CRC-32 of the plain key and of the name key; where there are more than 16
entries, for each the area of its place (uint8 or uint16), by which they are
sorted; if there are several sound keys, for each entry the number of its own
(uint8, or uint16 where there are more than 256); the sound keys, with line feeds
between them, the shortest first where there are more than 64. A number of
entries or of sound keys is a byte; 255 says that a uint32 follows with it.

`plains` has a slot for each value of `plainjump`: for each plain key of a place
that falls there the low byte of its CRC-32, then for each the number of the place
(in 3 bytes, or in 4 where there are more than 2**24 places).
"""

from __future__ import annotations

import json
import mmap
import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from mapper.errors import GazetteerIndexError
from mapper.places.names.spelling import CONSONANTS

Array = Any
"""An array of numpy, which is imported only where it is used."""

Hashable = TypeVar("Hashable", int, Array)
MAGIC: Final = b"\x89MAPGAZ\n"
VERSION: Final = 5
HEAD: Final = struct.Struct("<8sIII")
PLACE_FIELDS: Final = ("longitude", "latitude", "identifier", "population", "admin2", "area", "kind", "prefix")
"""What is kept of a place: longitude and latitude in 1e-6 degrees, and whole numbers. Each of these is as wide as a
file needs it; one that is 0 everywhere takes no room."""

WIDTHS: Final = ((0, "0s"), (1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"))
"""Codes of `struct` for numbers below a limit; of no bytes at all for the number 0."""

POSITION: Final = struct.Struct("<ii")
ALIGNMENT: Final = 8
NAME_BITS: Final = 7
LAST_NAME: Final = (1 << NAME_BITS) - 1
"""A name with this number is that one or a later one."""

BLOCK: Final = 4
"""Places whose names are found by one offset."""

REF_SIZE: Final = 4
REF: Final = (1 << 8 * REF_SIZE) - 1
LATER_AT: Final = 8 * REF_SIZE
"""Bit of a reference, in memory, from which it says how many names behind the last number it is."""

LAYER_AT: Final = 64
"""Bit of a reference, in memory, from which it has the number of its layer."""

FEW: Final = 16
"""Most entries of a bucket that are looked at one by one: of more, areas are kept."""

MANY_SOUNDS: Final = 64
"""Most sound keys of a bucket that are compared all at once: of more, the lengths are kept."""

MANY: Final = 255
LENGTHS: Final = struct.Struct("<HI")
"""A length of sound keys, and how many have it."""

FILTER_BITS: Final = 2
JUMP_BITS: Final = -4
"""Top bits of a hash, beyond those that number the skeletons: a look in the filter says in most cases that a skeleton
is not there, and a slot of the jump table holds a dozen."""

PLAIN_BITS: Final = -4
HASH_MASK: Final = (1 << 32) - 1
AREA_CODES: Final[Mapping[int, Literal["B", "H"]]] = {1: "B", 2: "H"}
"""Codes of `struct` for areas, by their size."""

PRIME: Final = (1 << 32) - 5

ENCODING: Final = ("utf-8", "surrogatepass")
NAME_END: Final = "\x1f"
RARE_FIELDS: Final = "\x1e"
PLACE_END: Final = "\x1d"
TEXT_ID: Final = 255
"""Prefix of an id that is no short prefix and number: the id is then among the rare fields."""

SYMBOLS: Final = 15
SYMBOL_BITS: Final = 4
SKELETON_BITS: Final = SYMBOLS * SYMBOL_BITS
HASH_BITS: Final = 32
CELLS_PER_DEGREE: Final = 10
CELLS_PER_ROW: Final = 360 * CELLS_PER_DEGREE
KINDS: Final = (
    *("country", "governorate", "district", "city", "town", "village", "neighbourhood", "site", "sea", "region"),
)
SECTIONS: Final = (
    *("filter", "jump", "skeletons", "buckets", "plainjump", "plains", "places", "cells", "cellstarts", "blocks"),
    *("names", "areanames", "admin2", "admin2starts"),
)
_CODES: Final[Mapping[str, Literal["I", "Q"]]] = {
    **dict.fromkeys(("jump", "plainjump", "cells", "cellstarts", "blocks", "admin2starts"), "I"),
    "skeletons": "Q",
}

_DIGITS: Final = str.maketrans({letter: f"{number:x}" for number, letter in enumerate(CONSONANTS + "A", 1)})
_HEAD_LIMIT: Final = 10_000_000
_LARGE: Final = 1 << 26
"""Bytes from which a file is not read ahead: of a smaller one most is needed sooner or later."""


def packed(skeleton: str) -> int:
    """Pack the first fifteen letters of a skeleton into 60 bits, so that numbers sort as letters do.

    Examples
    --------
    >>> hex(packed("bd")), packed("")
    ('0x120000000000000', 0)
    """
    return int(skeleton[:SYMBOLS].translate(_DIGITS).ljust(SYMBOLS, "0"), 16)


VOWELS: Final = 14 << (SKELETON_BITS - SYMBOL_BITS)
"""The packed skeleton of names that only have vowels."""


def hashed(code: Hashable) -> Hashable:
    """Hash a packed skeleton, or an array of them: two in a file of millions rarely have the same hash.

    Examples
    --------
    >>> hashed(packed("bd")) == packed("bd") % (2**32 - 5)
    True
    """
    return code % PRIME


def row_of(latitude: float) -> int:
    """Return the row of cells at a latitude, from the south."""
    return min(max(int((latitude + 90) * CELLS_PER_DEGREE), 0), 180 * CELLS_PER_DEGREE - 1)


def column_of(longitude: float) -> int:
    """Return the column of cells at a longitude, from the west."""
    return min(max(int((longitude + 180) * CELLS_PER_DEGREE), 0), CELLS_PER_ROW - 1)


def cell_of(longitude: float, latitude: float) -> int:
    """Return the cell of 0.1 degree that a position lies in: row by row from the south-west."""
    return row_of(latitude) * CELLS_PER_ROW + column_of(longitude)


_DIGITS_KEPT: Final = 9
_NUMBERED: Final = re.compile(r"(.*?)(0|[1-9]\d{0,8})", re.ASCII | re.DOTALL)


def split_id(place_id: str) -> tuple[str, int] | None:
    """Take an id apart into a prefix and a number, where it has that shape.

    Examples
    --------
    >>> split_id("geonames:170063"), split_id("sy-al-bab"), split_id("x:007")
    (('geonames:', 170063), None, ('x:00', 7))
    """
    start = place_id.rstrip("0123456789")
    if 0 < (count := len(place_id) - len(start)) <= _DIGITS_KEPT and place_id[-count] != "0":
        return start, int(place_id[-count:])
    found = _NUMBERED.fullmatch(place_id)
    return (found.group(1), int(found.group(2))) if found else None


def sum_of(key: str) -> int:
    """Give the CRC-32 of a plain key or a name key."""
    return zlib.crc32(key.encode("utf-8", "surrogatepass"))


def check_of(key: str) -> int:
    """Give the byte by which a key is told from most others of the same sound."""
    return sum_of(key) & 0xFF


def sums_of(keys: Sequence[str]) -> list[int]:
    """Give the sums of many keys: see `sum_of`.

    Examples
    --------
    >>> sums_of(["a", "b"]) == [sum_of("a"), sum_of("b")]
    True
    """
    # No key has a line feed.
    lines = "\n".join(keys).encode("utf-8", "surrogatepass").split(b"\n") if keys else ()
    return [*map(zlib.crc32, lines)]


def top_bits(count: int, beyond: int, largest: int) -> int:
    """Return how many top bits of a hash to tell apart, for so many values."""
    return min(max(count.bit_length() + beyond, 3), largest)


def width_of(largest: int) -> str:
    """Return the code of `struct` for numbers up to the largest.

    Examples
    --------
    >>> width_of(0), width_of(255), width_of(256)
    ('0s', 'B', 'H')
    """
    return next(code for limit, code in WIDTHS if largest < max(1, limit))


def only(place: struct.Struct, fields: Sequence[str]) -> struct.Struct:
    """Return what reads some fields of a place and passes over the others.

    Examples
    --------
    >>> only(struct.Struct("<iiII0sHB0s"), ("population", "kind")).format
    '<4x4x4xI0x2xB0x'
    """
    codes = zip(PLACE_FIELDS, re.findall(r"0s|\w", place.format), strict=True)
    kept = [code if field in fields else f"{struct.calcsize(f'<{code}')}x" for field, code in codes]
    return struct.Struct(f"<{''.join(kept)}")


def number_size(sounds: int) -> int:
    """Return the bytes of the number of a sound key, where a bucket has so many.

    Examples
    --------
    >>> number_size(1), number_size(256), number_size(257)
    (0, 1, 2)
    """
    return (sounds > 1) + (sounds > 1 << 8)


def aligned(length: int) -> int:
    """Round a length up to the alignment of sections."""
    return -(-length // ALIGNMENT) * ALIGNMENT


def head_of(head: Mapping[str, Any], sections: Mapping[str, tuple[int, int]], extent: int) -> bytes:
    """Write the head of a file whose sections, `extent` bytes together, follow it.

    Parameters
    ----------
    head : mapping
        What else to keep in it.
    sections : mapping of str to (int, int)
        Offset from the first section, and length.
    extent : int
        Length of all sections.
    """
    content = {**head, "sections": sections, "extent": extent}
    raw = json.dumps(content, separators=(",", ":")).encode("ascii")
    raw += b" " * (aligned(HEAD.size + len(raw)) - HEAD.size - len(raw))
    return HEAD.pack(MAGIC, VERSION, len(raw), zlib.crc32(raw)) + raw


@dataclass(frozen=True, slots=True)
class Compiled:
    """An opened file: its head, its sections, read where they lie, and the shape of a place."""

    head: Mapping[str, Any]
    sections: Mapping[str, memoryview[Any]]
    place: struct.Struct
    mapped: mmap.mmap | bytes
    begin: int
    """Where the sections begin."""

    def to_be_read_ahead(self, name: str = "") -> None:
        """Let the system read a section ahead, or all: at first look-ups jump about in a large file."""
        start, extent = self.head["sections"][name] if name else (0, self.head["extent"])
        self._advise("MADV_NORMAL", start, extent)

    def to_be_jumped_about_in(self) -> None:
        """Have only those pages of a large file read that are looked at, and at once what every look-up looks at."""
        if len(self.mapped) > _LARGE:
            self._advise("MADV_RANDOM", 0, self.head["extent"])
            start, extent = self.head["sections"]["jump"]
            self._advise("MADV_WILLNEED", 0, start + extent)

    def _advise(self, advice: str, start: int, extent: int) -> None:
        # Where a system takes no advice it does well without.
        if isinstance(self.mapped, mmap.mmap) and hasattr(mmap, advice):
            first = (self.begin + start) // mmap.PAGESIZE * mmap.PAGESIZE
            self.mapped.madvise(getattr(mmap, advice), first, self.begin + start + extent - first)


def opened(path: Path) -> Compiled:
    """Map a compiled gazetteer into memory and check that it is whole.

    Raises
    ------
    GazetteerIndexError
        It cannot be read, is another kind of file, of another version, or not whole.
    """
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, 2)
            data: mmap.mmap | bytes = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except (OSError, ValueError) as fault:
        message = f"{path.name} cannot be read ({fault}); compile the gazetteer again."
        raise GazetteerIndexError(message) from fault
    compiled = _checked(data, path.name)
    compiled.to_be_jumped_about_in()
    return compiled


def _checked(mapped: mmap.mmap | bytes, name: str) -> Compiled:
    data = memoryview(mapped)
    if len(data) < HEAD.size or bytes(data[: len(MAGIC)]) != MAGIC:
        raise GazetteerIndexError(f"{name} is not a compiled gazetteer; compile the gazetteer again.")
    _, version, length, checksum = HEAD.unpack_from(data)
    if version != VERSION:
        message = f"{name} was compiled by another version (format {version}, this is {VERSION}); compile it again."
        raise GazetteerIndexError(message)
    raw = bytes(data[HEAD.size : HEAD.size + min(length, _HEAD_LIMIT)])
    broken = GazetteerIndexError(f"{name} is damaged or cut short; compile the gazetteer again.")
    if len(raw) != length or zlib.crc32(raw) != checksum:
        raise broken
    head = json.loads(raw)
    begin = HEAD.size + length
    if begin + head["extent"] != len(data):
        raise broken
    sections: dict[str, memoryview[Any]] = {}
    for section in SECTIONS:
        start, extent = head["sections"][section]
        part = data[begin + start : begin + start + extent]
        sections[section] = part.cast(_CODES[section]) if section in _CODES else part
    return Compiled(head, sections, struct.Struct(head["place"]), mapped, begin)


def groups(values: Array) -> tuple[Array, Array]:
    """Return the distinct values of a sorted array, where each begins, and (last) the length of the array."""
    import numpy as np

    first = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, int)
    return values[first], np.append(first, len(values))
