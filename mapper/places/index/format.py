"""The file of a compiled gazetteer: its sections, and how they are told from any other file.

A file is: eight bytes that say what it is, the version, the length and CRC-32
of the head, the head (JSON: sections with offset and length, tables, counts,
the size of the whole file), then the sections, each aligned to eight bytes.
All numbers are little-endian.

============ ======================================================================
section      content
============ ======================================================================
jump         uint32, first bucket for each value of the top bits of a skeleton
skeletons    uint64, the distinct skeletons, sorted: one bucket each
starts       uint32, first entry of each bucket, and the number of entries
offsets      uint32, first byte of each bucket in `sounds`, and the length of `sounds`
sounds       the distinct sound keys of each bucket, each ended by a line feed; if there are
             several, another line feed, and for each entry the number of its sound key, in
             one byte, or in two if there are more than 256
refs         uint32 per entry: place number << 6 | number of the name in its place
areas        uint8 or uint16 per entry: the place's area; entries of a bucket are sorted by it
checks       uint8 per entry: low byte of the CRC-32 of the plain key
places       the places, see `PLACE_FIELDS`; sorted by cell, most prominent first
ids          uint32: place numbers, sorted by the number in the place's id
cells        uint32: the distinct cells of 0.1 degree, row by row, sorted
cellstarts   uint32: first place of each cell, and the number of places
blocks       uint32: offset of each block of 4 places in `names`, and the length of `names`
names        for each place, its names and what is rare, in blocks; deflated if there are many
areanames    country, tab, first-order division; one line each, in order of area
admin2       names of second-order divisions, end to end; the first is empty
admin2starts uint32: first byte of each in `admin2`, and the length of `admin2`
============ ======================================================================
"""

from __future__ import annotations

import json
import mmap
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from mapper.errors import GazetteerIndexError
from mapper.places.names.spelling import CONSONANTS

Array = Any
"""An array of numpy, which is imported only where it is used."""

MAGIC: Final = b"\x89MAPGAZ\n"
VERSION: Final = 3
HEAD: Final = struct.Struct("<8sIII")
PLACE_FIELDS: Final = ("longitude", "latitude", "identifier", "population", "admin2", "area", "kind", "prefix")
"""What is kept of a place: longitude and latitude in 1e-6 degrees, and whole numbers. Each of these is as wide as a
file needs it; one that is 0 everywhere takes no room."""

WIDTHS: Final = ((0, "0s"), (1 << 8, "B"), (1 << 16, "H"), (1 << 32, "I"))
"""Codes of `struct` for numbers below a limit; of no bytes at all for the number 0."""

POSITION: Final = struct.Struct("<ii")
ALIGNMENT: Final = 8
NAME_BITS: Final = 6
LAST_NAME: Final = (1 << NAME_BITS) - 1
"""A name with this number is that one or a later one."""

BLOCK: Final = 4
"""Places that are packed together: of more, packed a tenth smaller, each look-up would unpack what it does not want."""

NAME_END: Final = "\x1f"
RARE_FIELDS: Final = "\x1e"
PLACE_END: Final = "\x1d"
TEXT_ID: Final = 255
"""Prefix of an id that is no short prefix and number: the id is then among the rare fields."""

SYMBOLS: Final = 15
SYMBOL_BITS: Final = 4
SKELETON_BITS: Final = SYMBOLS * SYMBOL_BITS
CELLS_PER_DEGREE: Final = 10
CELLS_PER_ROW: Final = 360 * CELLS_PER_DEGREE
KINDS: Final = (
    *("country", "governorate", "district", "city", "town", "village", "neighbourhood", "site", "sea", "region"),
)
SECTIONS: Final = (
    *("jump", "skeletons", "starts", "offsets", "sounds", "refs", "areas", "checks", "places", "ids", "cells"),
    *("cellstarts", "blocks", "names", "areanames", "admin2", "admin2starts"),
)
_FORMATS: Final[Mapping[str, Literal["B", "H", "I", "Q"]]] = {
    **dict.fromkeys(["jump", "starts", "offsets", "refs", "ids", "cells", "cellstarts", "blocks", "admin2starts"], "I"),
    "skeletons": "Q",
    "checks": "B",
}

_DIGITS: Final = str.maketrans({letter: f"{number:x}" for number, letter in enumerate(CONSONANTS + "A", 1)})
_SHIFTS: Final = range(SKELETON_BITS - SYMBOL_BITS, -1, -SYMBOL_BITS)
_LETTERS_AT: Final = {shift: [letter << shift for letter in range(1, len(CONSONANTS) + 1)] for shift in _SHIFTS}
_HEAD_LIMIT: Final = 10_000_000


def packed(skeleton: str) -> int:
    """Pack the first fifteen letters of a skeleton into 60 bits, so that numbers sort as letters do.

    Examples
    --------
    >>> hex(packed("bd")), packed("")
    ('0x120000000000000', 0)
    """
    return int(skeleton[:SYMBOLS].translate(_DIGITS).ljust(SYMBOLS, "0"), 16)


def edited(code: int) -> set[int]:
    """Return the packed skeletons with one letter more, less or other, or two neighbours swapped.

    Examples
    --------
    >>> packed("bk") in edited(packed("bdk")), packed("kb") in edited(packed("bk")), packed("b") in edited(packed("b"))
    (True, True, False)
    """
    codes: set[int] = set()
    for shift in _SHIFTS:
        head = code >> (shift + SYMBOL_BITS) << (shift + SYMBOL_BITS)
        letter, tail = code >> shift & 15, code & ((1 << shift) - 1)
        if code & 15 == 0:
            moved = (code - head) >> SYMBOL_BITS
            codes.update([head | other | moved for other in _LETTERS_AT[shift]])
        if not letter:
            break
        codes.add(head | tail << SYMBOL_BITS)
        codes.update([head | other | tail for other in _LETTERS_AT[shift]])
        if shift and (following := tail >> (shift - SYMBOL_BITS)):
            rest = tail & ((1 << (shift - SYMBOL_BITS)) - 1)
            codes.add(head | following << shift | letter << (shift - SYMBOL_BITS) | rest)
    return codes - {code, 0}


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


def check_of(plain: str) -> int:
    """Give the byte by which a plain key is told from most others of the same sound."""
    return zlib.crc32(plain.encode("utf-8", "surrogatepass")) & 0xFF


def width_of(largest: int) -> str:
    """Return the code of `struct` for numbers up to the largest.

    Examples
    --------
    >>> width_of(0), width_of(255), width_of(256)
    ('0s', 'B', 'H')
    """
    return next(code for limit, code in WIDTHS if largest < max(1, limit))


def number_of(place_id: str) -> int:
    """Give the number under which an id without one is found."""
    return zlib.crc32(place_id.encode("utf-8", "surrogatepass"))


def numbers_of(place_id: str) -> tuple[int, ...]:
    """Give the numbers under which an id may be found."""
    numbered = split_id(place_id)
    return (*([numbered[1]] if numbered else []), number_of(place_id))


def deflated(block: bytes) -> bytes:
    """Pack a block of names; `inflated` unpacks it."""
    packer = zlib.compressobj(level=6, wbits=-zlib.MAX_WBITS)
    return packer.compress(block) + packer.flush()


def inflated(block: bytes) -> bytes:
    """Unpack a block of names."""
    return zlib.decompress(block, wbits=-zlib.MAX_WBITS)


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
            data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) if size else b""
    except (OSError, ValueError) as fault:
        message = f"{path.name} cannot be read ({fault}); compile the gazetteer again."
        raise GazetteerIndexError(message) from fault
    return _checked(memoryview(data), path.name)


def _checked(data: memoryview[int], name: str) -> Compiled:
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
        sections[section] = part.cast(_FORMATS[section]) if section in _FORMATS else part
    sections["areas"] = sections["areas"].cast("H" if head["wide_areas"] else "B")
    return Compiled(head, sections, struct.Struct(head["place"]))


def groups(values: Array) -> tuple[Array, Array]:
    """Return the distinct values of a sorted array, where each begins, and (last) the length of the array."""
    import numpy as np

    first = np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1]))) if len(values) else np.empty(0, int)
    return values[first], np.append(first, len(values))
