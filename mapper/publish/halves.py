"""Packs a large file of our own by two processes at once: the same page as by one, in little more than half the time.

The file has one feature a line, so where its second half begins is found by
counting lines. A helper is another Python that runs this module: it is told
over a pipe which lines are its own, packs them, and sends back what it packed.
It ends when its pipe does.

Nothing is decided here. If a line is not as we write it, or a feature does not
keep the contract where it is held to that, there is no result: whoever reads
features one by one then meets it, and says so.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Final, Self

from mapper.another_python import cores, python_running
from mapper.errors import MapperError
from mapper.publish.geojson import FEATURE_LIMIT, HEAD, INCIDENTS_LIMIT
from mapper.publish.kept import surely_keep
from mapper.publish.packing import CHUNK, Packed, pack_incidents
from mapper.publish.strict_json import parse_strictly

WORTHWHILE: Final = 8_000_000
"""Smallest file that is divided, bytes: below that a helper starts about as long as it helps."""

_BLOCK: Final = 1 << 20
_BATCH: Final = 16
_END: Final = b"]}\n"
_SHARE: Final = 0.54
"""Of the first half, measured: the helper starts later, and this process has the page's shell to make meanwhile."""


class _NotOursError(MapperError):
    """A line is not as we write it, or says something that needs a closer look."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines of a file.

    Attributes
    ----------
    path : Path
        The file.
    offset : int
        Where they begin, bytes.
    first, count : int
        How many incidents stand before them, and how many they are.
    is_last : bool
        The file ends with them.
    keeps : bool
        Each must be, feature by feature, as `geojson.feature` writes it.
    """

    path: Path
    offset: int
    first: int
    count: int
    is_last: bool
    keeps: bool

    def features(self) -> Iterator[Any]:
        """Give the features of these lines.

        Raises
        ------
        MapperError
            One of them takes a closer look.
        """
        with self.path.open("rb") as stream:
            stream.seek(self.offset)
            lines = islice(iter(lambda: stream.readline(FEATURE_LIMIT + 1), b""), self.count)
            last = self.first + self.count - 1 if self.is_last else -1
            number = self.first
            while batch := list(islice(lines, _BATCH)):
                number += len(batch)
                features = _parsed(batch, self.path.name, ends=number > last >= 0)
                if not (surely_keep(features) if self.keeps else all(map(_is_feature, features))):
                    raise _NotOursError
                yield from features
            if self.is_last and stream.read() != _END:
                raise _NotOursError

    def packed(self) -> Packed:
        """Pack the features of these lines."""
        return pack_incidents(self.features(), first=self.first)


def _parsed(lines: list[bytes], name: str, *, ends: bool) -> list[Any]:
    marks = [b",\n"] * len(lines)
    if ends:
        marks[-1] = b"\n"
    if not all(map(bytes.endswith, lines, marks)):
        raise _NotOursError
    rows = [line[: -len(mark)] for line, mark in zip(lines, marks, strict=True)]
    # Several at once are read the sooner; what is inside is held to the same rules.
    features: list[Any] = parse_strictly(b"[%b]" % b",".join(rows), name)
    if len(features) != len(rows):
        raise _NotOursError
    return features


def _is_feature(item: Any) -> bool:  # noqa: ANN401 - a parsed JSON value
    return type(item) is dict and type(item.get("properties")) is dict


def divided(path: Path, *, keeps: bool) -> tuple[Part, Part] | None:
    """Divide a file between two chunks of incidents, near its middle.

    Parameters
    ----------
    path : Path
        The file.
    keeps : bool
        As `Part` has it.

    Returns
    -------
    two Part, or None
        None for a file that is not laid out as we write it, or not worth it.
    """
    size = path.stat().st_size
    if not WORTHWHILE <= size <= INCIDENTS_LIMIT:
        return None
    with path.open("rb") as stream:
        if stream.readline(len(HEAD)) != HEAD:
            return None
        counts = [block.count(b"\n") for block in iter(lambda: stream.read(_BLOCK), b"")]
        # The last line feed is that of the end of the collection.
        lines = sum(counts) - 1
        first = int(lines * _SHARE) // CHUNK * CHUNK
        if first <= 0:
            return None
        offset = _after(stream, first, counts)
    return (
        Part(path, len(HEAD), 0, first, is_last=False, keeps=keeps),
        Part(path, offset, first, lines - first, is_last=True, keeps=keeps),
    )


def _after(stream: IO[bytes], lines: int, counts: list[int]) -> int:
    """Return where the line begins that so many others stand before."""
    at, before = len(HEAD), 0
    for count in counts:
        if before + count >= lines:
            break
        at, before = at + _BLOCK, before + count
    stream.seek(at)
    for _ in range(lines - before):
        stream.readline()
    return stream.tell()


class Halves:
    """Two halves of a file, packed at the same time.

    Parameters
    ----------
    path : Path
        The file. One that is not divided has no result.
    keeps : bool
        Every feature must keep the contract, and have an id of its own.
    """

    def __init__(self, path: Path, *, keeps: bool) -> None:
        self._path = path
        self._keeps = keeps
        self._helper: subprocess.Popen[bytes] | None = None
        self._first: Part | None = None

    def __enter__(self) -> Self:
        """Start the helper, and divide the file while it starts."""
        if cores() < 2 or self._path.stat().st_size < WORTHWHILE:
            return self
        self._helper = subprocess.Popen(  # noqa: S603 - this Python, this module, no input from outside
            python_running(__name__),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,  # Ctrl-C is for this process, which then ends the helper
        )
        parts = divided(self._path, keeps=self._keeps)
        if parts is not None and self._helper.stdin is not None:
            self._first = parts[0]
            # A helper that died at once is told of when its answer is read.
            with contextlib.suppress(OSError):
                pickle.dump(parts[1], self._helper.stdin)
                self._helper.stdin.flush()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the helper, also in the middle of its work."""
        if self._helper is None:
            return
        self._helper.kill()
        for stream in (self._helper.stdin, self._helper.stdout):
            # What was still to be written to it is wanted no more.
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()
        self._helper.wait()

    def first(self) -> Packed | None:
        """Pack the first half; None where the file is not divided, or takes a closer look."""
        if self._first is None:
            return None
        try:
            return self._first.packed()
        except MapperError:
            return None

    def joined(self, packed: Packed | None) -> Packed | None:
        """Join the first half with the second, once the helper is done with it."""
        if packed is None or self._helper is None or self._helper.stdout is None:
            return None
        try:
            rest: Packed | None = pickle.load(self._helper.stdout)  # noqa: S301 - a pipe that nobody else holds
        except (OSError, EOFError, pickle.UnpicklingError):
            return None
        if rest is None:
            return None
        packed.index.append(rest.index)
        if self._keeps and len(set(packed.index.ids)) < packed.count:
            return None
        return Packed(packed.index, (*packed.chunks, *rest.chunks))


def main() -> None:
    """Pack the part that is asked for, and answer with it; with None if it takes a closer look."""
    received, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever else is printed must not stand in the answer.
    sys.stdout = sys.stderr
    with contextlib.suppress(EOFError, BrokenPipeError):
        part: Part = pickle.load(received)  # noqa: S301 - from the process that started this one
        try:
            answer: Packed | None = part.packed()
        except MapperError:
            answer = None
        pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()


if __name__ == "__main__":
    main()
