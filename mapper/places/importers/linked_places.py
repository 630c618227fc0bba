"""Linked Places, the exchange format of historical gazetteers: JSON-LD (a kind of GeoJSON) and TSV.

Plain GeoJSON with named features is read too. The JSON is read feature by
feature, so that a file may be larger than memory.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

from mapper.errors import GazetteerError, Report
from mapper.model import Place
from mapper.places.importers.lines import opened
from mapper.places.importers.rows import BadRowError, csv_rows, named, place_of
from mapper.places.importers.tally import Progress, Tally

FEATURE_LIMIT: Final = 8_000_000
"""Largest single feature, characters."""

_BLOCK: Final = 1 << 18
_HEAD_LIMIT: Final = 4_000_000
_FEATURES: Final = re.compile(r'"features"\s*:\s*\[')
_POINT: Final = re.compile(
    r"\s{0,8}(?:MULTI)?POINT\s{0,8}\({1,3}\s{0,8}(-?[\d.]{1,20})\s{1,8}(-?[\d.]{1,20})", re.IGNORECASE
)
_BROADER: Final = re.compile(r"broader|partof|part_of|within|parent", re.IGNORECASE)


def read(path: Path, report: Report, *, progress: Progress | None = None) -> Iterator[Place]:
    """Read a Linked Places file, one place at a time.

    Parameters
    ----------
    path : Path
        JSON, a FeatureCollection or a feature a line; or TSV.
    report : Report
        Is told of what is left out: the number of the feature, or of the line.
    progress : Progress, optional
        Is told how many were read.

    Raises
    ------
    GazetteerError
        The file cannot be read, or is not of this format.
    """
    with opened(path) as stream:
        head = stream.read(2_000).lstrip()
    if head.startswith((b"{", b"[")):
        yield from _from_json(path, report, progress)
    else:
        yield from _from_tsv(path, report, progress)


def _from_tsv(path: Path, report: Report, progress: Progress | None) -> Iterator[Place]:
    tally = Tally(path.name, report, progress)
    with csv_rows(path) as (header, rows):
        if "title" not in header or not ({"lon", "lat"} <= set(header) or "geowkt" in header):
            raise GazetteerError(f"{path.name} is not Linked Places: no columns title, lon and lat")
        for line, row in rows:
            try:
                place = _place_of_tsv(named(header, row), f"{path.stem}:{line}", path.name)
            except BadRowError as fault:
                tally.refuse(line, fault.kind, fault.what)
                continue
            tally.accept()
            yield place
    tally.close()


def _place_of_tsv(cells: dict[str, str], identifier: str, source: str) -> Place:
    longitude, latitude = cells.get("lon", ""), cells.get("lat", "")
    if not (longitude and latitude) and (found := _POINT.match(cells.get("geowkt", "")[:200])):
        longitude, latitude = found.groups()
    # "name@ar-arab": the language of a variant follows it.
    variants = [re.sub(r"@[\w-]{2,20}$", "", v.strip()) for v in cells.get("variants", "").split(";")]
    values = {
        "id": cells.get("id", ""),
        "name": cells.get("title", ""),
        "longitude": longitude,
        "latitude": latitude,
        "kind": f"{cells.get('aat_types', '')} {cells.get('types', '')}",
        "country": cells.get("ccodes", "").split(";")[0].strip(),
        "aliases": ";".join(variants),
        "parent": cells.get("parent_id", ""),
        "admin1": cells.get("parent_name", ""),
        "source": cells.get("geo_source", "") or cells.get("title_source", ""),
    }
    return place_of(values, identifier=identifier, source=source)


def _from_json(path: Path, report: Report, progress: Progress | None) -> Iterator[Place]:
    tally = Tally(path.name, report, progress)
    number = 0
    for feature in features(path):
        number += 1
        try:
            place = _place_of_feature(feature, f"{path.stem}:{number}", path.name)
        except BadRowError as fault:
            tally.refuse(number, fault.kind, fault.what)
            continue
        tally.accept()
        yield place
    tally.close()


def features(path: Path) -> Iterator[Any]:
    """Yield the features of a GeoJSON file one by one: of a collection, of an array, or one a line.

    Raises
    ------
    GazetteerError
        The file cannot be read, or is not JSON of this shape.
    """
    with opened(path) as stream:
        reader = _Buffer(path.name, stream)
        reader.to_features()
        yield from reader.values()


class _Buffer:
    """Text of a file, decoded value by value as far as it has been read."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self._name, self._stream = name, stream
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._json = json.JSONDecoder()
        self._text, self._at, self._ended = "", 0, False

    def _more(self) -> bool:
        if self._ended:
            return False
        block = self._stream.read(_BLOCK)
        self._ended = not block
        self._text = self._text[self._at :] + self._decode(block, final=self._ended)
        self._at = 0
        return True

    def to_features(self) -> None:
        """Go to the first feature: of a collection's list, of a list, or of the file itself."""
        self._more()
        while not self._text.strip() and self._more():
            pass
        self._at = len(self._text) - len(self._text.lstrip())
        if self._text.startswith("[", self._at):
            self._at += 1
            return
        while True:
            found = _FEATURES.search(self._text, self._at)
            if found:
                self._at = found.end()
                return
            # Features one a line have no collection around them.
            if self._ended or len(self._text) > _HEAD_LIMIT or self._is_feature():
                return
            self._more()

    def _is_feature(self) -> bool:
        return re.match(r'\s*\{\s*"(?:type|@id|id)"\s*:\s*"Feature"', self._text[self._at : self._at + 200]) is not None

    def values(self) -> Iterator[Any]:
        """Yield the values from here to the end of their list, or of the file."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n,\x1e":
                self._at += 1
            if self._at < len(self._text):
                if self._text[self._at] in "]}":
                    return
                try:
                    value, self._at = self._json.raw_decode(self._text, self._at)
                except json.JSONDecodeError as fault:
                    if self._ended or len(self._text) - self._at > FEATURE_LIMIT:
                        raise GazetteerError(f"{self._name}: not JSON ({fault.msg}). Is the file whole?") from fault
                except (RecursionError, ValueError) as fault:
                    raise GazetteerError(f"{self._name}: JSON of a shape that no gazetteer has") from fault
                else:
                    yield value
                    continue
            if not self._more():
                return


def _place_of_feature(feature: Any, identifier: str, source: str) -> Place:  # noqa: ANN401 - whatever the JSON holds
    if not isinstance(feature, dict):
        raise BadRowError("not a feature")
    properties = _dict(feature.get("properties"))
    names = [_text(n.get("toponym")) for n in _dicts(feature.get("names"))]
    title = _text(properties.get("title") or properties.get("name") or properties.get("name:en"))
    position = _position(feature.get("geometry"))
    if position is None:
        raise BadRowError("no position")
    types = [_text(t.get(key)) for t in _dicts(feature.get("types")) for key in ("identifier", "label", "sourceLabel")]
    parents = [r for r in _dicts(feature.get("relations")) if _BROADER.search(_text(r.get("relationType"))[:100])]
    ccodes = properties.get("ccodes") or properties.get("country") or ""
    values = {
        "id": _text(feature.get("@id") or feature.get("id")),
        "name": title or (names[0] if names else ""),
        "longitude": str(position[0]),
        "latitude": str(position[1]),
        "country": _text(ccodes[0] if isinstance(ccodes, list) and ccodes else ccodes),
        "aliases": ";".join(name.replace(";", " ") for name in names),
        "parent": _text(parents[0].get("relationTo")) if parents else "",
        "admin1": _text(parents[0].get("label")) if parents else _text(properties.get("admin1")),
        "population": _text(properties.get("population")),
        "radius_m": _text(properties.get("radius_m")),
        "source": _text(properties.get("source")),
        "kind": " ".join([*types, *(_text(c) for c in _list(properties.get("fclasses")))])
        or _text(properties.get("kind") or properties.get("place")),
    }
    return place_of(values, identifier=identifier, source=source)


def _position(geometry: Any) -> tuple[float, float] | None:  # noqa: ANN401 - whatever the JSON holds
    """Return a point of a geometry: itself, or the middle of its outline."""
    if not isinstance(geometry, dict):
        return None
    if geometry.get("type") == "GeometryCollection":
        return next((p for p in map(_position, _dicts(geometry.get("geometries"))) if p is not None), None)
    points = list(_points(geometry.get("coordinates"), depth=5))
    if not points:
        return None
    longitudes, latitudes = [p[0] for p in points], [p[1] for p in points]
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def _points(coordinates: Any, depth: int) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - whatever the JSON holds
    if not isinstance(coordinates, list) or depth == 0:
        return
    if len(coordinates) >= 2 and all(isinstance(c, int | float) and not isinstance(c, bool) for c in coordinates[:2]):
        try:
            yield float(coordinates[0]), float(coordinates[1])
        except OverflowError:
            return
        return
    for inner in coordinates:
        yield from _points(inner, depth - 1)


def _dict(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the JSON holds
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - whatever the JSON holds
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _list(value: Any) -> list[Any]:  # noqa: ANN401 - whatever the JSON holds
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the JSON holds
    return str(value)[:2_000] if isinstance(value, str | int | float) and not isinstance(value, bool) else ""
