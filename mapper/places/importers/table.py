"""Any table with a row for each place: CSV by a map of its columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from mapper.errors import GazetteerError, Report
from mapper.model import Place
from mapper.places.importers.rows import FIELDS, BadRowError, csv_rows, named, place_of
from mapper.places.importers.tally import Progress, Tally

_USUAL: Final = {
    "id": "id place_id pcode p_code geonameid geoname_id uid osm_id",
    "name": "name title place place_name placename toponym name_en english_name name_english label",
    "longitude": "longitude lon lng long x lon_x longitude_x point_x x_coord xcoord",
    "latitude": "latitude lat y lat_y latitude_y point_y y_coord ycoord",
    "kind": "kind type types class feature_type place_type ppl_type feature_class",
    "country": "country country_code countrycode ccodes ccode iso iso2 cc",
    "admin1": "admin1 governorate province state admin1_name adm1_en adm1_name region",
    "admin2": "admin2 district admin2_name adm2_en adm2_name",
    "aliases": "aliases alias variants alternatenames alternate_names other_names name_ar arabic arabic_name "
    "name_local local_name altname ascii_name asciiname",
    "population": "population pop pop_total",
    "radius_m": "radius_m radius uncertainty_m",
    "parent": "parent parent_id",
    "source": "source geo_source",
}
_NEEDED: Final = ("name", "longitude", "latitude")


def read(
    path: Path, report: Report, mapping: Mapping[str, str] | None = None, *, progress: Progress | None = None
) -> Iterator[Place]:
    """Read a CSV or TSV file, one place at a time.

    Parameters
    ----------
    path : Path
        Commas, semicolons or tabs; the first line names the columns.
    report : Report
        Is told of rows that are left out, with their line numbers.
    mapping : mapping of str to str, optional
        From our names (`rows.FIELDS`) to the file's; several columns with a
        comma between them (``aliases``: ``name_ar,name_ku``). What it does
        not say is guessed from the usual names of columns.
    progress : Progress, optional
        Is told how many rows were read.

    Raises
    ------
    GazetteerError
        The file cannot be read, or has no columns for name and position.
    """
    tally = Tally(path.name, report, progress)
    with csv_rows(path) as (header, rows):
        columns = columns_of(path, header, mapping or {})
        for line, row in rows:
            try:
                cells = named(header, row)
                values = {ours: ";".join(filter(None, (cells.get(t, "") for t in theirs))) for ours, theirs in columns}
                place = place_of(values, identifier=f"{path.stem}:{line}", source=path.name)
            except BadRowError as fault:
                tally.refuse(line, fault.kind, fault.what)
                continue
            tally.accept()
            yield place
    tally.close()


def columns_of(path: Path, header: Sequence[str], mapping: Mapping[str, str]) -> list[tuple[str, list[str]]]:
    """Find out which of the file's columns hold what.

    Raises
    ------
    GazetteerError
        A column that the mapping names is not there, or one that is needed is in no usual place.
    """
    unknown = sorted(set(mapping) - set(FIELDS))
    if unknown:
        message = f"{unknown[0]!r} is not one of our columns: {', '.join(FIELDS)}"
        raise GazetteerError(message)
    columns: dict[str, list[str]] = {}
    for ours, theirs in mapping.items():
        wanted = [theirs] if theirs in header else [name.strip() for name in theirs.split(",") if name.strip()]
        absent = [name for name in wanted if name not in header]
        if absent or not wanted:
            message = f"{path.name} has no column {theirs!r}. It has: {_shown(header)}"
            raise GazetteerError(message)
        columns[ours] = wanted
    taken = {name for names in columns.values() for name in names}
    by_usual = {_usual(name): name for name in reversed(header)}
    for ours in FIELDS:
        usual = [by_usual[name] for name in _USUAL[ours].split() if name in by_usual and by_usual[name] not in taken]
        if ours not in columns and usual:
            columns[ours] = usual if ours == "aliases" else usual[:1]
            taken.update(columns[ours])
    lacking = [ours for ours in _NEEDED if ours not in columns]
    if lacking:
        said = " ".join(f"--map {ours}=COLUMN" for ours in lacking)
        message = (
            f"{path.name}: which column is the {' and the '.join(lacking)}? "
            f"Import it with `mapper gazetteer import csv {path.name} {said}`. It has: {_shown(header)}"
        )
        raise GazetteerError(message)
    return list(columns.items())


def _usual(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _shown(header: Sequence[str]) -> str:
    return ", ".join(repr(name[:30]) for name in header[:30]) or "nothing"
