"""Signals that end a command: what is half written goes, and the person is told so."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import Final

_BY_SIGNAL: Final = 128
_ENDINGS: Final = ("SIGTERM", "SIGHUP")


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Let SIGTERM and SIGHUP end a command as an interrupt does: what is half written goes, and it says so."""
    numbers = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    # Whoever set one otherwise (nohup) wants it so; and only the main thread may set any.
    ours = [n for n in numbers if signal.getsignal(n) == signal.SIG_DFL]
    if threading.current_thread() is not threading.main_thread():
        ours.clear()
    for number in ours:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)


class StoppedError(KeyboardInterrupt):
    """Somebody ended the process, who is told so by the code that shells use for it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = _BY_SIGNAL + number


def _stop(number: int, _: object) -> None:
    raise StoppedError(number)
