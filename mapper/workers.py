"""Articles read by several processes at once: the same readings, in the same order, as by one.

The first articles are read here; where there are more, helpers are started. A
helper is another Python that runs this module: it opens the compiled gazetteers
where they lie on the disk, is sent articles over a pipe and sends back what it
read in them. It ends when its pipe does, so that none is left whatever becomes
of this process.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from queue import SimpleQueue
from types import TracebackType
from typing import Final, Self

from mapper.another_python import cores, python_running
from mapper.console import Console
from mapper.errors import MapperError, Problem
from mapper.incidents.located import Located
from mapper.model import Article, Reading
from mapper.settings import Settings
from mapper.toolchain import Toolchain, open_toolchain

Outcome = tuple[Reading, list[Located]]
"""An article as it was read, without its text, and its accounts with their places."""

FIRST: Final = 50
"""Articles read before helpers are started, which takes the time of about thirty."""

_BATCH: Final = 8
_AHEAD: Final = 2
"""Batches that are under way for each helper: no more are held in memory."""

_MOST: Final = 8


def read_all(articles: Iterable[Article], tools: Toolchain, settings: Settings) -> Iterator[Outcome]:
    """Read and locate articles, in order; with helpers where there are many.

    Parameters
    ----------
    articles : iterable of Article
        Taken one at a time, a few batches ahead of what is yielded.
    tools : Toolchain
        Reads the first ones, and all where there is one job.
    settings : Settings
        What helpers open their rooms with; its `jobs` says how many there may be.

    Raises
    ------
    MapperError
        What a helper ran into, as if it had been met here, or that one died.
    """
    waiting = iter(articles)
    jobs = jobs_for(settings)
    for article in islice(waiting, FIRST if jobs > 1 else None):
        yield read_one(article, tools)
    following = next(waiting, None)
    if following is not None:
        with Helpers(jobs, settings) as helpers:
            yield from helpers.read(chain([following], waiting))


def read_one(article: Article, tools: Toolchain) -> Outcome:
    """Read and locate one article; its text is needed no more."""
    reading, context = tools.read(article)
    located = tools.locate(reading, context)
    return replace(reading, article=replace(article, text="", source_map=())), located


def jobs_for(settings: Settings) -> int:
    """Return how many processes may read: one where a geocoder is asked, whose pace is that of one process."""
    if settings.geocoder and not settings.offline:
        return 1
    return settings.jobs or min(_MOST, cores())


class Helpers:
    """Processes that read articles; ended on leaving.

    Parameters
    ----------
    count : int
        How many.
    settings : Settings
        What they open their rooms with.
    """

    def __init__(self, count: int, settings: Settings) -> None:
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        # What is withheld has been taken out of the articles that they are sent.
        greeting = pickle.dumps(replace(settings, withheld=None))
        self._all = [_started(greeting) for _ in range(count)]
        for helper in self._all:
            self._idle.put(helper)
        self._threads = ThreadPoolExecutor(count)

    def read(self, articles: Iterable[Article]) -> Iterator[Outcome]:
        """Have articles read; yield the outcomes in the order of the articles."""
        waiting = iter(articles)
        under_way: deque[Future[list[Outcome]]] = deque()
        while batch := list(islice(waiting, _BATCH)):
            under_way.append(self._threads.submit(self._asked, batch))
            if len(under_way) > _AHEAD * len(self._all):
                yield from under_way.popleft().result()
        while under_way:
            yield from under_way.popleft().result()

    def _asked(self, batch: list[Article]) -> list[Outcome]:
        helper = self._idle.get()
        try:
            answer = _answer_of(helper, batch)
        except (OSError, EOFError, pickle.UnpicklingError) as fault:
            message = f"a process that read articles ended ({helper.poll()}): is there enough memory? Try --jobs 1."
            raise MapperError(message) from fault
        finally:
            self._idle.put(helper)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the helpers, also in the middle of their work."""
        for helper in self._all:
            helper.kill()
        self._threads.shutdown(cancel_futures=True)
        for helper in self._all:
            for stream in (helper.stdin, helper.stdout):
                # What was still to be written to it is wanted no more.
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()
            helper.wait()


def _started(greeting: bytes) -> subprocess.Popen[bytes]:
    helper = subprocess.Popen(  # noqa: S603 - this Python, this module, no input from outside
        python_running("mapper.workers"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        process_group=0,  # Ctrl-C is for this process, which then ends the helpers
    )
    if helper.stdin is not None:
        # A helper that died at once is told of when it is first asked.
        with contextlib.suppress(OSError):
            helper.stdin.write(greeting)
            helper.stdin.flush()
    return helper


def _answer_of(helper: subprocess.Popen[bytes], batch: list[Article]) -> list[Outcome] | Exception:
    if helper.stdin is None or helper.stdout is None:
        raise EOFError
    helper.stdin.write(pickle.dumps(batch))
    helper.stdin.flush()
    answer: list[Outcome] | Exception = pickle.load(helper.stdout)  # noqa: S301 - a pipe that nobody else holds
    return answer


class _Silent(Console):
    """Tells nobody: what there is to say of gazetteers was said by the process that started this one."""

    def report(self, problem: Problem) -> None:
        del problem


def main() -> None:
    """Answer batches of articles until there are no more."""
    received, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever else is printed must not stand between the answers.
    sys.stdout = sys.stderr
    tools: Toolchain | None = None
    settings: Settings = pickle.load(received)  # noqa: S301 - from the process that started this one
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            batch: list[Article] = pickle.load(received)  # noqa: S301
            answer: list[Outcome] | Exception
            try:
                tools = tools or open_toolchain(settings, _Silent(quiet=True))
                answer = [read_one(article, tools) for article in batch]
            except Exception as fault:  # noqa: BLE001 - raised again where the articles came from
                answer = _portable(fault)
            answers.write(pickle.dumps(answer))
            answers.flush()


def _portable(fault: Exception) -> Exception:
    """Return an exception that can be sent, with what led to it as a note."""
    import traceback

    fault.add_note("".join(traceback.format_exception(fault)))
    try:
        pickle.loads(pickle.dumps(fault))  # noqa: S301 - made here
    except Exception:  # noqa: BLE001 - an exception may refuse to be copied in any way
        return RuntimeError("".join(fault.__notes__))
    return fault


if __name__ == "__main__":
    main()
