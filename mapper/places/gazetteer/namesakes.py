"""Other places of the own gazetteer that bear the name of one."""

from __future__ import annotations

from pathlib import Path

from mapper.geo import coordinate_fault, distance_m
from mapper.model import Place
from mapper.places.gazetteer.checks import SAME_PLACE_M, fold_plain
from mapper.places.gazetteer.entries import Entry, places_file, read_entries


def namesakes(folder_or_csv: Path, entry: Entry) -> list[tuple[Entry, float]]:
    """Find other places that share a name with an entry: reports that use the name alone are ambiguous.

    Parameters
    ----------
    folder_or_csv : Path
        The own gazetteer.
    entry : Entry
        Such as `own.add` returned.

    Returns
    -------
    list of (Entry, float)
        Entries more than `checks.SAME_PLACE_M` away, neither containing it nor
        inside it, with the distance in metres, in the order of the file.
    """
    names = {fold_plain(name) for name in entry.names} - {""}
    here, found = entry.place, []
    for other in read_entries(places_file(folder_or_csv), lambda _: None):
        there = other.place
        if there.id in {here.id, here.parent} or there.parent == here.id or coordinate_fault(*_point(there)):
            continue
        metres = distance_m(*_point(here), *_point(there))
        if metres > SAME_PLACE_M and any(fold_plain(name) in names for name in other.names):
            found.append((other, metres))
    return found


def _point(place: Place) -> tuple[float, float]:
    return place.longitude, place.latitude
