"""Says of a compiled gazetteer that it is damaged, where it does not hold what its head promises.

Only the head has a checksum: to sum up the rest would cost each run more than
all its look-ups.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from mapper.errors import GazetteerIndexError, MapperError

P = ParamSpec("P")
T = TypeVar("T")


def whole(*methods: str) -> Callable[[type[T]], type[T]]:
    """Let the named methods of a class raise `GazetteerIndexError` where bytes are not what they must be."""

    def decorated(reader: type[T]) -> type[T]:
        for name in methods:
            setattr(reader, name, _guarded(getattr(reader, name)))
        return reader

    return decorated


def _guarded(method: Callable[P, T]) -> Callable[P, T]:
    @wraps(method)
    def guarded(*args: P.args, **options: P.kwargs) -> T:
        try:
            return method(*args, **options)
        except (IndexError, ValueError, OverflowError, struct.error, zlib.error) as fault:
            if isinstance(fault, MapperError):
                raise
            message = "a compiled gazetteer is damaged; remove the files that end in .index from the cache folder."
            raise GazetteerIndexError(message) from fault

    return guarded
