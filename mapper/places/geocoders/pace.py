"""One question a second, over all processes of the machine."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from mapper import files

_FAR: Final = 600.0
"""A slot further ahead than this (seconds) was written by a clock that has since been set back."""


class Pace:
    """Hands out the moments at which a server may be asked.

    A moment is reserved under a lock, in a file that all processes share; the
    waiting is done without the lock.

    Parameters
    ----------
    folder : Path
        The cache folder.
    host : str
        The server.
    interval_s : float
        Least seconds between two questions.
    clock, sleep : callable
        Time of day in seconds, and waiting; given by tests.
    """

    def __init__(
        self,
        folder: Path,
        host: str,
        interval_s: float,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path = folder / f"pace-{re.sub('[^a-z0-9.]', '_', host.lower())[:80]}"
        self._interval_s, self._clock, self._sleep = interval_s, clock, sleep

    def wait(self, longest: float) -> bool:
        """Wait for the next free moment.

        Parameters
        ----------
        longest : float
            Seconds; if the next moment is further away, none is taken.

        Returns
        -------
        bool
            Whether the server may be asked now.

        Raises
        ------
        OutputError
            The cache folder cannot be written to: without it nobody can keep the pace.
        """
        with files.locked(self._path):
            now = self._clock()
            slot = max(now, self._last(now) + self._interval_s)
            if slot - now > longest:
                return False
            files.write_bytes(self._path, repr(slot).encode("ascii"))
        if slot > now:
            self._sleep(slot - now)
        return True

    def _last(self, now: float) -> float:
        try:
            last = float(self._path.read_bytes()[:40])
        except (OSError, ValueError):
            return 0.0
        return last if last - now < _FAR else 0.0
