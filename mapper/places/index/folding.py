"""Fold many names at once, in processes beside this one.

A helper is another Python that runs this module: it reads names and writes
their keys as columns, so that nothing but bytes passes between the two.
"""

from __future__ import annotations

import contextlib
import gc
import os
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import IO, Any, Final, Self

from mapper.another_python import python_running
from mapper.places.index import format as form
from mapper.places.index.tokens import text_hashes
from mapper.places.names.many import plain_keys
from mapper.places.names.spelling import CONSONANTS, undoubled
from mapper.places.names.vocabulary import Vocabulary

Array = Any
"""An array of numpy, which is imported only where it is used."""

_LENGTH: Final = struct.Struct("<Q")
_MOST_HELPERS: Final = 8
_LINE_END: Final = ord("\n")
_REMEMBERED: Final = 1 << 17
"""Words that are kept in memory."""

_DTYPES: Final = ("<u8", "<u8", "<u4", "u1", "<u4", "u1", "<u2", "u1")


@dataclass(frozen=True, slots=True)
class Columns:
    """The keys of the names of some places, an entry for each plain key of a place.

    Parameters
    ----------
    skeletons : array of uint64
        See `index_format.packed`.
    hashes : array of uint64
        Of the sound key.
    places : array of uint32
        Which of the places, from 0.
    positions : array of uint8
        Which of its names, `index_format.LAST_NAME` at most.
    checks : array of uint32
        See `index_format.sum_of`: of the plain key.
    bares : array of uint8
        See `index_format.check_of`: of the name key.
    lengths : array of uint16
        Bytes of the entry in `sounds`.
    sounds : array of uint8
        Sound keys, each ended by a line feed.
    """

    skeletons: Array
    hashes: Array
    places: Array
    positions: Array
    checks: Array
    bares: Array
    lengths: Array
    sounds: Array


class Folder:
    """Folds the names of places; remembers words."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary(_REMEMBERED, has_sounds=True)

    def columns_of(self, places: Sequence[str]) -> Columns:
        """Fold names: each place's with `index_format.NAME_END` between them."""
        import numpy as np

        plains = iter(plain_keys(form.NAME_END.join(places).split(form.NAME_END)) if places else ())
        numbers: list[int] = []
        positions: list[int] = []
        chosen: list[str] = []
        for number, place in enumerate(places):
            count = place.count(form.NAME_END) + 1
            seen = {""}
            for position, plain in enumerate(islice(plains, count)):
                if plain not in seen:
                    seen.add(plain)
                    numbers.append(number)
                    positions.append(position)
                    chosen.append(plain)
        bares, raw = self._vocabulary.names_and_sounds(chosen)
        text = undoubled("\n".join(raw)) + "\n" if chosen else ""
        sounds = np.frombuffer(text.encode("ascii"), np.uint8)
        ends = np.flatnonzero(sounds == _LINE_END)
        begins = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        return Columns(
            skeletons=packed_skeletons(sounds, len(chosen)),
            hashes=text_hashes(sounds, begins, ends),
            places=np.array(numbers, np.uint32),
            positions=np.minimum(np.array(positions, np.int64), form.LAST_NAME).astype(np.uint8),
            checks=np.array(form.sums_of(chosen), np.uint32),
            bares=np.array(form.sums_of(bares), np.uint32).astype(np.uint8),
            lengths=(ends + 1 - begins).astype(np.uint16),
            sounds=sounds,
        )


def packed_skeletons(sounds: Array, count: int) -> Array:
    r"""Pack the skeletons of lines of sound keys, as `index_format.packed` does one.

    Examples
    --------
    >>> import numpy as np
    >>> lines = np.frombuffer(b"bakud\nia\nmumin\n", np.uint8)
    >>> packed_skeletons(lines, 3).tolist() == [form.packed(skeleton) for skeleton in ("bkd", "A", "mn")]
    True
    """
    import numpy as np

    digits = np.zeros(1 << 8, np.uint8)
    for number, letter in enumerate(CONSONANTS, 1):
        digits[ord(letter)] = number
    consonants: Array = digits.take(sounds)
    lines = np.cumsum(sounds == _LINE_END, dtype=np.int32)
    at = np.flatnonzero(consonants)
    consonants, lines = consonants.take(at), lines.take(at)
    new = np.ones(len(at), bool)
    new[1:] = (consonants[1:] != consonants[:-1]) | (lines[1:] != lines[:-1])
    consonants, lines = consonants[new], lines[new]
    counts = np.bincount(lines, minlength=count)
    begins = np.cumsum(counts) - counts
    places = np.arange(len(lines)) - begins.take(lines)
    shifts = np.maximum(form.SKELETON_BITS - form.SYMBOL_BITS * (places + 1), 0).astype(np.uint64)
    values = np.where(places < form.SYMBOLS, consonants.astype(np.uint64) << shifts, np.uint64(0))
    # Sums wrap around, and so do their differences.
    sums = np.concatenate(([np.uint64(0)], np.cumsum(values, dtype=np.uint64)))
    packed = sums.take(begins + counts) - sums.take(begins)
    packed[counts == 0] = form.packed("A")
    return packed


class Folders:
    """Helpers that fold names, started as they are needed; none if `count` is 0: then each call folds here."""

    def __init__(self, count: int | None = None) -> None:
        self._most = min(os.cpu_count() or 1, _MOST_HELPERS) if count is None else count
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._helpers: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(max(1, self._most))
        self._own = Folder()

    def fold(self, places: Sequence[str]) -> Future[Columns]:
        """Have the names of places folded: see `Folder.columns_of`."""
        if len(self._helpers) < self._most and self._idle.empty():
            helper = subprocess.Popen(  # noqa: S603 - this Python, this module, no input from outside
                python_running("mapper.places.index.folding"), stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            self._helpers.append(helper)
            self._idle.put(helper)
        return self._threads.submit(self._folded if self._most else self._own.columns_of, places)

    def _folded(self, places: Sequence[str]) -> Columns:
        helper = self._idle.get()
        try:
            return _asked(helper, places)
        except (OSError, struct.error):
            # A helper that was killed answers no more; its work is done here.
            return Folder().columns_of(places)
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


def _asked(helper: subprocess.Popen[bytes], places: Sequence[str]) -> Columns:
    import numpy as np

    if helper.stdin is None or helper.stdout is None:
        raise BrokenPipeError
    _write(helper.stdin, form.PLACE_END.join(places).encode("utf-8", "surrogatepass"))
    return Columns(*[np.frombuffer(_read(helper.stdout), dtype) for dtype in _DTYPES])


def _write(stream: IO[bytes], content: bytes) -> None:
    stream.write(_LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def _read(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(stream.read(_LENGTH.size))
    content = stream.read(length)
    if len(content) < length:
        raise BrokenPipeError
    return content


def _requests(stream: IO[bytes]) -> Iterator[list[str]]:
    while head := stream.read(_LENGTH.size):
        yield stream.read(_LENGTH.unpack(head)[0]).decode("utf-8", "surrogatepass").split(form.PLACE_END)


def main() -> None:
    """Answer requests until there are no more."""
    # Lists of words are many and hold no circles: to look for some takes a third of the time.
    gc.disable()
    folder = Folder()
    for places in _requests(sys.stdin.buffer):
        columns = folder.columns_of(places)
        for name, dtype in zip(Columns.__slots__, _DTYPES, strict=True):
            _write(sys.stdout.buffer, getattr(columns, name).astype(dtype).tobytes())


if __name__ == "__main__":
    main()
