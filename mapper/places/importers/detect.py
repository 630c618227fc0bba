"""Whose gazetteer a file is, told from its content and not from its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from mapper.errors import GazetteerError, Report
from mapper.model import Place
from mapper.places.gazetteer import own
from mapper.places.gazetteer.entries import REQUIRED
from mapper.places.importers import cod, geonames, linked_places, table
from mapper.places.importers.lines import numbered, opened
from mapper.places.importers.rows import csv_rows
from mapper.places.importers.tally import Progress


def read_any(
    path: Path, report: Report, mapping: Mapping[str, str] | None = None, *, progress: Progress | None = None
) -> Iterator[Place]:
    """Read any gazetteer file, one place at a time.

    GeoNames dumps, OCHA tables (CSV, XLSX), Linked Places (JSON, TSV), GeoJSON,
    a ``places.csv`` of this tool, and any table whose columns have usual names.

    Parameters
    ----------
    path : Path
        The file.
    report : Report
        Is told of what is left out.
    mapping : mapping of str to str, optional
        From our names of columns to the file's: it is then read as a table.
    progress : Progress, optional
        Is told how many rows were read.

    Raises
    ------
    GazetteerError
        The file cannot be read, or nobody knows its format.
    """
    if mapping:
        return table.read(path, report, mapping, progress=progress)
    found = format_of(path)
    if found == "own":
        return iter(own.read_places(path, report))
    reader = {
        "geonames": geonames.read,
        "linked-places": linked_places.read,
        "cod": cod.read,
        "table": table.read,
    }[found]
    return reader(path, report, progress=progress)


def format_of(path: Path) -> str:
    """Tell the format: ``geonames``, ``cod``, ``linked-places``, ``own`` or ``table``.

    Raises
    ------
    GazetteerError
        The file cannot be read, or is none of these.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4)
    except OSError as fault:
        raise GazetteerError(f"{path.name} cannot be read: {fault.strerror or fault}") from fault
    if head == b"PK\x03\x04":
        return "cod"  # a spreadsheet, or refused as another archive when it is opened
    with opened(path) as stream:
        first = next((line for _, line in numbered(stream) if line.strip()), b"")
    if first.lstrip()[:1] in {b"{", b"["}:
        return "linked-places"
    # Also a dump that lacks a column, so that it is refused as what it is.
    if geonames.looks_like_dump(first) or (first[:1].isdigit() and first.count(b"\t") >= geonames.COLUMNS - 4):
        return "geonames"
    with csv_rows(path) as (header, _):
        return _format_of_table(header, first)


def _format_of_table(header: list[str], first: bytes) -> str:
    if b"\t" in first and "title" in header and ("geowkt" in header or {"lon", "lat"} <= set(header)):
        return "linked-places"
    if set(REQUIRED) <= set(header):
        return "own"
    return "cod" if cod.looks_like_cod(header) else "table"
