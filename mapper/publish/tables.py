"""Incidents as rows of a table, and back.

One set of columns serves every table format. Numbers stay numbers, dates stay
text (a table reader that sees a date invents an hour), lists of words are
joined by ``"; "``, and the evidence travels in three columns of JSON.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from mapper import files
from mapper.cells import allow_long_cells, guarded, unguarded
from mapper.errors import InputError
from mapper.publish import contract
from mapper.publish.geojson import Feature
from mapper.publish.strict_json import parse_strictly

Cell = str | int | float | bool | None

_JOINED: Final = tuple(name for name, kind in contract.PROPERTIES.items() if kind is contract.TEXTS)
_NESTED: Final = tuple(name for name, kind in contract.PROPERTIES.items() if kind is contract.ROWS)
_DERIVED: Final = ("publishers", "urls")
_PLAIN: Final = tuple(name for name in contract.PROPERTIES if name not in _NESTED)

COLUMNS: Final = ("id", "longitude", "latitude", *_PLAIN, *_DERIVED, *_NESTED)
"""Columns of a table of incidents, in order."""

CLAIM_COLUMNS: Final = ("incident", *contract.CLAIM)
"""Columns of the table of claims: `incident` is the `id` of the feature."""

SOURCE_COLUMNS: Final = tuple(contract.SOURCE)
"""Columns of the table of sources, each listed once."""

_SEPARATOR: Final = "; "
_BOM: Final = b"\xef\xbb\xbf"


def row_of(feature: Feature) -> dict[str, Cell]:
    """Flatten a feature into the cells of `COLUMNS`.

    Parameters
    ----------
    feature : dict
        One that keeps the contract.

    Returns
    -------
    dict
        A scalar for each column; None for a number that is not known.
    """
    properties = feature["properties"]
    position = feature["geometry"]["coordinates"] if feature["geometry"] else (None, None)
    row: dict[str, Cell] = {"id": feature["id"], "longitude": position[0], "latitude": position[1]}
    for name in _PLAIN:
        row[name] = join(properties[name]) if name in _JOINED else properties[name]
    row["publishers"] = join(list(dict.fromkeys(s["publisher"] for s in properties["sources"] if s["publisher"])))
    row["urls"] = join(list(dict.fromkeys(s["url"] for s in properties["sources"] if s["url"])))
    for name in _NESTED:
        row[name] = to_json(properties[name])
    return row


def feature_of(row: Mapping[str, Cell], where: str) -> Feature:
    """Build a feature from the cells of a row; what has no column is "not stated".

    Parameters
    ----------
    row : mapping of str to cell
        By the names of `COLUMNS`; cells may all be text, as CSV has them.
        Other columns are left alone.
    where : str
        What it is, for messages.

    Raises
    ------
    InputError
        A cell does not hold what its column is for.
    """
    properties: dict[str, Any] = {}
    for name, kind in contract.PROPERTIES.items():
        cell = row.get(name)
        empty = cell is None or cell == ""
        if kind is contract.TEXTS:
            properties[name] = split(str(cell)) if not empty else []
        elif kind is contract.ROWS:
            properties[name] = parse_strictly(str(cell).encode(), f"{where}: {name}") if not empty else []
        elif kind in {contract.COUNT, contract.NUMBER, contract.BOOLEAN}:
            value = _parsed(cell, f"{where}: {name}") if not empty else contract.EMPTY[name]
            # A column of counts with a gap in it is one of floats in many programs.
            if kind is contract.COUNT and isinstance(value, float) and value.is_integer():
                value = int(value)
            properties[name] = value
        elif kind is contract.TEXT and cell is not None:
            properties[name] = str(cell)
        else:
            properties[name] = str(cell) if not empty else contract.EMPTY[name]
    longitude, latitude = (_parsed(row.get(name), f"{where}: {name}") for name in ("longitude", "latitude"))
    geometry = None if longitude is None else {"type": "Point", "coordinates": [longitude, latitude]}
    return {"type": "Feature", "id": str(row.get("id") or ""), "geometry": geometry, "properties": properties}


def _parsed(cell: Cell, where: str) -> Cell:
    """Read a number or a truth value from a cell, which may be text."""
    if not isinstance(cell, str):
        return cell
    try:
        value = json.loads(cell.lower()) if cell else None
    except (ValueError, RecursionError) as fault:
        message = f"{where} holds {cell[:40]!r}, which is not a number."
        raise InputError(message) from fault
    return value if isinstance(value, int | float) else None


def join(words: list[str]) -> str:
    """Join words so that a person can read them, and `split` gives them back.

    Examples
    --------
    >>> join(["one", "two"]), join(["a; b", "c"])
    ('one; two', '["a; b","c"]')
    """
    plain = _SEPARATOR.join(words)
    return plain if split(plain) == words else to_json(words)


def split(cell: str) -> list[str]:
    """Take apart what `join` joined.

    Examples
    --------
    >>> split("one; two"), split('["a; b","c"]'), split("")
    (['one', 'two'], ['a; b', 'c'], [])
    """
    if cell.startswith("["):
        try:
            words = json.loads(cell)
        except (ValueError, RecursionError):
            return [cell]
        return words if isinstance(words, list) and all(isinstance(word, str) for word in words) else [cell]
    return [word for word in cell.split(_SEPARATOR) if word]


def to_json(value: object) -> str:
    """Write a value as one line of JSON."""
    import orjson

    return orjson.dumps(value).decode()


def claim_rows(features: Iterable[Feature]) -> Iterator[dict[str, Cell]]:
    """Give every claim of some features as a row of `CLAIM_COLUMNS`.

    A value may be a number or words, so that the column holds text.
    """
    for feature in features:
        for claim in feature["properties"]["claims"]:
            value = claim["value"]
            yield {
                **claim,
                "incident": feature["id"],
                "value": value if isinstance(value, str) else to_json(value),
                "op": claim["op"] or "",
                "reporters": join(claim["reporters"]),
                "detail": to_json(claim["detail"]),
            }


def source_rows(features: Iterable[Feature]) -> Iterator[dict[str, Cell]]:
    """Give every source of some features once, in reading order, as a row of `SOURCE_COLUMNS`."""
    seen = set()
    for feature in features:
        for source in feature["properties"]["sources"]:
            if source["id"] not in seen:
                seen.add(source["id"])
                yield dict(source)


def write_csv(features: Iterable[Feature], output: Path, *, bom: bool = False) -> int:
    """Write a table of incidents as CSV: UTF-8, safe to open in a spreadsheet.

    Parameters
    ----------
    features : iterable of dict
        Features that keep the contract; not held in memory.
    output : Path
        Replaced all at once.
    bom : bool
        Begin with a byte order mark, by which spreadsheets know UTF-8.

    Returns
    -------
    int
        How many rows were written.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    with files.replacing(output) as stream:
        if bom:
            stream.write(_BOM)
        # RFC 4180's line end; with another one a lone carriage return in a cell would not be quoted.
        writer = csv.writer(_Encoding(stream), lineterminator="\r\n")
        writer.writerow(COLUMNS)
        count = 0
        for feature in features:
            row = row_of(feature)
            writer.writerow([_cell(row[name]) for name in COLUMNS])
            count += 1
    return count


def _cell(value: Cell) -> Cell:
    if isinstance(value, str):
        return guarded(value)
    return ("true" if value else "false") if isinstance(value, bool) else value


class _Encoding:
    """What `csv` writes text to, over a stream of bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(text.encode("utf-8"))


def read_csv(path: Path) -> Iterator[Feature]:
    """Read a table that `write_csv` wrote; see `feature_of`.

    Raises
    ------
    InputError
        It is not UTF-8, or a cell does not hold what its column is for.
    """
    allow_long_cells()
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, row in enumerate(csv.DictReader(stream), 2):
                where = f"{path.name}, row {number}"
                yield feature_of({name: unguarded(cell or "") for name, cell in row.items() if name}, where)
    except (csv.Error, UnicodeDecodeError) as fault:
        message = f"{path.name} is not a CSV file in UTF-8: {fault}."
        raise InputError(message) from fault
