"""Fold many names at once, in processes beside this one.

A helper is another Python that runs this module: it reads names and writes
their keys as columns, so that nothing but bytes passes between the two.
"""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
from array import array
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Final, Self

from mapper.places.index import format as form
from mapper.places.names.keys import folded

_LENGTH: Final = struct.Struct("<Q")
_MOST_HELPERS: Final = 8
_COLUMNS: Final = ("Q", "I", "B", "B", "H", "B")


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys of the names of some places, an entry for each plain key of a place.

    Parameters
    ----------
    skeletons : array of uint64
        See `index_format.packed`.
    places : array of uint32
        Which of the places, from 0.
    positions : array of uint8
        Which of its names, `index_format.LAST_NAME` at most.
    checks : array of uint8
        See `index_format.check_of`.
    lengths : array of uint16
        Bytes of the entry in `sounds`.
    sounds : array of uint8
        Sound keys, each ended by a line feed.
    """

    skeletons: array[int]
    places: array[int]
    positions: array[int]
    checks: array[int]
    lengths: array[int]
    sounds: array[int]


def columns_of(places: Sequence[Sequence[str]]) -> Columns:
    """Fold the names of places."""
    columns = Columns(*(array(code) for code in _COLUMNS))
    for number, names in enumerate(places):
        seen = set()
        for position, name in enumerate(names):
            plain, sound, skeleton = folded(name)
            if not sound or plain in seen:
                continue
            seen.add(plain)
            columns.skeletons.append(form.packed(skeleton))
            columns.places.append(number)
            columns.positions.append(min(position, form.LAST_NAME))
            columns.checks.append(form.check_of(plain))
            columns.lengths.append(len(sound) + 1)
            columns.sounds.frombytes(sound.encode("ascii") + b"\n")
    return columns


class Folders:
    """Some helpers that fold names; none if `count` is 0: then each call folds in this process."""

    def __init__(self, count: int | None = None) -> None:
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._helpers: list[subprocess.Popen[bytes]] = []
        wanted = min(os.cpu_count() or 1, _MOST_HELPERS) if count is None else count
        for _ in range(wanted):
            helper = subprocess.Popen(  # noqa: S603 - this Python, this module, no input from outside
                [sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._helpers.append(helper)
            self._idle.put(helper)
        self._threads = ThreadPoolExecutor(max(1, wanted))

    def fold(self, places: Sequence[Sequence[str]]) -> Future[Columns]:
        """Have the names of places folded."""
        return self._threads.submit(self._folded if self._helpers else columns_of, places)

    def _folded(self, places: Sequence[Sequence[str]]) -> Columns:
        helper = self._idle.get()
        try:
            return _asked(helper, places)
        except (OSError, struct.error):
            # A helper that was killed answers no more; its work is done here.
            return columns_of(places)
        finally:
            self._idle.put(helper)

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the helpers."""
        self._threads.shutdown(cancel_futures=True)
        for helper in self._helpers:
            helper.kill()
            for stream in (helper.stdin, helper.stdout):
                # What was still to be written to it is wanted no more.
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            helper.wait()


def _asked(helper: subprocess.Popen[bytes], places: Sequence[Sequence[str]]) -> Columns:
    columns = Columns(*(array(code) for code in _COLUMNS))
    if helper.stdin is not None and helper.stdout is not None:
        text = form.PLACE_END.join(form.NAME_END.join(names) for names in places)
        _write(helper.stdin, text.encode("utf-8", "surrogatepass"))
        for name in Columns.__slots__:
            getattr(columns, name).frombytes(_read(helper.stdout))
    return columns


def _write(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    return stream.read(length)


def _requests(stream: IO[bytes]) -> Iterator[list[list[str]]]:
    while head := stream.read(_LENGTH.size):
        text = stream.read(_LENGTH.unpack(head)[0]).decode("utf-8", "surrogatepass")
        yield [names.split(form.NAME_END) for names in text.split(form.PLACE_END)]


def main() -> None:
    """Answer requests until there are no more."""
    for places in _requests(sys.stdin.buffer):
        columns = columns_of(places)
        for name in Columns.__slots__:
            _write(sys.stdout.buffer, getattr(columns, name).tobytes())


if __name__ == "__main__":
    main()
