"""Named files and the standard streams, opened alike: ``-`` is stdin or stdout."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import IO

from mapper import files
from mapper.errors import InputError, OutputError


@contextlib.contextmanager
def text_input(path: Path) -> Iterator[IO[str]]:
    """Open text in UTF-8, with or without a byte order mark.

    Raises
    ------
    InputError
        It is not there, or is not UTF-8 where it was read; or what the block
        found wrong with it, with its name before.
    """
    try:
        if str(path) == "-":
            yield io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        else:
            with path.open(encoding="utf-8-sig", newline="") as stream:
                yield stream
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
        if not (output.exists() and path.exists()):
            continue
        if output.samefile(path):
            message = f"--output {output} is what is read; name another, so that nothing is overwritten."
            raise InputError(message)
        inside = path.is_dir() and path.resolve() in output.absolute().parents
        if inside and output.is_file() and output.suffix.lower() in endings:
            message = f"--output {output} is one of the files in {path} that are read; name another."
            raise InputError(message)


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
        yield sys.stdout.buffer
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
