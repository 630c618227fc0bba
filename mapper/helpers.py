"""Processes that help to read, started while this one is still loading.

To load the rooms takes a process a quarter of a second, and a helper as long
again. So where the command is given much to read, helpers start first, and load
what this process loads beside it; `workers` tells them later what to do.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from mapper.another_python import cores, python_running
from mapper.settings import Settings

_MUCH: Final = 100_000
"""Bytes of text that keep two processes at work for longer than one takes to load."""

_PLAIN: Final = frozenset({".txt", ".md", ".jsonl"})
_MARKUP: Final = 10
"""How many bytes of a web page there are to one of its text."""

_MOST: Final = 8

_ahead: Final[list[subprocess.Popen[bytes]]] = []
"""Helpers that nobody has asked for anything yet."""


def jobs_for(settings: Settings) -> int:
    """Return how many processes may read: one where a geocoder is asked, whose pace is that of one process."""
    if settings.geocoder and not settings.offline:
        return 1
    return settings.jobs or min(_MOST, cores())


@contextlib.contextmanager
def started_ahead(paths: Iterable[Path], settings: Settings) -> Iterator[None]:
    """Start helpers where there is much to read; end those that nobody took, on leaving.

    Parameters
    ----------
    paths : iterable of Path
        Files and folders of articles; what is not there is told of by those who read it.
    settings : Settings
        Say how many helpers there may be.
    """
    if (jobs := jobs_for(settings)) > 1 and _is_much(paths):
        _ahead.extend(_started() for _ in range(jobs - 1))
    try:
        yield
    finally:
        while _ahead:
            end(_ahead.pop())


def helper() -> subprocess.Popen[bytes]:
    """Return a helper that was started ahead, or a new one."""
    return _ahead.pop() if _ahead else _started()


def end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of a helper, also in the middle of its work."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        # What was still to be written to it is wanted no more.
        with contextlib.suppress(OSError):
            if stream is not None:
                stream.close()
    process.wait()


def _started() -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this Python, our module, no input from outside
        python_running("mapper.workers"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for this process, which then ends the helpers
    )


def _is_much(paths: Iterable[Path]) -> bool:
    """Say whether files may hold much text, by their sizes alone."""
    size = 0
    for path in paths:
        for file in _files(path):
            with contextlib.suppress(OSError):
                size += file.stat().st_size // (1 if file.suffix.lower() in _PLAIN else _MARKUP)
            if size > _MUCH:
                return True
    return False


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)
