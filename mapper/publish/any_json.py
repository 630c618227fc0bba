"""The forms in which JSON carries incidents: a collection, one feature, a list, or one a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.errors import InputError, LimitError
from mapper.publish.geojson import FEATURE_LIMIT, HEAD, INCIDENTS_LIMIT, parse_features
from mapper.publish.strict_json import parse_strictly

_MARK: Final = b"\xef\xbb\xbf"
_SEQUENCE: Final = b"\x1e"
"""Stands before each record of a GeoJSON text sequence (RFC 8142)."""

_SHAPES: Final = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
_ADVICE: Final = (
    "Give a GeoJSON FeatureCollection, a feature, a list of either features or plain objects, or one of them a line."
)


def json_items(path: Path) -> Iterator[tuple[str, Any]]:
    """Give what a JSON file lists, one at a time, with where it stands.

    Parameters
    ----------
    path : Path
        A FeatureCollection, one feature, a list of features or of plain
        objects, or any of these objects a line (GeoJSONSeq, JSON Lines). What
        has one incident a line is read as a stream.

    Raises
    ------
    InputError
        It is not strict JSON, or none of these.
    LimitError
        It is larger than the limits.
    """
    if path.stat().st_size <= INCIDENTS_LIMIT and _has_lines(path):
        yield from _lines(path)
        return
    if _is_collection(path):
        for number, item in enumerate(parse_features(path), 1):
            yield f"{path.name}, feature {number}", item
        return
    try:
        document = parse_strictly(files.read_bytes(path, limit=FEATURE_LIMIT), path.name, _ADVICE)
    except LimitError as fault:
        message = f"{fault} Files with one incident a line may be larger: save it as newline-delimited GeoJSON."
        raise LimitError(message) from fault
    for number, item in enumerate(_listed(document, path.name), 1):
        yield f"{path.name}, feature {number}", item


def _listed(document: object, name: str) -> list[Any]:
    if isinstance(document, list):
        return document
    kind = document.get("type") if isinstance(document, dict) else None
    if isinstance(document, dict) and kind == "FeatureCollection":
        if not isinstance(document.get("features"), list):
            raise InputError(f"{name}: `features` is not a list.")
        return list(document["features"])
    if kind == "Feature":
        return [document]
    if kind in _SHAPES:
        raise InputError(f"{name} is a {kind} alone, with nothing said about it. {_ADVICE}")
    inside = [key for key, value in document.items() if isinstance(value, list)] if isinstance(document, dict) else []
    found = f"{name} is not a GeoJSON FeatureCollection."
    if kind is None and len(inside) == 1:
        raise InputError(f"{found} If the incidents are what stands under {inside[0]!r}, save that list by itself.")
    raise InputError(f"{found} {_ADVICE}")


def _is_collection(path: Path) -> bool:
    """Tell the layout that `geojson.write_features` gives, which is read as a stream."""
    with path.open("rb") as stream:
        return stream.readline(len(HEAD)) == HEAD


def _has_lines(path: Path) -> bool:
    """Tell a file whose first two lines are each a whole object, or that is marked as a sequence."""
    with path.open("rb") as stream:
        first = stream.readline(FEATURE_LIMIT).removeprefix(_MARK)
        if first.startswith(_SEQUENCE):
            return True
        following = next((line for line in stream if line.strip()), b"")
    return first.rstrip().endswith(b"}") and following.startswith(b"{")


def _lines(path: Path) -> Iterator[tuple[str, Any]]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(FEATURE_LIMIT + 1):
            number += 1
            where = f"{path.name}, line {number}"
            if len(line) > FEATURE_LIMIT:
                raise LimitError(f"{where} is larger than the limit of {FEATURE_LIMIT:,} bytes.")
            text = line.removeprefix(_MARK).removeprefix(_SEQUENCE).strip()
            if text:
                item = parse_strictly(text, where, "Each line must be a whole feature or object.")
                for inner in _members(item):
                    yield where, inner


def _members(item: object) -> list[Any]:
    """Give the features of a line that holds a collection of its own."""
    if isinstance(item, dict) and item.get("type") == "FeatureCollection" and isinstance(item.get("features"), list):
        return list(item["features"])
    return [item]
