"""What a geocoder answered, checked before anyone believes it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from mapper.countries import extent_of, looks_swapped
from mapper.geo import coordinate_fault, rounded
from mapper.model import Candidate, Place
from mapper.places.gazetteer.checks import name_fault
from mapper.places.importers.kinds import kind_called
from mapper.places.names.keys import fold

HITS_LIMIT: Final = 10
"""Most hits of one answer that are looked at; services send them best first."""
_LIKE_ENOUGH: Final = 0.6
_OSM_LICENCE: Final = "© OpenStreetMap contributors, ODbL 1.0"
_PELIAS_LICENCE: Final = "terms of the Pelias server and its sources"
_FIRST_ADMIN: Final = ("state", "province", "region", "governorate", "county")


class UnusableAnswerError(ValueError):
    """An answer of which nothing can be used: the look-up failed, the place was not "not found"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One hit, as a service words it, in our words."""

    id: str
    name: str
    longitude: Any
    latitude: Any
    kind: str
    country: str
    admin1: str
    aliases: tuple[str, ...] = ()
    bounds: tuple[float, float, float, float] | None = None


def licence_of(service: str) -> str:
    """Return the terms that a service's data come with."""
    return _PELIAS_LICENCE if service == "pelias" else _OSM_LICENCE


def candidates_of(service: str, answer: Any, name: str, countries: tuple[str, ...]) -> tuple[Candidate, ...]:  # noqa: ANN401
    """Turn an answer into candidates, each of them checked.

    Parameters
    ----------
    service : str
        Who answered.
    answer : JSON
        As received; anything at all.
    name : str
        What was asked for.
    countries : tuple of str
        Where it was asked for; empty: anywhere.

    Returns
    -------
    tuple of Candidate
        Best first; empty when the service says that it has nothing.

    Raises
    ------
    UnusableAnswerError
        The answer has another shape, or not one hit with a position that can be believed.
    """
    hits = list(_HITS[service](answer))[:HITS_LIMIT]
    found: list[Candidate] = []
    refused: list[str] = []
    for hit in hits:
        why = hit_fault(hit, countries)
        if why:
            refused.append(why)
        else:
            found.append(_candidate(service, hit, name))
    if hits and not found:
        raise UnusableAnswerError(f"no hit with a position to be believed ({refused[0]})")
    likely = [candidate for candidate in found if candidate.score >= _LIKE_ENOUGH]
    return tuple(sorted(likely, key=lambda candidate: -candidate.score))


def hit_fault(hit: Hit, countries: tuple[str, ...]) -> str:
    """Say why a hit is not believed; empty if it is."""
    longitude, latitude = _degrees(hit.longitude), _degrees(hit.latitude)
    why = coordinate_fault(longitude, latitude)
    if why is not None:
        return why
    if why := name_fault(hit.name):
        return f"a name that no place has: {why}"
    if countries and hit.country and hit.country not in countries:
        return f"in {hit.country}, which was not asked for"
    if hit.bounds is not None and not _inside(longitude, latitude, hit.bounds):
        return "its position lies outside its own bounds"
    # Where the service does not say the country, it must lie in one that was asked for.
    return _fault_of_country(longitude, latitude, [hit.country] if hit.country else list(countries))


def _fault_of_country(longitude: float, latitude: float, homes: list[str]) -> str:
    known = [home for home in homes if extent_of(home) is not None]
    if known and all(looks_swapped(longitude, latitude, home) for home in known):
        return f"its position lies in {known[0]} only with longitude and latitude swapped"
    if known and not any(_holds(home, longitude, latitude) for home in known):
        return f"its position lies outside {', '.join(known)}"
    return ""


def place_as_json(candidate: Candidate) -> dict[str, Any]:
    """Write a candidate for the cache."""
    place = candidate.place
    return {
        "id": place.id, "name": place.name, "longitude": place.longitude, "latitude": place.latitude,
        "kind": place.kind, "country": place.country, "admin1": place.admin1, "aliases": list(place.aliases),
        "source": place.source, "score": candidate.score, "reasons": list(candidate.reasons),
    }  # fmt: skip


def place_from_json(value: Any) -> Candidate:  # noqa: ANN401 - whatever the cache holds
    """Read a candidate from the cache, checked like a fresh one.

    Raises
    ------
    ValueError
        It is not what was written.
    """
    try:
        place = Place(
            id=str(value["id"]),
            name=str(value["name"]),
            longitude=_degrees(value["longitude"]),
            latitude=_degrees(value["latitude"]),
            kind=str(value["kind"]),
            country=str(value["country"]),
            admin1=str(value["admin1"]),
            aliases=tuple(str(alias) for alias in value["aliases"]),
            source=str(value["source"]),
        )
        score, reasons = float(value["score"]), tuple(str(reason) for reason in value["reasons"])
    except (KeyError, TypeError, ValueError) as fault:
        raise ValueError("not a place") from fault
    if coordinate_fault(place.longitude, place.latitude) or not 0.0 <= score <= 1.0:
        raise ValueError("not a position")
    return Candidate(place=place, score=score, reasons=reasons)


def _candidate(service: str, hit: Hit, name: str) -> Candidate:
    likeness = max(_likeness(name, other) for other in (hit.name, *hit.aliases))
    reasons = (f"{service} has {hit.name!r}", f"spelling {likeness:.2f} alike", "answer of a geocoder, not reviewed")
    place = Place(
        id=hit.id,
        name=hit.name,
        longitude=rounded(_degrees(hit.longitude)),
        latitude=rounded(_degrees(hit.latitude)),
        kind=hit.kind,
        country=hit.country,
        admin1=hit.admin1,
        aliases=hit.aliases,
        source=f"{service}: {licence_of(service)}",
    )
    return Candidate(place=place, score=round(likeness, 4), reasons=reasons)


def _likeness(asked: str, found: str) -> float:
    """Compare two spellings by their keys: 1 for the same name, less for another."""
    from rapidfuzz import fuzz

    one, other = fold(asked[:200]), fold(found[:200])
    if one.name == other.name:
        return 1.0
    if one.sound == other.sound:
        return 0.95
    return min(0.9, max(fuzz.ratio(one.name, other.name), fuzz.ratio(one.sound, other.sound)) / 100)


def _degrees(value: Any) -> float:  # noqa: ANN401 - whatever the answer holds
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return math.nan
    try:
        return float(value) if not isinstance(value, str) or len(value) <= 40 else math.nan
    except (ValueError, OverflowError):
        return math.nan


def _holds(country: str, longitude: float, latitude: float) -> bool:
    extent = extent_of(country)
    return extent is not None and extent.holds(longitude, latitude)


def _inside(longitude: float, latitude: float, bounds: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    slack = 0.01
    inside = west - slack <= longitude <= east + slack or west > east
    return inside and south - slack <= latitude <= north + slack


def _nominatim(answer: Any) -> Iterator[Hit]:  # noqa: ANN401 - whatever the answer holds
    if not isinstance(answer, list):
        raise UnusableAnswerError("not a list of hits")
    for item in answer[:HITS_LIMIT]:
        value, address = _dict(item), _dict(_dict(item).get("address"))
        names = _dict(value.get("namedetails"))
        title = _text(value.get("name")) or _text(value.get("display_name")).split(",")[0].strip()
        yield Hit(
            id=f"osm:{_text(value.get('osm_type'))}/{_text(value.get('osm_id'))}",
            name=title,
            longitude=value.get("lon"),
            latitude=value.get("lat"),
            kind=kind_called(_text(value.get("addresstype")), _text(value.get("type"))) or "site",
            country=_text(address.get("country_code")).upper()[:2],
            admin1=next((_text(address[key]) for key in _FIRST_ADMIN if _text(address.get(key))), ""),
            aliases=_aliases(title, names),
            bounds=_bounds_of_nominatim(value.get("boundingbox")),
        )


def _photon(answer: Any) -> Iterator[Hit]:  # noqa: ANN401 - whatever the answer holds
    for feature, properties, (longitude, latitude) in _features(answer):
        del feature
        yield Hit(
            id=f"osm:{_text(properties.get('osm_type'))}/{_text(properties.get('osm_id'))}",
            name=_text(properties.get("name")),
            longitude=longitude,
            latitude=latitude,
            kind=kind_called(_text(properties.get("osm_value")), _text(properties.get("type"))) or "site",
            country=_text(properties.get("countrycode")).upper()[:2],
            admin1=_text(properties.get("state")),
        )


def _pelias(answer: Any) -> Iterator[Hit]:  # noqa: ANN401 - whatever the answer holds
    for _, properties, (longitude, latitude) in _features(answer):
        yield Hit(
            id=_text(properties.get("gid")) or _text(properties.get("id")),
            name=_text(properties.get("name")),
            longitude=longitude,
            latitude=latitude,
            kind=kind_called(_text(properties.get("layer"))) or "site",
            country=_text(properties.get("country_code")).upper()[:2],
            admin1=_text(properties.get("region")),
        )


_HITS: Final = {"nominatim": _nominatim, "photon": _photon, "pelias": _pelias}


def _features(answer: Any) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], tuple[Any, Any]]]:  # noqa: ANN401
    features = _dict(answer).get("features")
    if not isinstance(features, list):
        raise UnusableAnswerError("not a collection of features")
    for item in features[:HITS_LIMIT]:
        feature = _dict(item)
        coordinates = _dict(feature.get("geometry")).get("coordinates")
        pair = coordinates if isinstance(coordinates, list) and len(coordinates) >= 2 else [None, None]
        yield feature, _dict(feature.get("properties")), (pair[0], pair[1])


def _aliases(title: str, names: Mapping[str, Any]) -> tuple[str, ...]:
    kept = [_text(value) for key, value in sorted(names.items())[:40] if key.split(":")[0] in {"name", "alt_name"}]
    return tuple(dict.fromkeys(name for name in kept if name and name != title and not name_fault(name)))


def _bounds_of_nominatim(value: Any) -> tuple[float, float, float, float] | None:  # noqa: ANN401
    """Read ``[south, north, west, east]``, each a figure in words."""
    if not isinstance(value, list) or len(value) != 4:
        return None
    south, north, west, east = (_degrees(figure) for figure in value)
    return (west, south, east, north) if all(map(math.isfinite, (south, north, west, east))) else None


def _dict(value: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever the answer holds
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:  # noqa: ANN401 - whatever the answer holds
    return str(value).strip()[:300] if isinstance(value, str | int) and not isinstance(value, bool) else ""
