"""KML, written by hand, because a reader of KML shows descriptions as HTML.

Google Earth renders the text of ``description``: whatever comes from an
article is therefore escaped twice, once as HTML and once as XML. All other
fields travel as ``ExtendedData``, which is plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Final

from mapper import files
from mapper.publish.geojson import Feature
from mapper.publish.tables import COLUMNS, Cell, row_of

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2">
<Document>
<name>incidents</name>
"""
_TAIL: Final = "</Document>\n</kml>\n"

# XML has no way to write these, not even escaped.
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def write_kml(features: Iterable[Feature], output: Path) -> int:
    """Write incidents as KML, without holding them in memory.

    Parameters
    ----------
    features : iterable of dict
        Features that keep the contract. One without a point is a placemark
        without a place, as KML allows.
    output : Path
        Replaced all at once.

    Returns
    -------
    int
        How many placemarks were written.

    Raises
    ------
    OutputError
        It could not be written; what was there before is intact.
    """
    count = 0
    with files.replacing(output) as stream:
        stream.write(_HEAD.encode())
        for feature in features:
            stream.write(_placemark(feature).encode())
            count += 1
        stream.write(_TAIL.encode())
    return count


def _placemark(feature: Feature) -> str:
    properties = feature["properties"]
    row = row_of(feature)
    begin, end = properties["date_start"], properties["date_end"]
    parts = [f'<Placemark id="i{_xml(feature["id"])}">', f"<name>{_xml(properties['title'])}</name>"]
    parts.append(f"<description>{_xml(_description(feature))}</description>")
    if _DAY.fullmatch(begin) and _DAY.fullmatch(end):
        parts.append(f"<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>")
    parts.append("<ExtendedData>")
    parts += [f'<Data name="{name}"><value>{_value(row[name])}</value></Data>' for name in COLUMNS]
    parts.append("</ExtendedData>")
    if feature["geometry"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        parts.append(f"<Point><coordinates>{longitude},{latitude}</coordinates></Point>")
    parts.append("</Placemark>\n")
    return "".join(parts)


def _description(feature: Feature) -> str:
    """Say how exactly the place is known, then the quotes with their sources: HTML in which no text is markup."""
    sources = {source["id"]: source for source in feature["properties"]["sources"]}
    quotes: dict[tuple[str, str], None] = {}
    for claim in feature["properties"]["claims"]:
        quotes.setdefault((claim["source"], claim["quote"]), None)
    lines = [f"<p>{escape(_exactness(feature))}</p>"] if feature["geometry"] else []
    for name, quote in quotes:
        source = sources.get(name, {})
        said_by = ", ".join(part for part in (source.get("publisher"), source.get("published")) if part) or name
        lines.append(f"<p>\u201c{escape(quote)}\u201d \u2014 {escape(said_by)}</p>")
    return "".join(lines)


def _exactness(feature: Feature) -> str:
    """Say how exactly a place is known: a pin looks exact, and a balloon shows no field but this text."""
    properties = feature["properties"]
    parts = [f"Place as written: {properties['place_as_written']}"] if properties["place_as_written"] else []
    parts.append(f"point: {properties['precision'].replace('_', ' ')}")
    if properties["uncertainty_m"] is not None:
        parts.append(f"within {properties['uncertainty_m'] / 1000:,.1f} km")
    if properties["method"] == "parent":
        parts.append("only the wider place is known")
    return "; ".join([*parts, *(["needs review"] if properties["needs_review"] else [])]) + "."


def _value(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else _xml(str(cell))


def _xml(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
