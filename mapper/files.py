"""Files: the only place that opens one for writing.

A file is written beside itself, flushed to disk and moved into place, so that
a crash leaves either the old content or the new one, never half of each. A
file that several processes may change is changed under a lock that dies with
its owner.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import secrets
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from mapper.errors import LimitError, MapperError, OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows: strays are then told by name alone
    fcntl = None  # type: ignore[assignment]

ARTICLE_LIMIT: Final = 20_000_000
"""Largest article file that is read, bytes."""

LOCK_SECONDS: Final = 30.0
_POLL_SECONDS: Final = 0.01
_released: Final[dict[Path, float]] = {}
_TEMPORARY: Final = ".mapper-"
# Measured: beyond 256 KiB the buffer's own pages cost more than the calls it saves.
_BUFFER: Final = 1 << 18
_CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_OF_THE_SYSTEM: Final = frozenset({Path("/dev"), Path("/dev/fd")})
_ANYBODY: Final = 0o666
_OWNER: Final = 0o600


def sha256_of(data: bytes) -> str:
    """Hash bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def sha256_of_file(path: Path) -> str:
    """Hash a file without holding it in memory."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


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


class _Disk(io.FileIO):
    """A file whose failing writes are told apart from every other `OSError`."""

    def __init__(self, handle: int, target: Path) -> None:
        super().__init__(handle, "wb")
        self._target = target

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as fault:
            raise _cannot_write(self._target, fault) from fault


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a stream whose content replaces `path` when the block ends well.

    A symbolic link is replaced, not followed. A pipe or a device (such as
    ``/dev/stdout``) is written to as it is.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact. Whatever
        else goes wrong inside the block is raised as it is.
    """
    with _telling(path):
        direct = _is_special(path)
        if direct:
            handle, temporary = os.open(path, os.O_WRONLY | os.O_APPEND), path
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = _temporary_file(path)
    stream = io.BufferedWriter(_Disk(handle, path), _BUFFER)
    try:
        yield stream
        stream.flush()
        if not direct:
            with _telling(path):
                _sync(handle)
                _move(temporary, path)
    except BaseException:
        if not direct:
            _discard(temporary)
        with contextlib.suppress(OSError):
            stream.close()
        raise
    stream.close()


@contextlib.contextmanager
def replacing_path(path: Path) -> Iterator[Path]:
    """Name a file for a library that opens its own; it replaces `path` when the block ends well.

    The name has the same ending, in a folder of its own beside `path`; what
    else the library leaves there is removed.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    with _telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        folder = _beside(path)
        folder.mkdir(mode=0o700)
    made = folder / path.name
    try:
        with contextlib.ExitStack() as held:
            with _telling(path):
                _lock_if_there(held.enter_context(_opened(folder)))
            yield made
            with _telling(path):
                with _opened(made, os.O_RDWR) as written:
                    _set_mode(written, _mode_for(path))
                    _sync(written)
                _move(made, path)
    finally:
        _discard(folder)


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
def resuming(path: Path, *, keep: int = 0) -> Iterator[IO[bytes]]:
    """Open a stream that goes on after the first `keep` bytes of an unfinished file.

    What was written stays also when the block fails: for downloads that are
    gone on with later. `finish` then puts the whole file in its place.
    """
    with _telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), _ANYBODY)
        os.ftruncate(handle, keep)
        os.lseek(handle, keep, os.SEEK_SET)
    with io.BufferedWriter(_Disk(handle, path), _BUFFER) as stream:
        yield stream


def finish(unfinished: Path, path: Path) -> None:
    """Put a file that `resuming` wrote in the place of `path`."""
    with _telling(path):
        handle = os.open(unfinished, os.O_RDWR)
        try:
            _set_mode(handle, _mode_for(path))
            _sync(handle)
        finally:
            os.close(handle)
        _move(unfinished, path)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    with _telling(path):
        path.unlink(missing_ok=True)


def append(path: Path, line: bytes) -> None:
    """Add a line to a file that several processes may add to, all or nothing.

    When this returns, the line is on the disk. The file is copied with the
    line at its end, so that a crash or a full disk never leaves half a line:
    right for ledgers of what people decide, not for logs.

    The file is made if it is not there; `line` comes without its line end.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    with locked(path), replacing(path) as stream:
        old = path.read_bytes() if path.exists() else b""
        stream.write(old if old.endswith(b"\n") or not old else old + b"\n")
        stream.write(line + b"\n")


@contextlib.contextmanager
def scratch() -> Iterator[IO[bytes]]:
    """Open a file without a name, gone when the block ends: for what is more than memory should hold.

    Raises
    ------
    OutputError
        The folder for temporary files has no room, or cannot be written.
    """
    with _telling(Path(tempfile.gettempdir())), tempfile.TemporaryFile(prefix=_TEMPORARY) as stream:
        yield stream


@contextlib.contextmanager
def locked(path: Path, *, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Hold the lock of `path` against other processes, and sweep up after dead ones.

    Raises
    ------
    OutputError
        Another process held it for longer than `seconds`, or the lock
        file cannot be made.
    """
    import filelock

    with _telling(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(path.with_name(f"{path.name}.lock"), timeout=seconds)
        # Who had the lock a moment ago lets the others look first: polling alone would let them starve.
        time.sleep(max(0.0, _released.get(path, 0.0) + 2 * _POLL_SECONDS - time.monotonic()))
        try:
            lock.acquire(poll_interval=_POLL_SECONDS)
        except filelock.Timeout as fault:
            message = f"{path.name} is in use by another process; try again when it has finished."
            raise OutputError(message) from fault
    try:
        remove_stray(path.parent)
        yield
    finally:
        lock.release()
        _released[path] = time.monotonic()


def remove_stray(folder: Path) -> int:
    """Remove what killed processes left half written, not what living ones write; return how many."""
    count = 0
    for stray in sorted(folder.glob(f"{_TEMPORARY}*.tmp")) if folder.is_dir() else []:
        with contextlib.suppress(OSError), _opened(stray) as handle:
            if fcntl is not None:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _discard(stray)
            count += 1
    return count


def _discard(path: Path) -> None:
    """Remove a temporary file, or folder of files; what cannot go now is swept up by a later run."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            for inner in path.iterdir():
                inner.unlink()
            path.rmdir()
        else:
            path.unlink()


def _is_special(path: Path) -> bool:
    """Say whether a name stands for a pipe, a device or an open file of a process: never to be replaced."""
    folder = path.absolute().parent
    if folder in _OF_THE_SYSTEM or Path("/proc") in folder.parents:
        return True
    return path.exists() and not (path.is_file() or path.is_dir())


def _beside(path: Path) -> Path:
    return path.with_name(f"{_TEMPORARY}{secrets.token_hex(8)}.tmp")


def _temporary_file(path: Path) -> tuple[int, Path]:
    """Create a file beside `path`, with the permissions that `path` has or would have, and lock it.

    The kernel applies the umask as it creates the file: to ask for the umask
    is to change it for a moment, for every thread of the process.
    """
    mode = _mode_for(path)
    while True:
        temporary = _beside(path)
        handle = os.open(temporary, _CREATE, _ANYBODY if mode is None else mode & _OWNER)
        try:
            _set_mode(handle, mode)
            if _lock_if_there(handle):
                return handle, temporary
        except BaseException:
            temporary.unlink(missing_ok=True)
            os.close(handle)
            raise
        os.close(handle)


def _lock_if_there(handle: int) -> bool:
    """Mark an open file as in use by a living process; False if someone swept it away just before."""
    if fcntl is not None:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            # A file system without locks: nobody can sweep there either.
            if fault.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                return False
    return os.fstat(handle).st_nlink > 0


def _mode_for(path: Path) -> int | None:
    """Return the permissions of an existing file, else None: those the umask gives."""
    try:
        return stat.S_IMODE(path.stat().st_mode) & 0o777
    except FileNotFoundError:
        return None


def _set_mode(handle: int, mode: int | None) -> None:
    if mode is not None:
        os.fchmod(handle, mode)


@contextlib.contextmanager
def _opened(path: Path, flags: int = os.O_RDONLY) -> Iterator[int]:
    handle = os.open(path, flags)
    try:
        yield handle
    finally:
        os.close(handle)


def _sync(handle: int) -> None:
    """Wait until it is on the disk, where the file system can say so."""
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise


def _move(temporary: Path, path: Path) -> None:
    """Put a finished file in its place, and wait until the folder says so on the disk."""
    temporary.replace(path)
    try:
        with _opened(path.parent) as handle:
            _sync(handle)
    except OSError as fault:
        message = f"{path} was written, but the disk did not confirm it: {fault.strerror or fault}. Check the disk."
        raise OutputError(message) from fault


@contextlib.contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Turn what the operating system says into one line about `path`."""
    try:
        yield
    except MapperError:
        raise
    except (OSError, ValueError) as fault:
        raise _cannot_write(path, fault) from fault


def _cannot_write(path: Path, fault: Exception) -> OutputError:
    reason = getattr(fault, "strerror", None) or fault
    return OutputError(f"cannot write {path}: {reason}. What was there before is unchanged.")
