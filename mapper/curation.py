"""Keeping the gazetteer: what its commands do, beyond one room."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mapper.console import Console, printable
from mapper.geo import distance_m
from mapper.model import Place
from mapper.places import own
from mapper.places.entries import Entry
from mapper.places.names import fold
from mapper.publish.geojson import read_features
from mapper.settings import Settings
from mapper.toolchain import open_gazetteer, own_folder


def add(settings: Settings, name: str, console: Console, **fields: Any) -> Entry:  # noqa: ANN401
    """Add a place to the own gazetteer; see `mapper.places.own.add`."""

    def elsewhere(words: str) -> list[Place]:
        return [match.place for match in open_gazetteer(settings, console).lookup(words, limit=20)]

    return own.add(own_folder(settings), name, elsewhere=elsewhere, **fields)


def find(settings: Settings, words: str, console: Console, *, everywhere: bool, limit: int) -> Iterator[str]:
    """Yield a line for each place that the words may mean, own entries first."""
    if everywhere:
        for match in open_gazetteer(settings, console).lookup(words, limit=limit):
            yield _line(match.place, f"{match.how} {match.similarity:.2f}")
        return
    for entry in own.find(own_folder(settings), words, console.report, limit=limit):
        yield _line(entry.place, entry.geo_source)


def check(settings: Settings, console: Console) -> int:
    """Check the own gazetteer; see `mapper.places.own.check`."""
    return own.check(own_folder(settings), console.report)


def remove(settings: Settings, identifier: str) -> Entry:
    """Remove an entry; see `mapper.places.own.remove`."""
    return own.remove(own_folder(settings), identifier)


def moved_by(entry: Entry, build: Path) -> Iterator[str]:
    """Say which incidents of a finished build a new entry concerns, and how far they would move.

    Parameters
    ----------
    entry : Entry
        The new place.
    build : Path
        A folder with ``incidents.geojson``.

    Yields
    ------
    str
        A line for each incident whose place is written as one of the entry's names.
    """
    names = {fold(name).sound for name in entry.names}
    count = 0
    for feature in read_features(build / "incidents.geojson"):
        written = [c["value"] for c in feature["properties"]["claims"] if c["kind"] == "place"]
        if not any(isinstance(value, str) and fold(value).sound in names for value in written):
            continue
        count += 1
        title = printable(feature["properties"]["title"])
        if feature["geometry"] is None:
            yield f"would get a place: {title}"
            continue
        longitude, latitude = feature["geometry"]["coordinates"][:2]
        moved = distance_m(longitude, latitude, entry.place.longitude, entry.place.latitude) / 1000
        yield f"would move {moved:,.1f} km: {title}"
    yield f"{count} incidents of that build name it. Build again to see them move."


def _line(place: Place, why: str) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    parts = (place.id, place.name, place.kind, where, f"{place.longitude:.6f}", f"{place.latitude:.6f}", why)
    return "\t".join(printable(part) for part in parts)
