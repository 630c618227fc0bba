"""OCHA's common operational datasets: tables of populated places and divisions with P-codes, CSV or XLSX.

Their columns have had several names over the years (``admin1Name_en``,
``ADM1_EN``, ``adm1_name``); each is read. Rows of HXL tags (``#adm1+name``) are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mapper.errors import GazetteerError, Report
from mapper.model import Place
from mapper.places.importers.rows import BadRowError, csv_rows, place_of
from mapper.places.importers.sheets import sheets
from mapper.places.importers.tally import Progress, Tally

_LEVEL: Final = re.compile(r"adm(?:in)?_?([0-5])_?(.*)")
_LONGITUDE: Final = frozenset("longitude lon lng long x x_coord xcoord longitude_x lon_x point_x center_lon".split())  # noqa: SIM905
_LATITUDE: Final = frozenset("latitude lat y y_coord ycoord latitude_y lat_y point_y center_lat".split())  # noqa: SIM905
_PLACE_NAME: Final = re.compile(
    r"(?:ppl|pp|place|settlement|location|community|featurename|feature|village|loc)?_?(?:name)?(?:_?(en|ar|ku|local|ref|alt\w*))?"
)
_PLACE_CODE: Final = re.compile(r"(?:ppl|pp|place|location|feature|settlement|community)?_?p_?code")
_KIND: Final = frozenset("ppl_type type class feature_type featureclass ppl_class kind".split())  # noqa: SIM905
_POPULATION: Final = frozenset("population pop total_pop pop_total ppl_pop".split())  # noqa: SIM905
_LOOK_FOR_HEADER: Final = 10
_KINDS: Final = {0: "country", 1: "governorate", 2: "district", 3: "district"}


@dataclass(slots=True)
class Columns:
    """Where a table has what: the numbers of its columns."""

    longitude: int = -1
    latitude: int = -1
    names: dict[int, list[int]] = field(default_factory=dict)
    codes: dict[int, int] = field(default_factory=dict)
    kind: int = -1
    population: int = -1

    @property
    def finest(self) -> int:
        """The level that a row is about: 9 for populated places, else that of the division."""
        return max(self.names, default=-1)

    def usable(self) -> bool:
        """Say whether the table has names, codes and positions."""
        return self.longitude >= 0 and self.latitude >= 0 and bool(self.names) and bool(self.codes)


PLACES: Final = 9
"""The level of populated places, below every division."""


def columns_of(header: Sequence[str]) -> Columns:
    """Recognise the columns of a table.

    Examples
    --------
    >>> found = columns_of(["admin1Name_en", "admin1Name_ar", "admin1Pcode", "PPL_NAME_EN", "PCODE", "Latitude", "Longitude"])
    >>> found.names, found.codes, (found.longitude, found.latitude)
    ({1: [0, 1], 9: [3]}, {1: 2, 9: 4}, (6, 5))
    """  # noqa: E501 - one header, one line
    columns = Columns()
    for number, written in enumerate(header):
        name = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", written.strip()[:60]).lower()).strip("_")
        level = _LEVEL.fullmatch(name)
        if name in _LONGITUDE and columns.longitude < 0:
            columns.longitude = number
        elif name in _LATITUDE and columns.latitude < 0:
            columns.latitude = number
        elif level and "code" in level[2]:
            columns.codes.setdefault(int(level[1]), number)
        elif level and re.fullmatch(r"(?:name\d?|ref_?name|alt\d?_?name)?_?(?:en|ar|ku|fr|local|alt\d?\w*)?", level[2]):
            columns.names.setdefault(int(level[1]), []).append(number)
        elif _PLACE_CODE.fullmatch(name):
            columns.codes.setdefault(PLACES, number)
        elif name in _KIND and columns.kind < 0:
            columns.kind = number
        elif name in _POPULATION and columns.population < 0:
            columns.population = number
        elif name and _PLACE_NAME.fullmatch(name):
            columns.names.setdefault(PLACES, []).append(number)
    return columns


def read(path: Path, report: Report, *, progress: Progress | None = None) -> Iterator[Place]:
    """Read a table of populated places or divisions, one place at a time.

    Parameters
    ----------
    path : Path
        CSV or XLSX.
    report : Report
        Is told of rows that are left out, with their line numbers.
    progress : Progress, optional
        Is told how many rows were read.

    Yields
    ------
    Place
        With its P-code as id, its names in English and Arabic, and its divisions.

    Raises
    ------
    GazetteerError
        The file cannot be read, or no table in it has names, P-codes and positions.
    """
    tally = Tally(path.name, report, progress)
    with _tables(path) as tables:
        for header, rows in tables:
            columns = columns_of(header)
            if not columns.usable():
                continue
            for line, row in rows:
                if any(cell.startswith("#") for cell in row[:3]):
                    continue
                try:
                    place = _place_of(columns, row, path.name)
                except BadRowError as fault:
                    tally.refuse(line, fault.kind, fault.what)
                    continue
                tally.accept()
                yield place
            tally.close()
            return
    message = f"{path.name}: no table with names, P-codes, longitude and latitude. Import it as CSV with a column map."
    raise GazetteerError(message)


def looks_like_cod(header: Sequence[str]) -> bool:
    """Say whether a header is one of these tables'."""
    columns = columns_of(header)
    return columns.usable()


def _place_of(columns: Columns, row: Sequence[str], source: str) -> Place:
    def cell(number: int) -> str:
        return row[number].strip() if 0 <= number < len(row) else ""

    level = columns.finest
    names = [name for name in map(cell, columns.names[level]) if name]
    code = cell(columns.codes.get(level, -1))
    deepest = code or next((c for _, n in sorted(columns.codes.items(), reverse=True) if (c := cell(n))), "")
    values = {
        "id": code,
        "name": names[0] if names else "",
        "longitude": cell(columns.longitude),
        "latitude": cell(columns.latitude),
        "kind": cell(columns.kind),
        "country": deepest[:2] if deepest[:2].isalpha() else "",
        "admin1": cell(columns.names.get(1, [-1])[0]),
        "admin2": cell(columns.names.get(2, [-1])[0]),
        "aliases": ";".join(name.replace(";", " ") for name in names[1:]),
        "population": cell(columns.population),
        "parent": next((cell(columns.codes[n]) for n in sorted(columns.codes, reverse=True) if n < level), ""),
    }
    if not code:
        raise BadRowError("no P-code")
    return place_of(values, identifier=code, source=source, kind=_KINDS.get(level, "village"))


@contextmanager
def _tables(path: Path) -> Iterator[Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]]:
    with path.open("rb") as stream:
        is_archive = stream.read(4) == b"PK\x03\x04"
    if is_archive:
        with sheets(path) as found:
            yield (_with_header(rows) for rows in found)
        return
    with csv_rows(path) as table:
        yield iter([table])


def _with_header(rows: Iterator[tuple[int, list[str]]]) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Find the header among a sheet's first rows: titles and notes may stand above it."""
    for _, (_, row) in zip(range(_LOOK_FOR_HEADER), rows, strict=False):
        if columns_of(row).usable():
            return row, rows
    return [], rows
