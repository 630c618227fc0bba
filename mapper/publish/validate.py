"""RFC 7946, checked as a careful reader would.

No validator on the shelf notices a coordinate out of range, longitude and
latitude swapped, a ``crs`` member, two features of one id or a ring wound the
wrong way. This one does, for any GeoJSON, not only ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, TypeGuard

from mapper.countries import extent_of, looks_swapped
from mapper.errors import InputError
from mapper.geo import DECIMALS
from mapper.publish import contract
from mapper.publish.geojson import parse_features

_DEPTH: Final[Mapping[str, int]] = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_WIDEST_SPAN: Final = 180.0


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something wrong, where it is, and why it matters.

    Parameters
    ----------
    path : str
        Such as ``incidents.geojson: features[3].geometry.coordinates``.
    reason : str
        In words, to follow the path in a sentence.
    certain : bool
        False for a suspicion: a person must look.
    """

    path: str
    reason: str
    certain: bool = True

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.path} {'' if self.certain else 'may be wrong: '}{self.reason}"


def validate_file(path: Path) -> list[Finding]:
    """Check a GeoJSON file of features against RFC 7946.

    Parameters
    ----------
    path : Path
        Read strictly: NaN, duplicate keys and half characters are findings.
        Where the properties have a `country` (ISO code), points are held to
        it: what lies in it only with longitude and latitude swapped is found.

    Returns
    -------
    list of Finding
        Empty for a valid file.

    Raises
    ------
    LimitError, OSError
        It is too large, or cannot be read.
    """
    try:
        return list(_collection_findings(parse_features(path), path.name))
    except InputError as fault:
        return [Finding(path.name, str(fault).removeprefix(path.name).lstrip(": "))]


def validate(document: object) -> list[Finding]:
    """Check a parsed FeatureCollection against RFC 7946; see `validate_file`.

    Examples
    --------
    >>> for finding in validate({"type": "FeatureCollection", "features": [], "crs": None}):
    ...     print(finding)
    crs was removed from GeoJSON by RFC 7946: coordinates are WGS 84
    """
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        return [Finding("type", "is not `FeatureCollection`")]
    found = list(_foreign(document, ""))
    found += _bbox(document.get("bbox"), "bbox") if "bbox" in document else []
    if not isinstance(document.get("features"), list):
        return [*found, Finding("features", "is not a list")]
    return [*found, *_collection_findings(document["features"], "")]


def _collection_findings(features: Iterable[object], name: str) -> Iterator[Finding]:
    seen: dict[str | int | float, int] = {}
    for index, item in enumerate(features):
        where = f"{name}{': ' if name else ''}features[{index}]"
        yield from _feature(item, where)
        key = item.get("id") if isinstance(item, dict) else None
        if isinstance(key, str | int | float) and not isinstance(key, bool):
            if key in seen:
                yield Finding(f"{where}.id", f"is that of features[{seen[key]}] too")
            seen.setdefault(key, index)


def _feature(item: object, where: str) -> Iterator[Finding]:
    if not isinstance(item, dict):
        yield Finding(where, "is not an object")
        return
    if item.get("type") != "Feature":
        yield Finding(f"{where}.type", "is not `Feature`")
    yield from _foreign(item, f"{where}.")
    key = item.get("id", "")
    if not (isinstance(key, str) or contract.NUMBER.holds(key)):
        yield Finding(f"{where}.id", "is neither text nor a number")
    for member in ("geometry", "properties"):
        if member not in item:
            yield Finding(f"{where}.{member}", "is missing (it may be null)")
    properties = item.get("properties")
    if properties is not None and not isinstance(properties, dict):
        yield Finding(f"{where}.properties", "is neither an object nor null")
    if "bbox" in item:
        yield from _bbox(item["bbox"], f"{where}.bbox")
    geometry = item.get("geometry")
    if geometry is None:
        return
    yield from _geometry(geometry, f"{where}.geometry")
    if isinstance(properties, dict) and isinstance(geometry, dict):
        yield from _misplaced(geometry, properties, f"{where}.geometry")


def _foreign(item: Mapping[str, Any], prefix: str) -> Iterator[Finding]:
    if "crs" in item:
        yield Finding(f"{prefix}crs", "was removed from GeoJSON by RFC 7946: coordinates are WGS 84")


def _geometry(geometry: object, where: str) -> Iterator[Finding]:
    if not isinstance(geometry, dict):
        yield Finding(where, "is neither an object nor null")
        return
    yield from _foreign(geometry, f"{where}.")
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        parts = geometry.get("geometries")
        if not isinstance(parts, list):
            yield Finding(f"{where}.geometries", "is not a list")
            return
        for index, part in enumerate(parts):
            yield from _geometry(part, f"{where}.geometries[{index}]")
    elif isinstance(kind, str) and kind in _DEPTH:
        yield from _coordinates(geometry.get("coordinates"), kind, _DEPTH[kind], f"{where}.coordinates")
    else:
        yield Finding(f"{where}.type", "is not a GeoJSON geometry")


def _coordinates(value: object, kind: str, depth: int, where: str) -> Iterator[Finding]:
    if depth == 0:
        yield from _position(value, where)
        return
    if not isinstance(value, list):
        yield Finding(where, "is not a list")
        return
    for index, part in enumerate(value):
        yield from _coordinates(part, kind, depth - 1, f"{where}[{index}]")
    if depth == 1 and kind.endswith("Polygon"):
        yield from _ring(value, where)
    elif depth == 1 and kind.endswith("LineString"):
        if len(value) < 2:
            yield Finding(where, "has fewer than two positions")
        yield from _crossing(value, where)


def _position(value: object, where: str) -> Iterator[Finding]:
    if not isinstance(value, list) or not 2 <= len(value) <= 3 or not all(map(contract.NUMBER.holds, value)):
        yield Finding(where, "is not a position: two numbers, longitude first (a height may follow)")
        return
    longitude, latitude = value[:2]
    if not -180 <= longitude <= 180:
        yield Finding(where, f"has longitude {longitude:g}, outside -180 to 180")
    if not -90 <= latitude <= 90:
        swapped = -180 <= latitude <= 180 and -90 <= longitude <= 90
        hint = ": longitude and latitude may be swapped" if swapped else ""
        yield Finding(where, f"has latitude {latitude:g}, outside -90 to 90{hint}")
    if longitude == 0 and latitude == 0:
        yield Finding(where, "is 0, 0: what a missing coordinate looks like", certain=False)
    if any(round(degrees, DECIMALS + 1) != degrees for degrees in (longitude, latitude)):
        yield Finding(where, "has more decimals than any measurement: a tenth of a metre is six", certain=False)


def _ring(ring: list[Any], where: str) -> Iterator[Finding]:
    if not all(_is_position(position) for position in ring):
        return
    if len(ring) < 4:
        yield Finding(where, "is a ring of fewer than four positions")
    elif ring[0] != ring[-1]:
        yield Finding(where, "is a ring that does not close")
    else:
        outer = where.endswith("[0]")
        area = sum(x1 * y2 - x2 * y1 for (x1, y1, *_), (x2, y2, *_) in pairwise(ring))
        if area == 0 or (area > 0) != outer:
            yield Finding(
                where, f"winds the wrong way: {'outer rings counter-clockwise' if outer else 'holes clockwise'}"
            )
    yield from _crossing(ring, where)


def _is_position(value: object) -> TypeGuard[list[Any]]:
    return isinstance(value, list) and len(value) >= 2 and all(map(contract.NUMBER.holds, value))


def _crossing(line: list[Any], where: str) -> Iterator[Finding]:
    """Notice a line drawn around the Earth, where it was to cross the antimeridian (RFC 7946, 3.1.9)."""
    if not all(_is_position(position) for position in line):
        return
    if any(abs(a[0] - b[0]) > _WIDEST_SPAN for a, b in pairwise(line)):
        yield Finding(where, "spans more than half the Earth: cut it at the antimeridian", certain=False)


def _bbox(box: object, where: str) -> Iterator[Finding]:
    if not isinstance(box, list) or len(box) not in {4, 6} or not all(map(contract.NUMBER.holds, box)):
        yield Finding(where, "is not west, south, east, north")
        return
    half = len(box) // 2
    west, south, east, north = box[0], box[1], box[half], box[half + 1]
    if south > north:
        yield Finding(where, "has its south north of its north")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and south >= -90 and north <= 90):
        yield Finding(where, "is out of range")
    elif east - west > _WIDEST_SPAN:
        # West greater than east is how RFC 7946 (5.2) writes a box across the antimeridian.
        yield Finding(where, "spans more than half the Earth: across the antimeridian west is greater", certain=False)


def _misplaced(geometry: Mapping[str, Any], properties: Mapping[str, Any], where: str) -> Iterator[Finding]:
    """Hold a point to the country that its feature states."""
    country, position = properties.get("country"), geometry.get("coordinates")
    if not isinstance(country, str) or geometry.get("type") != "Point" or not _is_position(position):
        return
    longitude, latitude = position[:2]
    extent = extent_of(country)
    if looks_swapped(longitude, latitude, country):
        yield Finding(where, f"is outside {country}, and inside with longitude and latitude swapped", certain=False)
    elif extent and not extent.holds(longitude, latitude) and properties.get("precision") != "sea":
        yield Finding(where, f"is outside {country}", certain=False)
