"""Named files and the standard streams, opened alike: ``-`` is stdin or stdout."""

from __future__ import annotations

import codecs
import contextlib
import io
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from mapper import files
from mapper.console import printable
from mapper.errors import InputError, OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


LINE_LIMIT: Final = 20_000_000
"""Longest line of a table, characters."""


def _lines(stream: IO[str]) -> Iterator[str]:
    while line := stream.readline(LINE_LIMIT + 1):
        if len(line) > LINE_LIMIT:
            message = f"it has a line of more than {LINE_LIMIT:,} characters; is it a table?"
            raise InputError(message)
        yield line


def _stdin() -> IO[bytes]:
    if sys.stdin is None:
        message = "it is closed; name a file."
        raise InputError(message)
    return sys.stdin.buffer


@contextlib.contextmanager
def text_input(path: Path) -> Iterator[Iterator[str]]:
    """Open text in UTF-8, with or without a byte order mark: its lines.

    Raises
    ------
    InputError
        It is not there, is not UTF-8 where it was read, or has a line longer
        than `LINE_LIMIT`; or what the block found wrong with it, with its name before.
    """
    try:
        if str(path) == "-":
            yield _lines(io.TextIOWrapper(_stdin(), encoding="utf-8-sig", newline=""))
        else:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield _lines(stream)
    except UnicodeDecodeError as fault:
        message = f"{path.name} is not UTF-8 text (byte {fault.start:,}). Save it as CSV in UTF-8, then try again."
        raise InputError(message) from fault
    except FileNotFoundError as fault:
        message = f"{path}: there is no such file."
        raise InputError(message) from fault
    except InputError as fault:
        # Whoever reads rows from a stream does not know what it is called.
        message = f"{'standard input' if str(path) == '-' else path.name}: {fault}"
        raise InputError(message) from fault


def apart(output: Path, inputs: Iterable[Path], endings: Collection[str] = ()) -> None:
    """Make sure that an output replaces nothing that is read.

    Parameters
    ----------
    output : Path
        A file, or a folder that gets files.
    inputs : iterable of Path
        Files and folders that are read.
    endings : collection of str
        Of files that are read inside a folder: such as ``.txt``.

    Raises
    ------
    InputError
        It would.
    """
    for path in inputs:
        if not (_is_there(output) and path.exists()):
            continue
        if output.samefile(path):
            message = f"--output {output} is what is read; name another, so that nothing is overwritten."
            raise InputError(message)
        inside = path.is_dir() and path.resolve() in output.absolute().parents
        if inside and output.is_file() and output.name.lower().endswith(tuple(endings)):
            message = f"--output {output} is one of the files in {path} that are read; name another."
            raise InputError(message)


def _is_there(output: Path) -> bool:
    """Say whether an output exists.

    Raises
    ------
    OutputError
        It never can: its name is too long, for one.
    """
    try:
        return output.exists()
    except OSError as fault:
        raise OutputError(f"cannot write {output}: {fault.strerror or fault}.") from fault


class _Screen(io.BytesIO):
    """Shows UTF-8 on a terminal line by line, with nothing in it that a terminal would obey."""

    def __init__(self, screen: IO[bytes]) -> None:
        super().__init__()
        self._screen, self._decoder = screen, codecs.getincrementaldecoder("utf-8")("replace")

    def write(self, data: ReadableBuffer, /) -> int:
        lines = self._decoder.decode(bytes(data)).split("\n")
        self._screen.write("\n".join(map(printable, lines)).encode())
        return len(bytes(data))


@contextlib.contextmanager
def binary_output(path: Path) -> Iterator[IO[bytes]]:
    """Open an output that replaces the named file when the block ends well.

    Raises
    ------
    OutputError
        It cannot be written; or it is stdout, and that is closed.
    """
    if str(path) == "-":
        if sys.stdout is None:
            raise OutputError("--output -: standard output is closed; name a file.")
        # A terminal obeys what stands in a name; a file or a program gets every byte.
        yield _Screen(sys.stdout.buffer) if sys.stdout.isatty() else sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with files.replacing(path) as stream:
        yield stream


@contextlib.contextmanager
def text_output(path: Path) -> Iterator[IO[str]]:
    """Open a text output in UTF-8 that replaces the named file when the block ends well."""
    with binary_output(path) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
        try:
            yield text
            text.flush()
        finally:
            # The stream below is not ours to close.
            text.detach()
