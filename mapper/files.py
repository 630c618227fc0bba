"""Files: the only place that opens one for writing.

A file is written beside itself, flushed to disk and moved into place, so that
a crash leaves either the old content or the new one, never half of each. A
file that several processes may change is changed under a lock that dies with
its owner.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from mapper.errors import LimitError, OutputError

ARTICLE_LIMIT: Final = 20_000_000
"""Largest article file that is read, bytes."""

LOCK_SECONDS: Final = 30.0
_TEMPORARY: Final = ".mapper-"
_BLOCK: Final = 1 << 20


def sha256_of(data: bytes) -> str:
    """Hash bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Hash a file without holding it in memory."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def read_bytes(path: Path, *, limit: int = ARTICLE_LIMIT) -> bytes:
    """Read a whole file, unless it is larger than `limit` bytes.

    Raises
    ------
    LimitError
        The file is larger; nothing of it was kept.
    OSError
        It cannot be read.
    """
    size = path.stat().st_size
    if size > limit:
        message = f"{path.name} has {size:,} bytes; the limit is {limit:,}. Split it, or give a part of it."
        raise LimitError(message)
    with path.open("rb") as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        message = f"{path.name} grew past the limit of {limit:,} bytes while it was read."
        raise LimitError(message)
    return data


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a stream whose content replaces `path` when the block ends well.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=_TEMPORARY, suffix=".tmp", dir=path.parent)
    except OSError as fault:
        raise OutputError(_cannot_write(path, fault)) from fault
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode)
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        if isinstance(fault, OutputError):
            raise
        raise OutputError(_cannot_write(path, fault)) from fault
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def write_bytes(path: Path, data: bytes) -> None:
    """Replace the content of `path` by `data`, all or nothing.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    with replacing(path) as stream:
        stream.write(data)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of `path` against other processes.

    Raises
    ------
    OutputError
        Another process held it for longer than `LOCK_SECONDS`, or the lock
        file cannot be made.
    """
    import filelock

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(path.with_name(f"{path.name}.lock"), timeout=LOCK_SECONDS)
        lock.acquire()
    except filelock.Timeout as fault:
        message = f"{path.name} is in use by another process; try again when it has finished."
        raise OutputError(message) from fault
    except OSError as fault:
        raise OutputError(_cannot_write(path, fault)) from fault
    try:
        yield
    finally:
        lock.release()


def remove_stray(folder: Path) -> int:
    """Remove what a killed process left half written; return how many files."""
    strays = list(folder.glob(f"{_TEMPORARY}*.tmp")) if folder.is_dir() else []
    for stray in strays:
        stray.unlink(missing_ok=True)
    return len(strays)


def _cannot_write(path: Path, fault: OSError) -> str:
    return f"cannot write {path}: {fault.strerror or fault}. What was there before is unchanged."


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
