"""Lines of a text file, whatever the system that wrote it.

UTF-8 with or without a byte order mark, UTF-16 with one, and line ends of
Unix, Windows or old Macs are read. Archives and databases given by mistake are
refused by their first bytes, whatever they are called.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from mapper.errors import GazetteerError

LINE_LIMIT: Final = 1_000_000
"""Longest line that is read, bytes: GeoNames' own longest is under 20,000."""

_MAGIC: Final = {
    b"PK\x03\x04": "a zip archive: unpack it first",
    b"\x1f\x8b": "a gzip archive: unpack it first",
    b"BZh": "a bzip2 archive: unpack it first",
    b"\xfd7zXZ": "an xz archive: unpack it first",
    b"7z\xbc\xaf": "a 7z archive: unpack it first",
    b"Rar!": "a rar archive: unpack it first",
    b"SQLite format 3": "an SQLite database: export a table from it as CSV",
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel file: save it as .xlsx or CSV",
    b"PAR1": "a Parquet file: export it as CSV",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"\x7fELF": "a program",
}


def foreign_content(head: bytes) -> str:
    r"""Say what a file is, if its first bytes show that it is not text.

    Examples
    --------
    >>> foreign_content(b"PK\x03\x04rest")
    'a zip archive: unpack it first'
    >>> foreign_content(b"93542747\tSome Airport")
    ''
    """
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            return what
    if b"\0" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        zeros = head.count(b"\0")
        if zeros * 3 > len(head):
            return "UTF-16 without a byte order mark, or no text at all: save it as UTF-8"
    return ""


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a text file as a stream of UTF-8 bytes, whatever its encoding.

    Raises
    ------
    GazetteerError
        It cannot be opened, is empty of bytes, or is no text.
    """
    try:
        stream: IO[bytes] = path.open("rb")
    except OSError as fault:
        message = f"{path.name} cannot be read: {fault.strerror or fault}"
        raise GazetteerError(message) from fault
    with stream:
        head = stream.read(4096)
        what = foreign_content(head)
        if what:
            message = f"{path.name} is {what}"
            raise GazetteerError(message)
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            stream.seek(0)
            with _reencoded(stream) as text:
                yield text
            return
        stream.seek(len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0)
        yield stream


def numbered(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines of a stream with their numbers, without their ends; blank ones are skipped.

    A line longer than `LINE_LIMIT` is yielded as its beginning, so that it
    fails the checks of its reader under its own number; the rest is passed over.
    """
    number = 0
    while line := stream.readline(LINE_LIMIT):
        number += 1
        if len(line) == LINE_LIMIT and not line.endswith(b"\n"):
            while rest := stream.readline(LINE_LIMIT):
                if rest.endswith(b"\n"):
                    break
            yield number, line[:100] + b"\0"
            continue
        line = line.rstrip(b"\r\n")
        if line:
            yield number, line


@contextmanager
def _reencoded(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    with io.BufferedReader(_Utf8(io.TextIOWrapper(stream, "utf-16", errors="replace", newline=""))) as text:
        yield text


class _Utf8(io.RawIOBase):
    """A stream of text, seen as UTF-8 bytes."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._rest:
            self._rest = self._text.read(1 << 16).encode("utf-8", "replace")
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
