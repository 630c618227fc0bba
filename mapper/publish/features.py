"""Incidents as features: read one at a time, checked, with every property in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from mapper import geo
from mapper.errors import InputError
from mapper.publish import contract

Feature = Mapping[str, Any]

_LINE_START: Final = b"{"


def read_features(source: Mapping[str, Any] | Path | Iterable[Feature]) -> Iterator[Feature]:
    """Give the features of a collection, one at a time.

    Parameters
    ----------
    source : mapping, path or iterable
        A FeatureCollection, the path of one, or features themselves. A file
        that has one feature on each line (as ``incidents.geojson`` has) is
        never held in memory as a whole.

    Raises
    ------
    InputError
        The file or mapping is no FeatureCollection.
    """
    if isinstance(source, Path):
        return _of_file(source)
    if isinstance(source, Mapping):
        return iter(_of_collection(source, "the collection"))
    return iter(source)


def position(feature: Feature, where: str) -> tuple[float, float] | None:
    """Give the longitude and latitude of an incident, or None for one without a place.

    Raises
    ------
    InputError
        The geometry is not a point, or its coordinates are impossible.
    """
    geometry = feature.get("geometry")
    if geometry is None:
        return None
    try:
        if geometry["type"] != "Point":
            raise InputError(f"{where}: the geometry is a {geometry['type']}; an incident is a Point or null.")
        longitude, latitude = float(geometry["coordinates"][0]), float(geometry["coordinates"][1])
    except (KeyError, TypeError, IndexError, ValueError) as fault:
        raise InputError(f"{where}: the geometry is not a GeoJSON point.") from fault
    reason = geo.coordinate_fault(longitude, latitude)
    if reason is not None:
        raise InputError(f"{where}: {reason}.")
    return longitude, latitude


def complete(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Put properties in the order of the contract; what is missing is "not stated"."""
    return {**contract.EMPTY, **properties}


def _of_file(path: Path) -> Iterator[Feature]:
    if _has_a_feature_on_each_line(path):
        yield from _of_lines(path)
    else:
        yield from _of_collection(_parsed(path.read_bytes(), path.name), path.name)


def _has_a_feature_on_each_line(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            head = stream.readline(1 << 16)
            first = stream.readline(1 << 16)
    except OSError as fault:
        raise InputError(f"cannot read {path}: {fault.strerror or fault}.") from fault
    opens = head.rstrip().endswith(b'"features":[') or head.rstrip().endswith(b'"features": [')
    return opens and first.lstrip().startswith(b'{"type":"Feature"')


def _of_lines(path: Path) -> Iterator[Feature]:
    import orjson

    with path.open("rb") as stream:
        stream.readline()
        for number, line in enumerate(stream, 2):
            text = line[:-2] if line.endswith(b",\n") else line.strip()
            if not text.startswith(_LINE_START):
                break
            try:
                yield orjson.loads(text)
            except orjson.JSONDecodeError as fault:
                raise InputError(f"{path.name}, line {number}: not JSON: {fault}.") from fault


def _parsed(data: bytes, where: str) -> Any:  # noqa: ANN401 - whatever the file holds
    import orjson

    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as fault:
        raise InputError(f"{where}: not JSON: {fault}.") from fault


def _of_collection(collection: object, where: str) -> list[Feature]:
    if not isinstance(collection, Mapping) or not isinstance(collection.get("features"), list):
        raise InputError(f"{where} is no GeoJSON FeatureCollection: it has no list of features.")
    features: list[Feature] = collection["features"]
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, Mapping):
            raise InputError(f"{where}: feature {number} is not an object.")
    return features
