"""Rows of the own gazetteer: `places.csv`, column by column. See gazetteer/README.md."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mapper import files
from mapper.cells import allow_long_cells
from mapper.errors import GazetteerError, LimitError, Problem, Report
from mapper.geo import rounded
from mapper.model import Place

PLACES: Final = "places.csv"
SOURCES: Final = "sources.csv"
FILE_LIMIT: Final = 50_000_000
"""Largest own gazetteer, bytes: about 200,000 places. What is larger is imported, not edited."""

COLUMNS: Final = (
    "id", "title", "variants", "types", "ccodes", "parent_id", "parent_name", "lon", "lat", "radius_m",
    "geo_source", "geo_id", "title_source", "added", "author", "note",
)  # fmt: skip
REQUIRED: Final = ("id", "title", "types", "lon", "lat")
SEPARATOR: Final = ";"
_DIVISION: Final = "governorate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the own gazetteer.

    Parameters
    ----------
    place : Place
        What is used of it; `Place.parent` is the id of the parent.
    parent_name, geo_source, geo_id, title_source, added, author, note : str
        See gazetteer/README.md.
    line : int
        Its first line in the file, from 1; 0 for one that is not in a file.
    last_line : int
        Its last line: a quoted note may have several.
    """

    place: Place
    parent_name: str = ""
    geo_source: str = ""
    geo_id: str = ""
    title_source: str = ""
    added: str = ""
    author: str = ""
    note: str = ""
    line: int = 0
    last_line: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the title first."""
        return (self.place.name, *self.place.aliases)


class RowError(ValueError):
    """A row cannot be read.

    Parameters
    ----------
    reasons : mapping of str to str
        For each column, why.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        super().__init__("; ".join(f"{column}: {why}" for column, why in reasons.items()))


def places_file(folder_or_csv: Path) -> Path:
    """Return the file of places, for a folder or the file itself."""
    is_file = folder_or_csv.is_file() or folder_or_csv.suffix.lower() == ".csv"
    return folder_or_csv if is_file else folder_or_csv / PLACES


def read_text(path: Path) -> str:
    """Read an own gazetteer's file as text; empty if there is none.

    Raises
    ------
    GazetteerError
        It is too large, cannot be read, or is not UTF-8.
    """
    try:
        data = files.read_bytes(path, limit=FILE_LIMIT)
    except FileNotFoundError:
        return ""
    except (OSError, LimitError) as fault:
        raise GazetteerError(f"{path.name} cannot be read: {getattr(fault, 'strerror', None) or fault}") from fault
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        message = f"{path.name}, line {line}: not UTF-8. Save the file as CSV in UTF-8; nothing of it was changed."
        raise GazetteerError(message) from fault


def read_entries(path: Path, report: Report) -> list[Entry]:
    """Read the rows of `places.csv`, and tell `report` of those that cannot be read.

    Raises
    ------
    GazetteerError
        The file as a whole cannot be used.
    """
    entries = []
    for line, last, row in rows(path):
        try:
            entries.append(entry_of(row, line, last))
        except RowError as fault:
            report(Problem(f"{path.name}, line {line}", f"left out: {fault}"))
    return with_divisions(entries)


def rows(path: Path, required: Sequence[str] = REQUIRED) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield first line, last line and columns of each row of a CSV file.

    Raises
    ------
    GazetteerError
        The file as a whole cannot be used.
    """
    text = read_text(path)
    if not text:
        return
    allow_long_cells()
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [name for name in required if name not in header]
        if missing:
            message = f"{path.name}: no column {', '.join(missing)} in its first line. gazetteer/README.md lists them."
            raise GazetteerError(message)
        before = reader.line_num
        for fields in reader:
            line, before = before + 1, reader.line_num
            if any(field.strip() for field in fields):
                # A row with too many fields keeps the surplus where the checks see it.
                row = dict(zip(header, fields, strict=False))
                if len(fields) > len(header):
                    row[""] = f"{len(fields)} columns instead of {len(header)}"
                yield line, before, row
    except csv.Error as fault:
        message = f"{path.name}, line {reader.line_num}: {fault}. Nothing of it was changed."
        raise GazetteerError(message) from fault


def entry_of(row: Mapping[str, str], line: int = 0, last_line: int = 0) -> Entry:
    """Read one row.

    Raises
    ------
    RowError
        A figure is none, or there are too many columns.
    """
    get = {name: (row.get(name) or "").strip() for name in COLUMNS}
    reasons: dict[str, str] = {}
    if row.get(""):
        reasons["row"] = f"{row['']}: is there a comma that wants quotes?"
    numbers = {}
    for name in ("lon", "lat", "radius_m"):
        try:
            numbers[name] = float(get[name] or ("0" if name == "radius_m" else "nothing"))
        except ValueError:
            reasons[name] = f"{get[name][:20]!r} is not a number" if get[name] else "missing"
    if not 0.0 <= numbers.get("radius_m", 0.0) <= 1e8:
        reasons["radius_m"] = "a radius is a number of metres, 0 or more"
    if reasons:
        raise RowError(reasons)
    variants = (name.strip() for name in get["variants"].split(SEPARATOR))
    place = Place(
        id=get["id"],
        name=get["title"],
        longitude=rounded(numbers["lon"]),
        latitude=rounded(numbers["lat"]),
        kind=get["types"],
        country=get["ccodes"].upper(),
        radius_m=round(numbers["radius_m"]),
        aliases=tuple(dict.fromkeys(name for name in variants if name and name != get["title"])),
        parent=get["parent_id"],
        source=" ".join(part for part in (get["geo_source"], get["geo_id"]) if part),
    )
    rest = {name: get[name] for name in COLUMNS if name in Entry.__slots__}
    return Entry(place=place, line=line, last_line=last_line, **rest)


def row_of(entry: Entry) -> list[str]:
    """Write an entry as the fields of a row, in the order of `COLUMNS`."""
    place = entry.place
    values = {
        "id": place.id,
        "title": place.name,
        "variants": SEPARATOR.join(place.aliases),
        "types": place.kind,
        "ccodes": place.country,
        "parent_id": place.parent,
        "lon": f"{place.longitude:.6f}".rstrip("0").rstrip("."),
        "lat": f"{place.latitude:.6f}".rstrip("0").rstrip("."),
        "radius_m": str(place.radius_m or ""),
    }
    return [values[name] if name in values else str(getattr(entry, name)) for name in COLUMNS]


def line_of(fields: Sequence[str], end: str = "\n") -> str:
    """Write fields as one line of CSV."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator=end).writerow(fields)
    return buffer.getvalue()


def with_divisions(entries: Iterable[Entry]) -> list[Entry]:
    """Fill in country and first-order division of each entry from the places that contain it."""
    listed = list(entries)
    by_id = {entry.place.id: entry for entry in listed}
    return [_with_division(entry, by_id) for entry in listed]


def _with_division(entry: Entry, by_id: Mapping[str, Entry]) -> Entry:
    country, admin1 = entry.place.country, entry.place.name if entry.place.kind == _DIVISION else ""
    above, seen = entry, {entry.place.id}
    while above.place.parent and above.place.parent not in seen:
        seen.add(above.place.parent)
        parent = by_id.get(above.place.parent)
        if parent is None:
            # Contained in a place of another gazetteer, of which the row has the name.
            admin1 = admin1 or above.parent_name
            break
        above = parent
        country = country or parent.place.country
        if parent.place.kind == _DIVISION:
            admin1 = admin1 or parent.place.name
    if (country, admin1) == (entry.place.country, entry.place.admin1):
        return entry
    return replace(entry, place=replace(entry.place, country=country, admin1=admin1))
