"""Files under way: made beside what they will replace, marked as in use, and swept up when their owner has died."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: strays are then told by name alone
    fcntl = None  # type: ignore[assignment]

PREFIX: Final = ".mapper-"
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_ANYBODY: Final = 0o666
_OWNER: Final = 0o600


def beside(path: Path) -> Path:
    """Give a name beside `path` that nothing has."""
    return path.with_name(f"{PREFIX}{secrets.token_hex(8)}.tmp")


def create(path: Path) -> tuple[int, Path]:
    """Create a file beside `path`, with the permissions that `path` has or would have, and lock it.

    The kernel applies the umask as it creates the file: to ask for the umask
    is to change it for a moment, for every thread of the process.
    """
    mode = mode_for(path)
    while True:
        temporary = beside(path)
        handle = os.open(temporary, _CREATE, _ANYBODY if mode is None else mode & _OWNER)
        try:
            set_mode(handle, mode)
            if lock_if_there(handle):
                return handle, temporary
        except BaseException:
            temporary.unlink(missing_ok=True)
            os.close(handle)
            raise
        os.close(handle)


def lock_if_there(handle: int) -> bool:
    """Mark an open file as in use by a living process; False if someone swept it away just before."""
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            # A file system without locks: nobody can sweep there either.
            if fault.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                return False
    return os.fstat(handle).st_nlink > 0


def mode_for(path: Path) -> int | None:
    """Return the permissions of an existing file, else None: those the umask gives."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except FileNotFoundError:
        return None


def set_mode(handle: int, mode: int | None) -> None:
    """Give an open file permissions, where there are some to be kept."""
    if mode is not None:
        os.fchmod(handle, mode)


@contextlib.contextmanager
def opened(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    """Open a file or a folder for a while."""
    handle = os.open(path, flags)
    try:
        yield handle
    finally:
        os.close(handle)


def remove_stray(folder: Path) -> int:
    """Remove what killed processes left half written, not what living ones write; return how many."""
    count = 0
    for stray in sorted(folder.glob(f"{PREFIX}*.tmp")) if folder.is_dir() else []:
        with contextlib.suppress(OSError), opened(stray) as handle:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            discard(stray)
            count += 1
    return count


def discard(path: Path) -> None:
    """Remove a temporary file, or folder of files; what cannot go now is swept up by a later run."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink()
            path.rmdir()
        else:
            path.unlink()
