"""JSON that every reader reads the same way, or a reason in words; and written quickly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from mapper.errors import InputError


def parse_strictly(data: bytes, where: str, advice: str = "") -> Any:  # noqa: ANN401 - JSON is anything
    """Parse JSON that every other reader will read the same way.

    Parameters
    ----------
    data : bytes
        UTF-8, with or without a byte order mark.
    where : str
        What it is, for the message.
    advice : str
        What to do if it is something else, for the message: a sentence.

    Raises
    ------
    InputError
        It is not UTF-8 or not JSON, has a duplicate key, a NaN or Infinity,
        half a surrogate pair, a number beyond 64 bits, or nests too deep.
    """
    import orjson

    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        document = orjson.loads(data)
        # What comes back byte for byte had no duplicate key and no number bent.
        if orjson.dumps(document) == data:
            return document
        text = data.decode("utf-8")
        document = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse_constant, parse_float=_finite)
        orjson.dumps(document)
    except (ValueError, TypeError, RecursionError) as fault:
        message = f"{where} is not strict JSON: {fault}. {advice}".rstrip()
        raise InputError(message) from fault
    return document


def dumped(value: object) -> bytes:
    """Write JSON as UTF-8, quickly; text with lone surrogates is escaped."""
    import orjson

    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def dumped_each(values: Iterable[object]) -> list[bytes]:
    """Write many small values, each as `dumped` does, without a call for each."""
    import orjson

    rows = list(values)
    try:
        return list(map(orjson.dumps, rows))
    except TypeError:
        return list(map(dumped, rows))


def _unique(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    row = dict(pairs)
    if len(row) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        message = f"the key {twice[:40]!r} appears twice in one object"
        raise ValueError(message)
    return row


def _refuse_constant(word: str) -> None:
    message = f"{word} is not a JSON number"
    raise ValueError(message)


def _finite(digits: str) -> float:
    number = float(digits)
    if number in {float("inf"), float("-inf")}:
        message = f"{digits[:40]} is too large a number"
        raise ValueError(message)
    return number
