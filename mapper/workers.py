"""Articles read by several processes at once: the same outcomes, in the same order, as by one.

The first articles are read here; where there are more, helpers are started, and
this process reads on beside them. A helper is another Python that runs this
module: it opens the compiled gazetteers where they lie on the disk, is sent
articles over a pipe and sends back what it read in them. It ends when its pipe
does, so that none is left whatever becomes of this process.
"""

from __future__ import annotations

import contextlib
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from mapper.another_python import cores, python_running
from mapper.console import Console
from mapper.errors import MapperError, Problem
from mapper.incidents.located import Located
from mapper.model import Article, Reading
from mapper.places.resolving.batch import places_in
from mapper.settings import Settings, collect_seldom
from mapper.toolchain import Toolchain, open_toolchain

T = TypeVar("T")
Work = Callable[[Article, Toolchain], T]
"""What is done with an article: a function of a module, which helpers can be told of by name."""

Outcome = tuple[Reading, list[Located]]
"""An article as it was read, without its text, and its accounts with their places."""

FIRST: Final = 25
"""Articles read before helpers are started: while they start, which takes the time of some fifty, reading goes on."""

_BATCH: Final = 8
_AHEAD: Final = 2
"""Batches that are under way for each helper."""

_MOST_AHEAD: Final = 96
"""Articles that are read here while what comes before them is not back: no more are held in memory."""

_MOST: Final = 8


def in_order(work: Work[T], articles: Iterable[Article], tools: Toolchain, settings: Settings) -> Iterator[T]:
    """Do something with each article, in order; with helpers where there are many.

    Parameters
    ----------
    work : callable
        `read_one` or another function of an article and a toolchain, which changes neither.
    articles : iterable of Article
        Taken one at a time, some ahead of what is yielded.
    tools : Toolchain
        What is worked with here.
    settings : Settings
        What helpers open their rooms with; its `jobs` says how many processes there may be.

    Raises
    ------
    MapperError
        What a helper ran into, as if it had been met here, or that one died.
    """
    waiting = iter(articles)
    jobs = jobs_for(settings)
    for article in islice(waiting, FIRST if jobs > 1 else None):
        yield work(article, tools)
    following = next(waiting, None)
    if following is not None:
        with Helpers(jobs - 1, settings, work) as helpers:
            yield from helpers.done(chain([following], waiting), lambda article: work(article, tools))


def read_one(article: Article, tools: Toolchain) -> Outcome:
    """Read and locate one article; its text is needed no more."""
    reading, context = tools.read(article)
    located = tools.locate(reading, context)
    return replace(reading, article=replace(article, text="", source_map=())), located


def places_of(article: Article, tools: Toolchain) -> list[dict[str, Any]]:
    """Find and resolve the places that one article names: see `mapper.places.resolving.batch.places_in`."""
    return places_in(article, tools.finder, tools.resolver)


def jobs_for(settings: Settings) -> int:
    """Return how many processes may read: one where a geocoder is asked, whose pace is that of one process."""
    if settings.geocoder and not settings.offline:
        return 1
    return settings.jobs or min(_MOST, cores())


class Helpers(Generic[T]):
    """Processes that read articles; ended on leaving.

    Parameters
    ----------
    count : int
        How many.
    settings : Settings
        What they open their rooms with.
    work : callable
        What they do with an article.
    """

    def __init__(self, count: int, settings: Settings, work: Work[T]) -> None:
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        # What is withheld has been taken out of the articles that they are sent.
        greeting = pickle.dumps((replace(settings, withheld=None), work))
        self._all = [_started(greeting) for _ in range(count)]
        for helper in self._all:
            self._idle.put(helper)
        self._threads = ThreadPoolExecutor(count)

    def done(self, articles: Iterable[Article], here: Callable[[Article], T]) -> Iterator[T]:
        """Have articles read by the helpers, and `here` while they are at work; yield what comes of them in order."""
        waiting = iter(articles)
        under_way: deque[Future[list[T]] | T] = deque()
        asked = ahead = 0
        while True:
            while asked < _AHEAD * len(self._all) and (batch := list(islice(waiting, _BATCH))):
                under_way.append(self._threads.submit(self._asked, batch))
                asked += 1
            if not under_way:
                return
            head = under_way[0]
            if not isinstance(head, Future):
                ahead -= 1
                under_way.popleft()
                yield head
                continue
            if not head.done() and ahead < _MOST_AHEAD and (article := next(waiting, None)) is not None:
                under_way.append(here(article))
                ahead += 1
                continue
            asked -= 1
            under_way.popleft()
            yield from head.result()

    def _asked(self, batch: list[Article]) -> list[T]:
        helper = self._idle.get()
        try:
            answer: list[T] | Exception = _answer_of(helper, batch)
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


def _answer_of(helper: subprocess.Popen[bytes], batch: list[Article]) -> Any:  # noqa: ANN401 - as it was pickled
    if helper.stdin is None or helper.stdout is None:
        raise EOFError
    helper.stdin.write(pickle.dumps(batch))
    helper.stdin.flush()
    return pickle.load(helper.stdout)  # noqa: S301 - a pipe that nobody else holds


class _Silent(Console):
    """Tells nobody: what there is to say of gazetteers was said by the process that started this one."""

    def report(self, problem: Problem) -> None:
        del problem


def main() -> None:
    """Answer batches of articles until there are no more."""
    received, answers = sys.stdin.buffer, sys.stdout.buffer
    # Whatever else is printed must not stand between the answers.
    sys.stdout = sys.stderr
    collect_seldom()
    tools: Toolchain | None = None
    settings: Settings
    work: Work[object]
    settings, work = pickle.load(received)  # noqa: S301 - from the process that started this one
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            batch: list[Article] = pickle.load(received)  # noqa: S301
            answer: list[object] | Exception
            try:
                tools = tools or open_toolchain(settings, _Silent(quiet=True))
                answer = [work(article, tools) for article in batch]
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
