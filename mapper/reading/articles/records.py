"""Lines of JSON, each an article: read one at a time, and strictly.

JSON is stricter than Python's reader of it: NaN, numbers no program can hold,
two values under one key and half a character are refused, each with a line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

_DIGITS: Final = 40
_BOM: Final = b"\xef\xbb\xbf"


class RecordError(ValueError):
    """A line is no record; says why."""


def lines_of(path: Path, limit: int, taken: Callable[[bytes], None]) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank, with its number from 1.

    Parameters
    ----------
    path : Path
        A file of any size; one line is held at a time.
    limit : int
        Longest line, bytes; a longer one is yielded as None.
    taken : callable
        Is given all bytes of the file, piece by piece as they are read.

    Raises
    ------
    OSError
        The file cannot be read.
    """
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(limit + 2):
            taken(line)
            number += 1
            if number == 1:
                line = line.removeprefix(_BOM)
            if len(line.rstrip(b"\r\n")) > limit:
                while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
                    taken(line)
                yield number, None
            elif line.strip():
                yield number, line.rstrip(b"\r\n")


def parse_record(line: bytes) -> Mapping[str, object]:
    """Read one line as a JSON object.

    Raises
    ------
    RecordError
        It is not strict JSON in UTF-8, or no object.

    Examples
    --------
    >>> parse_record(b'{"id": "a", "text": "b"}')
    {'id': 'a', 'text': 'b'}
    >>> parse_record(b'{"id": NaN}')
    Traceback (most recent call last):
    ...
    mapper.reading.articles.records.RecordError: NaN is not JSON
    """
    try:
        record = json.loads(
            line.decode("utf-8"),
            object_pairs_hook=_object,
            parse_constant=_constant,
            parse_int=_integer,
            parse_float=_real,
        )
    except RecordError:
        raise
    except UnicodeDecodeError as fault:
        raise RecordError("is not UTF-8") from fault
    except RecursionError as fault:
        raise RecordError("is nested too deeply") from fault
    except ValueError as fault:
        raise RecordError(f"is not JSON ({str(fault).split(':', 1)[0]})") from fault
    if not isinstance(record, dict):
        raise RecordError("is no JSON object")
    return record


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RecordError(f"has two values for {twice[:40]!a}")
    return found


def _constant(name: str) -> float:
    raise RecordError(f"{name} is not JSON")


def _integer(digits: str) -> int:
    if len(digits) > _DIGITS:
        raise RecordError(f"has a number of {len(digits):,} digits")
    return int(digits)


def _real(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise RecordError("has a number beyond what a computer holds")
    return value
