"""`set_aside.json`: every number and place that was read and not mapped, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.errors import InputError
from mapper.model import SetAside
from mapper.publish import contract
from mapper.publish.strict_json import parse_strictly

SET_ASIDE_LIMIT: Final = 400_000_000
"""Largest `set_aside.json` that is read, bytes."""


def set_aside_rows(items: Iterable[SetAside], order: Sequence[str]) -> list[dict[str, Any]]:
    """Turn what was set aside into rows, in reading order.

    Parameters
    ----------
    items : iterable of SetAside
        In any order.
    order : sequence of str
        `Article.id` of every article, in the order they were read; sources
        that are not named come last, by name.

    Returns
    -------
    list of dict
        With the members of `contract.SET_ASIDE`, in that order.
    """
    place = {name: index for index, name in enumerate(order)}
    last = len(place)

    def reading_order(item: SetAside) -> tuple[int, str, int, int, str, str]:
        return (place.get(item.source, last), item.source, item.start, item.end, item.kind, item.rule)

    return [_row(item) for item in sorted(items, key=reading_order)]


def _row(item: SetAside) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in contract.SET_ASIDE}
    row["value"] = item.value if contract.SCALAR.holds(item.value) else str(item.value)
    row["contains"] = list(item.contains)
    return row


def write_set_aside(items: Iterable[SetAside], order: Sequence[str], output: Path) -> int:
    """Write what was set aside as a JSON list, one entry a line.

    Parameters
    ----------
    items, order
        As for `set_aside_rows`.
    output : Path
        Replaced all at once.

    Returns
    -------
    int
        How many entries were written.

    Raises
    ------
    InputError
        An entry holds something that JSON cannot.
    OutputError
        The file could not be written; what was there before is intact.
    """
    import orjson

    rows = set_aside_rows(items, order)
    try:
        lines = [orjson.dumps(row) for row in rows]
    except orjson.JSONEncodeError as fault:
        message = f"what was set aside cannot be written as JSON: {fault}."
        raise InputError(message) from fault
    files.write_bytes(output, b"[\n" + b",\n".join(lines) + b"\n]\n")
    return len(rows)


def read_set_aside(path: Path) -> list[dict[str, Any]]:
    """Read the file back, strictly.

    Raises
    ------
    InputError
        It is not strict JSON, or an entry breaks the contract.
    LimitError
        It is larger than `SET_ASIDE_LIMIT`.
    """
    rows = parse_strictly(files.read_bytes(path, limit=SET_ASIDE_LIMIT), path.name)
    if not isinstance(rows, list):
        message = f"{path.name} is not a list."
        raise InputError(message)
    for index, row in enumerate(rows):
        found = contract.faults(row, contract.SET_ASIDE, f"[{index}]")
        if found:
            message = f"{path.name}: {found[0][0]} {found[0][1]}."
            raise InputError(message)
    return rows
