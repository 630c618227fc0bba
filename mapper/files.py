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
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from mapper import temporary
from mapper.errors import LimitError, MapperError, OutputError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

ARTICLE_LIMIT: Final = 20_000_000
"""Largest article file that is read, bytes."""

LOCK_SECONDS: Final = 30.0
_POLL_SECONDS: Final = 0.01
_released: Final[dict[Path, float]] = {}
_swept: Final[set[Path]] = set()
# Measured: beyond 256 KiB the buffer's own pages cost more than the calls it saves.
_BUFFER: Final = 1 << 18
_OF_THE_SYSTEM: Final = frozenset({Path("/dev"), Path("/dev/fd")})
_ANYBODY: Final = 0o666


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
    refuse_odd(path)
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


def refuse_odd(path: Path) -> None:
    """Refuse a pipe or device that lies among files: to read one may take for ever.

    What the system itself hands over is taken: ``/dev/stdin``, or ``<(command)`` of a shell.

    Raises
    ------
    OSError
        It is one.
    """
    if not _is_of_the_system(path) and _is_odd(path):
        raise OSError(errno.EINVAL, "it is no ordinary file", str(path))


class _Disk(io.FileIO):
    """A file whose failing writes are told apart from every other `OSError`."""

    def __init__(self, handle: int, target: Path, mode: str = "wb") -> None:
        super().__init__(handle, mode)
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
            handle, made = os.open(path, os.O_WRONLY | os.O_APPEND), path
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            _sweep_once(path.parent)
            handle, made = temporary.create(path)
    stream = io.BufferedWriter(_Disk(handle, path), _BUFFER)
    try:
        yield stream
        stream.flush()
        if not direct:
            with _telling(path):
                _sync(handle)
                _move(made, path)
    except BaseException:
        if not direct:
            temporary.discard(made)
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
        _sweep_once(path.parent)
    with _folder_beside(path) as folder:
        made = folder / path.name
        yield made
        with _telling(path):
            with temporary.opened(made, os.O_RDWR) as written:
                temporary.set_mode(written, temporary.mode_for(path))
                _sync(written)
            _move(made, path)


@contextlib.contextmanager
def together(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    """Give a folder for files that take the place of those in `folder` when the block ends well: all, or none.

    Parameters
    ----------
    folder : Path
        Where the files belong; made when it is not there.
    names : sequence of str
        The files, in the order in which they are put in place: last the one
        that speaks of the others.

    Raises
    ------
    OutputError
        One of them could not be written; what was there before is intact.
    """
    with _telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _folder_beside(folder / names[-1]) as made:
        try:
            yield made
        except OutputError as fault:
            # What cannot be written has a name of its own for the person.
            raise OutputError(str(fault).replace(f"{made}{os.sep}", f"{folder}{os.sep}")) from fault
        for name in names:
            with _telling(folder / name):
                if (folder / name).is_dir():
                    raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
                with temporary.opened(made / name, os.O_RDWR) as written:
                    temporary.set_mode(written, temporary.mode_for(folder / name))
        for name in names:
            with _telling(folder / name):
                _move(made / name, folder / name)


@contextlib.contextmanager
def _folder_beside(path: Path) -> Iterator[Path]:
    """Make a folder beside `path` that goes with all that is in it, now or when a later run finds its owner dead."""
    with contextlib.ExitStack() as held:
        with _telling(path):
            folder = temporary.beside(path)
            folder.mkdir(mode=0o700)
            held.callback(temporary.discard, folder)
            temporary.lock_if_there(held.enter_context(temporary.opened(folder)))
        yield folder


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
            temporary.set_mode(handle, temporary.mode_for(path))
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
        Whatever else goes wrong inside the block is raised as it is.
    """
    try:
        folder = Path(tempfile.gettempdir())
    except FileNotFoundError as fault:
        message = "no folder takes temporary files: the disk is full or read-only. Free some, or set TMPDIR."
        raise OutputError(message) from fault
    with _telling(folder), tempfile.TemporaryFile(prefix=temporary.PREFIX) as unnamed:
        handle = os.dup(unnamed.fileno())
    with io.BufferedRandom(_Disk(handle, folder, "r+b"), _BUFFER) as stream:
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
        temporary.remove_stray(path.parent)
        yield
    finally:
        lock.release()
        _released[path] = time.monotonic()


def _is_special(path: Path) -> bool:
    """Say whether a name stands for a pipe, a device or an open file of a process: never to be replaced."""
    return _is_of_the_system(path) or _is_odd(path)


def _is_of_the_system(path: Path) -> bool:
    folder = path.absolute().parent
    return folder in _OF_THE_SYSTEM or Path("/proc") in folder.parents


def _is_odd(path: Path) -> bool:
    return path.exists() and not (path.is_file() or path.is_dir())


def _sweep_once(folder: Path) -> None:
    """Sweep up in a folder before the first file that this process writes there."""
    if folder not in _swept:
        _swept.add(folder)
        temporary.remove_stray(folder)


def _sync(handle: int) -> None:
    """Wait until it is on the disk, where the file system can say so."""
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise


def _move(made: Path, path: Path) -> None:
    """Put a finished file in its place, and wait until the folder says so on the disk."""
    made.replace(path)
    try:
        with temporary.opened(path.parent) as handle:
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
