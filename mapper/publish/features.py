"""Incidents as features, whatever holds them: one at a time, with every property in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mapper import geo
from mapper.errors import InputError
from mapper.publish import contract
from mapper.publish.geojson import parse_features

Feature = Mapping[str, Any]


def read_features(source: Mapping[str, Any] | Path | Iterable[Feature]) -> Iterator[Feature]:
    """Give the features of a collection, one at a time.

    Parameters
    ----------
    source : mapping, path or iterable
        A FeatureCollection, the path of one (read as strictly as
        `geojson.parse_features` does), or features themselves.

    Raises
    ------
    InputError, LimitError
        The file or mapping is no FeatureCollection, or not strict JSON.
    """
    if isinstance(source, Path):
        return _objects(parse_features(source), source.name)
    if isinstance(source, Mapping):
        return _objects(_listed(source), "the collection")
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


def _listed(collection: Mapping[str, Any]) -> list[Any]:
    features = collection.get("features")
    if not isinstance(features, list):
        raise InputError("the collection is no GeoJSON FeatureCollection: it has no list of features.")
    return features


def _objects(features: Iterable[object], where: str) -> Iterator[Feature]:
    for number, feature in enumerate(features, 1):
        if not isinstance(feature, Mapping) or not isinstance(feature.get("properties"), Mapping):
            raise InputError(f"{where}: feature {number} is not an object with properties.")
        yield feature
