"""Articles read by several processes at once: the same outcomes, in the same order, as by one.

Where there is much to read, helpers are started, and this process reads beside
them. A helper is another Python that runs this module: it opens the compiled
gazetteers where they lie on the disk, is sent articles over a pipe and sends
back what it read in them. It ends when its pipe does, so that none is left
whatever becomes of this process.
"""

from __future__ import annotations

import contextlib
import pickle
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import chain, islice
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from mapper.console import Console
from mapper.errors import MapperError, Problem
from mapper.helpers import end, helper, jobs_for
from mapper.incidents.located import Located
from mapper.model import Article, Reading
from mapper.settings import Settings, collect_seldom
from mapper.toolchain import Toolchain, open_toolchain

T = TypeVar("T")
Work = Callable[[Article, Toolchain], T]
"""What is done with an article: a function of a module, which helpers can be told of by name."""

Outcome = tuple[Reading, list[Located]]
"""An article as it was read, without its text, and its accounts with their places."""

WORTH: Final = 60_000
"""Characters of text for which helpers are started: to start takes one the time of some fifty reports."""

_BATCH: Final = 4
_AHEAD: Final = 2
"""Batches that are under way for each helper: one that it reads, and one that lies ready for it."""

_MOST_AHEAD: Final = 96
"""Articles that are read here while what comes before them is not back: no more are held in memory."""


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
    jobs = jobs_for(settings)
    waiting = iter(articles)
    first, is_all = _beginning(waiting) if jobs > 1 else ([], True)
    if is_all:
        for article in chain(first, waiting):
            yield work(article, tools)
        return
    with Helpers(jobs - 1, settings, work) as helpers:
        yield from helpers.done(chain(first, waiting), lambda article: work(article, tools))


def _beginning(articles: Iterator[Article]) -> tuple[list[Article], bool]:
    """Take articles until they are worth a helper; say whether they are all."""
    taken = []
    size = 0
    for article in articles:
        taken.append(article)
        size += len(article.text)
        if size > WORTH:
            return taken, False
    return taken, True


def read_one(article: Article, tools: Toolchain) -> Outcome:
    """Read and locate one article; its text is needed no more."""
    reading, context = tools.read(article)
    located = tools.locate(reading, context)
    return replace(reading, article=replace(article, text="", source_map=())), located


def places_of(article: Article, tools: Toolchain) -> list[dict[str, Any]]:
    """Find and resolve the places that one article names: see `mapper.places.resolving.batch.places_in`."""
    # Its rules take a while to compile, and a run that reads events needs none of them.
    from mapper.places.resolving.batch import places_in

    return places_in(article, tools.finder, tools.resolver)


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
        # What is withheld has been taken out of the articles that they are sent.
        greeting = pickle.dumps((replace(settings, withheld=None), work))
        self._all: list[_Helper[T]] = [_Helper(greeting) for _ in range(count)]

    def done(self, articles: Iterable[Article], here: Callable[[Article], T]) -> Iterator[T]:
        """Have articles read by the helpers, and `here` while they are at work; yield what comes of them in order."""
        waiting = iter(articles)
        under_way: deque[Future[list[T]] | T] = deque()
        ahead = 0
        while True:
            for one in self._all:
                while one.is_free() and (batch := list(islice(waiting, _BATCH))):
                    under_way.append(one.asked(batch))
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
            under_way.popleft()
            yield from head.result()

    def __enter__(self) -> Self:
        """Start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """End the helpers, also in the middle of their work."""
        for one in self._all:
            one.process.kill()
        for one in self._all:
            one.end()


class _Helper(Generic[T]):
    """One process that reads, and two threads, of which one writes to it and one waits for its answers."""

    def __init__(self, greeting: bytes) -> None:
        self.process = helper()
        self._writer, self._reader = ThreadPoolExecutor(1), ThreadPoolExecutor(1)
        self._open: deque[Future[list[T]]] = deque()
        # One that died at once is told of when it is first asked.
        self._writer.submit(self._write, greeting)

    def is_free(self) -> bool:
        """Say whether it may be asked for more."""
        while self._open and self._open[0].done():
            self._open.popleft()
        return len(self._open) < _AHEAD

    def asked(self, batch: list[Article]) -> Future[list[T]]:
        """Have a batch read."""
        written = self._writer.submit(self._write, pickle.dumps(batch))
        answer = self._reader.submit(self._answer, written)
        self._open.append(answer)
        return answer

    def _write(self, data: bytes) -> None:
        if self.process.stdin is None:
            raise EOFError
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def _read(self) -> Any:  # noqa: ANN401 - as it was pickled
        if self.process.stdout is None:
            raise EOFError
        return pickle.load(self.process.stdout)  # noqa: S301 - a pipe that nobody else holds

    def _answer(self, written: Future[None]) -> list[T]:
        try:
            written.result()
            answer: list[T] | Exception = self._read()
        except (OSError, EOFError, pickle.UnpicklingError) as fault:
            code = self.process.poll()
            message = f"a process that read articles ended ({code}): is there enough memory? Try --jobs 1."
            raise MapperError(message) from fault
        if isinstance(answer, Exception):
            raise answer
        return answer

    def end(self) -> None:
        """Leave nothing of it, once it is killed."""
        self._writer.shutdown(cancel_futures=True)
        self._reader.shutdown(cancel_futures=True)
        end(self.process)


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
    with contextlib.suppress(EOFError, BrokenPipeError):
        settings, work = pickle.load(received)  # noqa: S301 - from the process that started this one
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
