"""The own gazetteer for others: Linked Places (JSON-LD, a kind of GeoJSON) and plain GeoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.errors import GazetteerError, Report
from mapper.places.gazetteer.entries import Entry, places_file, read_entries
from mapper.places.gazetteer.sources import Source, read_sources

FORMS: Final = ("linked-places", "geojson")
_CONTEXT: Final = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
# Getty's Art and Architecture Thesaurus, as Linked Places wants types named.
_AAT: Final = {
    "country": "300128207", "governorate": "300000774", "district": "300000705", "city": "300008389",
    "town": "300008375", "village": "300008372", "neighbourhood": "300000745", "region": "300182722",
    "sea": "300008687",
}  # fmt: skip
_CLASSES: Final = {"country": "A", "governorate": "A", "district": "A", "site": "S", "sea": "H", "region": "L"}


def export(folder_or_csv: Path, output: Path, report: Report, *, form: str = "linked-places") -> int:
    """Write the own gazetteer as one file of GeoJSON.

    Parameters
    ----------
    folder_or_csv : Path
        The own gazetteer.
    output : Path
        The file to write.
    report : Report
        Is told of rows that cannot be read.
    form : str
        One of `FORMS`.

    Returns
    -------
    int
        How many places were written.

    Raises
    ------
    GazetteerError
        The gazetteer cannot be read, or nobody knows the form.
    OutputError
        The file cannot be written; what was there before is intact.
    """
    if form not in FORMS:
        raise GazetteerError(f"{form!r} is no form of export; there are {', '.join(FORMS)}")
    entries = read_entries(places_file(folder_or_csv), report)
    sources = {source.id: source for source in read_sources(folder_or_csv)}
    feature = _linked if form == "linked-places" else _plain
    head = {"@context": _CONTEXT} if form == "linked-places" else {}
    start = json.dumps({"type": "FeatureCollection", **head, "features": []}, ensure_ascii=False)
    with files.replacing(output) as stream:
        stream.write(start.removesuffix("]}").encode("utf-8"))
        for number, entry in enumerate(entries):
            stream.write(b",\n" if number else b"\n")
            text = json.dumps(feature(entry, sources), ensure_ascii=False, allow_nan=False)
            stream.write(text.encode("utf-8", "replace"))
        stream.write(b"\n]}\n")
    return len(entries)


def _linked(entry: Entry, sources: Mapping[str, Source]) -> dict[str, Any]:
    place = entry.place
    made: dict[str, Any] = {
        "@id": place.id,
        "type": "Feature",
        "properties": {
            "title": place.name,
            "ccodes": [place.country] if place.country else [],
            "fclasses": [_CLASSES.get(place.kind, "P")],
        },
        "names": [{"toponym": name, **_language(name), **_cited(entry.title_source, sources)} for name in entry.names],
        "types": [{"identifier": f"aat:{_AAT[place.kind]}"} if place.kind in _AAT else {}],
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
    }
    made["types"][0] |= {"label": place.kind}
    if place.radius_m:
        made["geometry"]["certainty"] = "approximate"
        made["properties"]["radius_m"] = place.radius_m
    made["geometry"] |= _cited(entry.geo_source, sources)
    if place.parent:
        relation = {"relationType": "gvp:broaderPartitive", "relationTo": place.parent, "label": entry.parent_name}
        made["relations"] = [relation]
    if entry.geo_source == "geonames" and entry.geo_id:
        made["links"] = [{"type": "closeMatch", "identifier": f"gn:{entry.geo_id}"}]
    if entry.note:
        made["descriptions"] = [{"value": entry.note, "lang": "en"}]
    return made


def _plain(entry: Entry, sources: Mapping[str, Source]) -> dict[str, Any]:
    place = entry.place
    source = sources.get(entry.geo_source)
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "name": place.name,
            "names": list(entry.names),
            "kind": place.kind,
            "country": place.country,
            "admin1": place.admin1,
            "parent": place.parent,
            "radius_m": place.radius_m,
            "source": entry.geo_source,
            "source_id": entry.geo_id,
            "licence": source.licence if source else "",
            "added": entry.added,
            "note": entry.note,
        },
    }


def _cited(source_id: str, sources: Mapping[str, Source]) -> dict[str, Any]:
    source = sources.get(source_id)
    if source is None:
        return {}
    return {"citations": [{"label": source.title, **({"@id": source.url} if source.url else {})}]}


def _language(name: str) -> dict[str, str]:
    """Tell the language of a name where its script does: Arabic in these countries."""
    return {"lang": "ar"} if any("\u0600" <= letter <= "\u06ff" for letter in name) else {}
