"""Says of a compiled gazetteer that it is damaged, where it does not hold what its head promises.

Only the head has a checksum: to sum up the rest would cost each run more than
all its look-ups.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import isgeneratorfunction
from typing import Final, ParamSpec, TypeVar

from mapper.errors import GazetteerIndexError, MapperError

P = ParamSpec("P")
T = TypeVar("T")
_FAULTS: Final = (IndexError, ValueError, OverflowError, struct.error)


def whole(*methods: str) -> Callable[[type[T]], type[T]]:
    """Let the named methods of a class raise `GazetteerIndexError` where bytes are not what they must be."""

    def decorated(reader: type[T]) -> type[T]:
        for name in methods:
            method = getattr(reader, name)
            setattr(reader, name, _stepwise(method) if isgeneratorfunction(method) else _guarded(method))
        return reader

    return decorated


def _guarded(method: Callable[P, T]) -> Callable[P, T]:
    @wraps(method)
    def guarded(*args: P.args, **options: P.kwargs) -> T:
        try:
            return method(*args, **options)
        except _FAULTS as fault:
            raise _told(fault) from fault

    return guarded


def _stepwise(method: Callable[P, Iterator[T]]) -> Callable[P, Iterator[T]]:
    """Guard a method that gives one thing after the other."""

    @wraps(method)
    def guarded(*args: P.args, **options: P.kwargs) -> Iterator[T]:
        try:
            yield from method(*args, **options)
        except _FAULTS as fault:
            raise _told(fault) from fault

    return guarded


def _told(fault: Exception) -> Exception:
    """Say in one line what a fault means; what was said before stands."""
    if isinstance(fault, MapperError):
        return fault
    return GazetteerIndexError(
        "a compiled gazetteer is damaged; remove the files that end in .index from the cache folder."
    )
