"""Named files and the standard streams, opened alike: ``-`` is stdin or stdout."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from mapper import files
from mapper.errors import InputError


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


@contextlib.contextmanager
def binary_output(path: Path) -> Iterator[IO[bytes]]:
    """Open an output that replaces the named file when the block ends well."""
    if str(path) == "-":
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
