"""`incidents.geojson`: an incident becomes a feature, and features a file.

The file is RFC 7946: WGS 84, longitude first, no ``crs``, no NaN. It is
written as a stream, one feature a line, in constant memory, and the same
features give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, Final

from mapper import files
from mapper.errors import InputError, LimitError
from mapper.geo import coordinate_fault, rounded
from mapper.model import Article, Candidate, Claim, Incident, JSONScalar, Resolution, Toll
from mapper.publish import contract
from mapper.publish.strict_json import parse_strictly

Feature = dict[str, Any]
"""A GeoJSON feature, as parsed or about to be written."""

INCIDENTS_LIMIT: Final = 4_000_000_000
"""Largest file of incidents that is read, bytes."""

FEATURE_LIMIT: Final = 20_000_000
"""Largest single feature that is read, bytes; of a file not laid out one feature a line, the whole file."""

HEAD: Final = b'{"type":"FeatureCollection","features":[\n'
_BETWEEN: Final = b",\n"
_TAIL: Final = b"\n]}\n"
_SCORE_DECIMALS: Final = 3
_UNUSABLE: Final = "coordinates-refused"
_TOO_LARGE: Final = "number-too-large"


def feature(incident: Incident, articles: Mapping[str, Article]) -> Feature:
    """Write one incident as a feature.

    Parameters
    ----------
    incident : Incident
        With the accounts it was made of.
    articles : mapping of str to Article
        The articles by `Article.id`; at least those that the claims name.

    Returns
    -------
    dict
        A feature with the properties of `contract.PROPERTIES`, in that
        order. Its geometry is None where the incident has no point.

    Raises
    ------
    InputError
        A claim names an article that is not in `articles`.
    """
    position, refused = _geometry(incident.resolution)
    properties, too_large = _properties(incident, articles)
    properties["flags"] = [*_distinct((*incident.flags, *incident.resolution.flags)), *refused, *too_large]
    return {"type": "Feature", "id": incident.id, "geometry": position, "properties": properties}


def _geometry(resolution: Resolution) -> tuple[dict[str, Any] | None, list[str]]:
    """Return the point, or None; and the flag to raise if there was one that cannot be written."""
    longitude, latitude = resolution.longitude, resolution.latitude
    if longitude is None or latitude is None:
        return None, []
    if coordinate_fault(longitude, latitude) is not None:
        return None, [_UNUSABLE]
    return {"type": "Point", "coordinates": [rounded(longitude), rounded(latitude)]}, []


def _properties(incident: Incident, articles: Mapping[str, Article]) -> tuple[dict[str, Any], list[str]]:
    resolution, date = incident.resolution, incident.date
    tolls = {
        "killed": incident.killed,
        "injured": incident.injured,
        "women_killed": incident.women_killed,
        "children_killed": incident.children_killed,
    }
    counts = {key: count for name, toll in tolls.items() for key, count in _bounds(name, toll).items()}
    kept = {key: count if contract.COUNT.holds(count) else None for key, count in counts.items()}
    properties = {
        "title": incident.title,
        "role": incident.role,
        "status": incident.status,
        "event_type": incident.event_type,
        "actors": list(incident.actors),
        "sites": _distinct(str(claim.value) for claim in incident.claims if claim.kind == "site"),
        "responses": _distinct(str(claim.value) for claim in incident.claims if claim.kind == "response"),
        "date_edtf": date.edtf if date else "",
        "date_start": date.start if date else "",
        "date_end": date.end if date else "",
        "date_text": date.text if date else "",
        "place_as_written": incident.place_as_written,
        "place_name": resolution.place_name,
        "place_id": resolution.place_id,
        "admin1": resolution.admin1,
        "country": resolution.country,
        "precision": resolution.precision.value,
        "uncertainty_m": resolution.uncertainty_m,
        "method": resolution.method,
        "score": _score(resolution.score),
        "needs_review": resolution.needs_review,
        "candidates": [_candidate(candidate) for candidate in resolution.candidates],
        **kept,
        "sources": [_source(article) for article in _sources(incident, articles)],
        "claims": [_claim(claim) for claim in incident.claims],
        "flags": [],
    }
    return properties, [_TOO_LARGE] if kept != counts else []


def _bounds(name: str, toll: Toll) -> dict[str, int | None]:
    return {f"{name}_min": toll.minimum, f"{name}_max": toll.maximum}


def _candidate(candidate: Candidate) -> dict[str, Any]:
    place = candidate.place
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "admin1": place.admin1,
        "country": place.country,
        "longitude": rounded(place.longitude),
        "latitude": rounded(place.latitude),
        "score": _score(candidate.score),
        "reasons": list(candidate.reasons),
    }


def _sources(incident: Incident, articles: Mapping[str, Article]) -> list[Article]:
    named = _distinct((*(account.article for account in incident.accounts), *(c.source for c in incident.claims)))
    missing = [name for name in named if name not in articles]
    if missing:
        message = f"incident {incident.id} cites {missing[0]}, which is not among the articles."
        raise InputError(message)
    return [articles[name] for name in named]


def _source(article: Article) -> dict[str, str]:
    return {name: getattr(article, name) for name in contract.SOURCE}


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "source": claim.source,
        "kind": claim.kind,
        "value": _scalar(claim.value),
        "op": claim.op,
        "reporters": list(claim.reporters),
        "quote": claim.quote,
        "start": claim.start,
        "end": claim.end,
        "rule": claim.rule,
        "detail": {name: _scalar(claim.detail[name]) for name in sorted(claim.detail)},
    }


def _scalar(value: JSONScalar) -> JSONScalar:
    """Write a number that JSON readers would bend, or refuse, as the text of it."""
    return value if contract.SCALAR.holds(value) else str(value)


def _score(score: float) -> float:
    return round(score, _SCORE_DECIMALS)


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def write_features(features: Iterable[Feature], output: Path) -> int:
    """Write a feature collection, one feature a line, without holding it in memory.

    Parameters
    ----------
    features : iterable of dict
        In the order to be written.
    output : Path
        Replaced all at once when the last feature is written.

    Returns
    -------
    int
        How many features were written.

    Raises
    ------
    InputError
        A feature holds something that JSON cannot: a text with half a
        surrogate pair, a number beyond 64 bits, a type of Python's own.
    OutputError
        The file could not be written; what was there before is intact.
    """
    with files.replacing(output) as stream:
        return write_stream(features, stream)


def write_stream(features: Iterable[Feature], stream: IO[bytes]) -> int:
    """Write a feature collection to an open stream; see `write_features`."""
    import orjson

    dumps, write = orjson.dumps, stream.write
    count = 0
    write(HEAD)
    for item in features:
        if count:
            write(_BETWEEN)
        try:
            write(dumps(item))
        except orjson.JSONEncodeError as fault:
            message = f"incident {item.get('id')!r} cannot be written as JSON: {fault}."
            raise InputError(message) from fault
        count += 1
    write(_TAIL)
    return count


def read_features(path: Path) -> Iterator[Feature]:
    """Read a file of incidents, strictly, one feature at a time.

    Parameters
    ----------
    path : Path
        As `write_features` leaves it, or any layout up to `FEATURE_LIMIT` bytes.

    Yields
    ------
    dict
        Features that keep the contract.

    Raises
    ------
    InputError
        The file is not UTF-8 JSON, has a duplicate key, a NaN, a number too
        large, or a feature that breaks the contract; the message says where.
    LimitError
        It is larger than the limits.
    """
    for index, item in enumerate(parse_features(path)):
        check_feature(item, f"{path.name}: features[{index}]")
        yield item


def check_feature(item: object, where: str) -> None:
    """Hold one feature to the contract.

    Raises
    ------
    InputError
        With the first fault, and how many more there are.
    """
    found = feature_faults(item)
    if found:
        path, reason = found[0]
        more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
        message = f"{where}{'.' if path else ''}{path} {reason}{more}."
        raise InputError(message)


def feature_faults(item: object) -> list[tuple[str, str]]:
    """List what breaks the contract in one feature, as (path, reason)."""
    if not isinstance(item, dict):
        return [("", "is not an object")]
    found = []
    if item.get("type") != "Feature":
        found.append(("type", "is not `Feature`"))
    if not contract.FILLED.holds(item.get("id")):
        found.append(("id", f"is not {contract.FILLED.name}"))
    found += _point_faults(item.get("geometry", "missing"))
    return found + contract.faults(item.get("properties"), contract.PROPERTIES, "properties")


def _point_faults(geometry: object) -> list[tuple[str, str]]:
    if geometry is None:
        return []
    if not isinstance(geometry, dict) or geometry.get("type") != "Point":
        return [("geometry", "is neither a Point nor null")]
    pair = geometry.get("coordinates")
    if not isinstance(pair, list) or len(pair) != 2 or not all(map(contract.NUMBER.holds, pair)):
        return [("geometry.coordinates", "is not a pair of numbers")]
    fault = coordinate_fault(pair[0], pair[1])
    return [("geometry.coordinates", f"cannot be used: {fault}")] if fault else []


def parse_features(path: Path) -> Iterator[Any]:
    """Parse the features of a file strictly as JSON, without a look at what they say.

    Raises
    ------
    InputError, LimitError
        As `read_features`.
    """
    try:
        size = path.stat().st_size
    except OSError as fault:
        message = f"cannot read {path}: {fault.strerror or fault}."
        raise InputError(message) from fault
    if size > INCIDENTS_LIMIT:
        message = f"{path.name} is larger than the limit of {INCIDENTS_LIMIT:,} bytes."
        raise LimitError(message)
    with path.open("rb") as stream:
        if stream.readline(len(HEAD)) == HEAD:
            yield from _lines(stream, path.name)
            return
    document = parse_strictly(files.read_bytes(path, limit=FEATURE_LIMIT), path.name, _ADVICE)
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        message = f"{path.name} is not a GeoJSON FeatureCollection."
        raise InputError(message)
    if not isinstance(document.get("features"), list):
        message = f"{path.name}: `features` is not a list."
        raise InputError(message)
    yield from document["features"]


_ADVICE: Final = "Give the incidents.geojson of a build; `mapper map` takes CSV too."


def _lines(stream: IO[bytes], name: str) -> Iterator[Any]:
    """Read the layout of `write_features`; a change to it anywhere is noticed."""
    index, last = 0, False
    while (line := stream.readline(FEATURE_LIMIT + 1)) not in {b"]}\n", b""}:
        if len(line) > FEATURE_LIMIT:
            message = f"{name}: features[{index}] is larger than the limit of {FEATURE_LIMIT:,} bytes."
            raise LimitError(message)
        if last:
            message = f"{name}: there is no comma after features[{index - 1}]."
            raise InputError(message)
        if line == b"\n":
            last = True
            continue
        last = not line.endswith(_BETWEEN)
        yield parse_strictly(line.removesuffix(b"\n").removesuffix(b","), f"{name}: features[{index}]")
        index += 1
    if line != b"]}\n" or stream.read(1):
        message = f"{name} does not end where its features end: it was cut off or added to."
        raise InputError(message)
