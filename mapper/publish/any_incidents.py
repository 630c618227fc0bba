"""Reads incidents that someone else wrote or edited, as features of the contract.

A map should serve whoever keeps a table by hand, without the extractor. So
this reader is patient: it knows the usual names of columns, takes what it
understands, and reports each thing it does not, with its row, instead of
guessing or stopping.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mapper import files, geo
from mapper.cells import OpenQuotes, allow_long_cells, delimiter_of, open_quote
from mapper.errors import InputError, Problem, Report
from mapper.publish import contract
from mapper.publish.any_json import json_items
from mapper.publish.any_positions import Order, position_in
from mapper.publish.any_values import (
    number_of,
    rows_of,
    text_of,
    texts_of,
    toll_range,
)
from mapper.publish.geojson import INCIDENTS_LIMIT, Feature
from mapper.publish.kept import surely_keeps
from mapper.table_dates import day_range, edtf_of, why_unread

_LAT: Final = ("lat", "latitude")
_LON: Final = ("lon", "lng", "long", "longitude")
_MARKS: Final = ("", "_", ",", "/")

USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "id": (
        "id",
        "incident_id",
        "code",
        "reference",
        "unique_id",
        "event_id",
        "eventid",
        "event_id_cnty",
        "unique_reference_code",
    ),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
    "latitude": ("latitude", "lat", "y"),
    "latlon": (*(f"{lat}{mark}{lon}" for lat in _LAT for mark in _MARKS for lon in _LON), "gps"),
    "lonlat": (*(f"{lon}{mark}{lat}" for lat in _LAT for mark in _MARKS for lon in _LON), "wkt"),
    "position": ("position", "coordinates", "coords", "geo", "geom", "geopoint", "point"),
    "title": ("title", "name", "headline", "event", "what", "summary", "description", "notes"),
    "date": ("date", "event_date", "incident_date", "date_edtf", "date_start", "when"),
    "date_end": ("date_end", "end_date"),
    "place_as_written": (
        *("place_as_written", "place", "location", "location_name", "where", "town", "village", "settlement"),
        "where_coordinates",
    ),
    "place_name": ("place_name",),
    "admin1": ("admin1", "governorate", "province", "region", "state"),
    "country": ("country", "country_code", "iso2"),
    "event_type": ("event_type", "type", "sub_event_type", "category"),
    "actors": ("actors", "actor", "actor1", "belligerent", "belligerents", "perpetrator", "side_a"),
    "killed": ("killed", "deaths", "dead", "fatalities", "civilians_killed", "civilian_deaths", "best"),
    "killed_min": ("minimum_civilian_deaths", "civilian_deaths_min", "deaths_min", "min_deaths", "low"),
    "killed_max": ("maximum_civilian_deaths", "civilian_deaths_max", "deaths_max", "max_deaths", "high"),
    "injured": ("injured", "wounded", "injuries", "civilian_injuries"),
    "injured_min": ("minimum_civilian_injuries", "civilian_injuries_min", "injuries_min"),
    "injured_max": ("maximum_civilian_injuries", "civilian_injuries_max", "injuries_max"),
    "url": ("url", "link", "source_url", "urls", "source_links"),
    "publisher": ("publisher", "source", "outlet", "sources", "publishers"),
    "quote": ("quote", "text", "excerpt"),
    "source_title": ("source_title", "article", "article_title", "source_headline"),
    "published": ("published", "publication_date", "source_date"),
}
"""What the columns of other people's tables are usually called, under the name we use."""

_DELIMITERS: Final = ",;\t|"
_BEFORE_DATA: Final = 1 << 16
_ZIP: Final = b"PK\x03\x04"
_AROUND_MARK: Final = re.compile(r"_?([,/])_?")


def read_any(path: Path, columns: Mapping[str, str], report: Report) -> Iterator[Feature]:
    """Read a GeoJSON, JSON or CSV file of incidents, whoever wrote it.

    Parameters
    ----------
    path : Path
        JSON in any of the forms of `any_json.json_items`, or any table with a
        line of column names.
    columns : mapping of str to str
        Names of ours (those of the contract, or of `USUAL`) to those of the
        file, where they are not the usual ones.
    report : callable
        Is told, row by row, what could not be used.

    Yields
    ------
    dict
        Features that keep the contract. A row without usable coordinates has
        no point, and is listed all the same.

    Raises
    ------
    InputError
        The file is no table and no FeatureCollection, or lacks a column that
        `columns` names.
    """
    if not path.is_file():
        raise InputError(f"{path}: there is no such file.")
    seen: dict[str, int] = {}
    records = _geojson(path, columns) if _is_json(path) else _table(path, columns, report)
    for number, (where, record, geometry) in enumerate(records, 1):
        if isinstance(record, _Kept):
            feature = dict(record.feature)
        else:
            feature = _feature(_named(record, columns), geometry, where, report)
        feature["id"] = _own_id(feature["id"] or f"row-{number}", seen, where, report)
        yield feature


def _is_json(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(_BEFORE_DATA).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"[", b"\x1e"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A feature that keeps the contract already."""

    feature: Feature


_Record = tuple[str, Mapping[str, Any] | _Kept, Any]


def _geojson(path: Path, columns: Mapping[str, str]) -> Iterator[_Record]:
    """Give each feature as (where, its properties and id, geometry), or as it is if that is how we write it."""
    for where, item in json_items(path):
        if not columns and surely_keeps(item):
            yield where, _Kept(item), None
            continue
        if not isinstance(item, Mapping) or not isinstance(item.get("properties") or {}, Mapping):
            raise InputError(f"{where}: is not a GeoJSON feature with properties, nor an object with columns.")
        if item.get("type") == "Feature" or "properties" in item:
            properties = dict(item.get("properties") or {})
            if item.get("id") is not None:
                properties["id"] = item["id"]
        else:
            properties = {name: value for name, value in item.items() if name != "geometry"}
        yield where, properties, item.get("geometry")


def _table(path: Path, columns: Mapping[str, str], report: Report) -> Iterator[_Record]:
    data = files.read_bytes(path, limit=INCIDENTS_LIMIT // 4)
    if data.startswith(_ZIP):
        raise InputError(f"{path.name} is a spreadsheet or an archive. Save it as “CSV UTF-8”, and give that.")
    text = _decoded(data, path.name)
    delimiter = delimiter_of(text.split("\n", 1)[0], _DELIMITERS)
    allow_long_cells()
    lines = OpenQuotes(io.StringIO(text, newline=""), delimiter)
    reader = csv.DictReader(lines, delimiter=delimiter, restkey="", restval="")
    header = [name.strip() for name in reader.fieldnames or ()]
    if len(header) < 2:
        raise InputError(f"{path.name} is neither GeoJSON nor a table: its first line must name the columns.")
    missing = [theirs for theirs in columns.values() if theirs not in header]
    if missing:
        raise InputError(f"{path.name} has no column {missing[0]!r}; it has: {', '.join(header[:30])}.")
    reader.fieldnames = header
    # What was read so far is the line of names.
    lines.swallowed()
    known = {_plain(name) for name in header} | set(columns)
    paired = known & {*USUAL["latlon"], *USUAL["lonlat"], *USUAL["position"]}
    if not paired and not known & {*USUAL["longitude"], *USUAL["place_as_written"], *USUAL["title"]}:
        raise InputError(
            f"{path.name}: no column was recognised as a place, a position or a title. Its columns are "
            f"{', '.join(header[:30])}. Say which is which, such as --map latitude=THEIRS --map title=THEIRS."
        )
    if not paired and not (known & {*USUAL["longitude"]} and known & {*USUAL["latitude"]}):
        advice = "say which they are: --map longitude=THEIRS --map latitude=THEIRS, or --map latlon=THEIRS if it is one"
        report(Problem(path.name, f"no columns of longitude and latitude were recognised; {advice}."))
    for row in reader:
        if swallowed := lines.swallowed():
            report(Problem(f"{path.name}, line {reader.line_num - swallowed + 1}", open_quote(swallowed)))
        if any(value for name, value in row.items() if name):
            yield f"{path.name}, line {reader.line_num}", {k: v for k, v in row.items() if k}, None


def _decoded(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "utf-16") if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return data.decode(encoding).replace("\0", "\ufffd")
        except UnicodeDecodeError:
            continue
    raise InputError(f"{name} is not UTF-8. Save it again as “CSV UTF-8”, so that names keep their letters.")


def _named(record: Mapping[str, Any], columns: Mapping[str, str]) -> dict[str, Any]:
    """Give a record under our names: those that were asked for first, then exact ones, then the usual ones."""
    named = {ours: record[theirs] for ours, theirs in columns.items() if theirs in record}
    taken = set(columns.values())
    lower = {_plain(str(name)): name for name in record if name not in taken}
    for name in (*contract.PROPERTIES, "id"):
        if name in lower and name not in named:
            named[name] = record[lower[name]]
    for ours, usual in USUAL.items():
        if ours not in named:
            found = next((lower[name] for name in usual if name in lower), None)
            if found is not None:
                named[ours] = record[found]
    return named


def _plain(name: str) -> str:
    """Write the name of a column as `USUAL` does: "Lat, Lon" is "lat,lon"."""
    return _AROUND_MARK.sub(r"\1", name.strip().lower().replace(" ", "_"))


def _feature(record: Mapping[str, Any], geometry: object, where: str, report: Report) -> Feature:
    properties = {name: _own(kind, name, record.get(name)) for name, kind in contract.PROPERTIES.items()}
    for group in ("killed", "injured"):
        _fill_toll(properties, record, group, where, report)
    _fill_date(properties, record, where, report)
    _fill_source(properties, record)
    _fill_title(properties)
    position = _position(geometry, record, where, report)
    if position is not None and not properties["method"]:
        properties["method"] = "given"
    return {
        "type": "Feature",
        "id": text_of(record.get("id")),
        "geometry": None if position is None else {"type": "Point", "coordinates": list(position)},
        "properties": properties,
    }


def _own(kind: contract.Kind, name: str, value: object) -> Any:  # noqa: ANN401 - as the contract has it
    """Read one property; what does not fit the contract is "not stated"."""
    if kind is contract.ROWS:
        return rows_of(name, value)
    if kind is contract.TEXTS:
        return texts_of(value)
    if kind is contract.COUNT:
        number = number_of(value)
        return None if number is None or number < 0 else int(number)
    if kind is contract.NUMBER:
        return number_of(value) or 0.0
    if kind is contract.BOOLEAN:
        return value is True or text_of(value).lower() in {"true", "yes", "1"}
    text = text_of(value)
    return text if kind.holds(text) else contract.EMPTY[name]


def _fill_toll(properties: Feature, record: Mapping[str, Any], group: str, where: str, report: Report) -> None:
    if properties[f"{group}_min"] is not None or properties[f"{group}_max"] is not None or group not in record:
        return
    found = toll_range(record[group])
    if found is None:
        report(Problem(where, f"{group} {text_of(record[group])[:40]!r} is no number or range; left out."))
        return
    properties[f"{group}_min"], properties[f"{group}_max"] = found


def _fill_date(properties: Feature, record: Mapping[str, Any], where: str, report: Report) -> None:
    text = text_of(record.get("date"))
    if properties["date_start"] or not text:
        properties["date_end"] = properties["date_end"] or properties["date_start"]
        return
    days = day_range(text)
    properties["date_text"] = properties["date_text"] or text
    if days is None:
        report(Problem(where, f"the date {text[:40]!r} {why_unread(text)}; shown as written only."))
        return
    properties["date_start"], properties["date_end"] = days[0], properties["date_end"] or days[1]
    properties["date_edtf"] = properties["date_edtf"] or edtf_of(*days)


def _fill_source(properties: Feature, record: Mapping[str, Any]) -> None:
    """Make a source of the columns that name one, where the file has no sources of its own."""
    if properties["sources"]:
        return
    fields = {
        "url": text_of(record.get("url")),
        "publisher": text_of(record.get("publisher")),
        "title": text_of(record.get("source_title")),
        "published": text_of(record.get("published")),
    }
    quote = text_of(record.get("quote"))
    if not any(fields.values()) and not quote:
        return
    identity = hashlib.sha256("\n".join(fields.values()).encode("utf-8", "backslashreplace")).hexdigest()[:12]
    source = {**dict.fromkeys(contract.SOURCE, ""), **fields, "id": f"given-{identity}"}
    properties["sources"] = [source]


def _fill_title(properties: Feature) -> None:
    if not properties["title"]:
        parts = (properties["event_type"].replace("unknown", ""), properties["place_as_written"])
        properties["title"] = ", ".join(part for part in parts if part)


def _position(geometry: object, record: Mapping[str, Any], where: str, report: Report) -> tuple[float, float] | None:
    longitude, latitude = number_of(record.get("longitude")), number_of(record.get("latitude"))
    if isinstance(geometry, Mapping):
        points = list(_points(geometry.get("coordinates")))
        if not points:
            reason = "has no coordinates in degrees; export it again in WGS 84 (EPSG:4326)"
            report(Problem(where, f"the geometry {reason}; shown without a place."))
            return None
        if geometry.get("type") != "Point":
            report(Problem(where, f"a {geometry.get('type')} is shown by its centre."))
        longitude, latitude, _ = geo.covering_circle(points)
    if longitude is None and latitude is None and not isinstance(geometry, Mapping):
        longitude, latitude = _paired(record, where, report)
    if longitude is None or latitude is None:
        if text_of(record.get("longitude")) or text_of(record.get("latitude")):
            report(Problem(where, "longitude and latitude are not both numbers; shown without a place."))
        return None
    fault = geo.coordinate_fault(longitude, latitude)
    if fault is not None:
        report(Problem(where, f"{fault}; shown without a place."))
        return None
    return geo.rounded(longitude), geo.rounded(latitude)


def _paired(record: Mapping[str, Any], where: str, report: Report) -> tuple[float, float] | tuple[None, None]:
    """Read the position of a column that holds both numbers."""
    orders: tuple[tuple[str, Order], ...] = (("latlon", "latlon"), ("lonlat", "lonlat"), ("position", ""))
    for name, order in orders:
        text = text_of(record.get(name))
        if text:
            found = position_in(text, order)
            if not isinstance(found, str):
                return found
            report(Problem(where, f"the position {text[:40]!r} {found}; shown without a place."))
    return None, None


def _points(coordinates: object) -> Iterator[tuple[float, float]]:
    """Give every position inside a geometry, however deep it lies."""
    waiting: list[object] = [coordinates]
    while waiting:
        part = waiting.pop()
        if not isinstance(part, list) or not part:
            continue
        numbers = [number_of(value) if not isinstance(value, str) else None for value in part[:2]]
        if len(numbers) == 2 and numbers[0] is not None and numbers[1] is not None:
            if abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90:
                yield numbers[0], numbers[1]
        else:
            waiting.extend(reversed(part))


def _own_id(wanted: str, seen: dict[str, int], where: str, report: Report) -> str:
    times = seen[wanted] = seen.get(wanted, 0) + 1
    if times == 1:
        return wanted
    report(Problem(where, f"the id {wanted[:40]!r} was used before; a number is added."))
    return _own_id(f"{wanted}-{times}", seen, where, report)
