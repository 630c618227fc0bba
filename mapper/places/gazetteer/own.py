"""The own gazetteer: read it, add to it, look into it, check it, take from it.

It is a CSV file that people may edit by hand, beside one that lists sources.
Changes are made under a lock and put in place whole, so that several people
and processes may add at the same time, and a crash at any moment leaves
either the old file or the new one. What `add` returned is on the disk.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from mapper import files
from mapper.errors import EntryRefusedError, GazetteerError, Problem, Report
from mapper.geo import rounded
from mapper.model import Place
from mapper.places.gazetteer.checks import (
    NAME_LIMIT,
    country_fault,
    duplicate_fault,
    field_faults,
    fold_plain,
    name_fault,
    parent_fault,
)
from mapper.places.gazetteer.entries import (
    COLUMNS,
    SOURCES,
    Entry,
    entry_of,
    line_of,
    places_file,
    read_entries,
    read_text,
    row_of,
    rows,
    with_divisions,
)
from mapper.places.names.keys import fold

_CONTAINERS: Final = ("governorate", "country", "district", "region")
_SLUG_LIMIT: Final = 60
_LIKE_AN_ID: Final = re.compile(r"[a-z0-9-]{1,200}")
"""A source of one such word is meant to be in sources.csv; any other words describe it themselves."""


def read_places(folder_or_csv: Path, report: Report) -> tuple[Place, ...]:
    """Read the own gazetteer.

    Parameters
    ----------
    folder_or_csv : Path
        The folder with ``places.csv``, or such a file.
    report : Report
        Is told of each row that is left out, with its line and the reason.

    Returns
    -------
    tuple of Place
        In the order of the file, each row checked by itself; `Place.country`
        and `Place.admin1` follow from the places that contain it. Empty if
        there is no file.

    Raises
    ------
    GazetteerError
        The file as a whole cannot be used.
    """
    path = places_file(folder_or_csv)
    good, ids = [], set()
    for entry in read_entries(path, report):
        faults = field_faults(entry, excuses=("common-word", "null-island"))
        if entry.place.id in ids:
            faults["id"] = f"{entry.place.id} was there before"
        if faults:
            report(_problem(path, entry, "left out: ", faults))
        else:
            ids.add(entry.place.id)
            good.append(entry.place)
    return tuple(good)


def add(
    folder_or_csv: Path,
    name: str,
    *,
    longitude: float,
    latitude: float,
    kind: str,
    source: str,
    source_id: str = "",
    identifier: str = "",
    aliases: Sequence[str] = (),
    parent: str = "",
    country: str = "",
    radius_m: int = 0,
    author: str = "",
    added: str = "",
    note: str = "",
    excuses: Collection[str] = (),
    elsewhere: Callable[[str], Iterable[Place]] | None = None,
) -> Entry:
    """Add a place.

    Parameters
    ----------
    folder_or_csv : Path
        The own gazetteer; made if it is not there.
    name, aliases : str, sequence of str
        As reports write it, and its other names in any script.
    longitude, latitude : float
        Degrees; longitude comes first.
    kind : str
        One of `checks.KINDS`.
    source, source_id : str
        Where the position is from: an id of sources.csv, or any words; and the id there.
    identifier : str
        Empty: made from country and name.
    parent : str
        Id or name of the place that contains it.
    country : str
        ISO 3166-1 alpha-2; empty: the parent's.
    radius_m : int
        Metres; 0: the default of its kind.
    author, added, note : str
        By whom, when (a date; the caller's clock), and what the next person should know.
    excuses : collection of str
        Checks not to insist on, out of `checks.EXCUSES`.
    elsewhere : callable, optional
        Finds a parent that the own gazetteer lacks in other gazetteers, by name or id.

    Returns
    -------
    Entry
        As it was written.

    Raises
    ------
    EntryRefusedError
        With a reason for each field.
    GazetteerError, OutputError
        The file cannot be read, or not be written; it is as it was.
    """
    path = places_file(folder_or_csv)
    entry = Entry(
        place=Place(
            id=identifier,
            name=name.strip(),
            longitude=rounded(longitude),
            latitude=rounded(latitude),
            kind=kind,
            country=country.upper(),
            radius_m=radius_m,
            aliases=tuple(dict.fromkeys(alias.strip() for alias in aliases if alias.strip() != name.strip())),
        ),
        geo_source=source.strip(),
        geo_id=source_id.strip(),
        title_source=source.strip(),
        author=author.strip(),
        added=added.strip(),
        note=note.strip(),
    )
    outside = None if elsewhere is None else cache(elsewhere)
    # Once without the lock: it loads tables and other gazetteers, for which nobody else should wait.
    _judged(entry, parent, read_entries(path, _nobody), excuses, outside)
    with files.locked(path):
        # Rows that cannot be read are the check's business; they stay as they are.
        entries = read_entries(path, _nobody)
        entry, faults = _judged(entry, parent, entries, excuses, outside)
        if faults:
            raise EntryRefusedError(faults)
        _write(path, entry)
    written = entry_of(dict(zip(COLUMNS, row_of(entry), strict=True)))
    return with_divisions([*entries, written])[-1]


def find(folder_or_csv: Path, words: str, report: Report, *, limit: int = 20) -> list[Entry]:
    """Find entries by id or name: those that are it, then those that begin with it, then those that contain it.

    Parameters
    ----------
    folder_or_csv : Path
        The own gazetteer.
    words : str
        Any spelling in any case; accents, hyphens and apostrophes do not count.
    report : Report
        Is told of rows that cannot be read.
    limit : int
        Most entries to return.
    """
    wanted = fold_plain(words)
    ranked = []
    for number, entry in enumerate(read_entries(places_file(folder_or_csv), report)):
        keys = [fold_plain(name) for name in (*entry.names, entry.place.id)]
        if not wanted or not any(wanted in key for key in keys):
            continue
        rank = 0 if wanted in keys else 1 if any(key.startswith(wanted) for key in keys) else 2
        ranked.append((rank, number, entry))
    return [entry for _, _, entry in sorted(ranked, key=lambda item: item[:2])[:limit]]


def check(folder_or_csv: Path, report: Report) -> int:
    """Check every entry, alone and among the others, and its sources.

    Parameters
    ----------
    folder_or_csv : Path
        The own gazetteer.
    report : Report
        Is told of each fault, with its line.

    Returns
    -------
    int
        How many entries there are.

    Raises
    ------
    GazetteerError
        A file as a whole cannot be used.
    """
    path = places_file(folder_or_csv)
    entries = read_entries(path, report)
    by_id = {entry.place.id: entry for entry in entries}
    sources = _sources(path.with_name(SOURCES), report)
    # Only entries that share a name or an id can be one place: a table of them keeps the check quick.
    alike: dict[str, list[Entry]] = {}
    for entry in entries:
        keys = {fold_plain(name) for name in entry.names} | {f"id {entry.place.id}"}
        faults = field_faults(entry) | country_fault(entry) | parent_fault(entry, by_id)
        faults |= duplicate_fault(entry, [other for key in sorted(keys) for other in alike.get(key, ())])
        if not entry.geo_source:
            faults["geo_source"] = "missing: say where the position is from"
        elif sources and entry.geo_source not in sources and _LIKE_AN_ID.fullmatch(entry.geo_source):
            faults["geo_source"] = f"{entry.geo_source[:60]!r} is not in {SOURCES}"
        if faults:
            report(_problem(path, entry, "", faults))
        for key in keys:
            alike.setdefault(key, []).append(entry)
    return len(entries)


def remove(folder_or_csv: Path, identifier: str) -> Entry:
    """Remove an entry.

    Raises
    ------
    GazetteerError
        There is none of that id, or others are contained in it.
    OutputError
        The file cannot be written; it is as it was.
    """
    path = places_file(folder_or_csv)
    with files.locked(path):
        entries = read_entries(path, _nobody)
        found = [entry for entry in entries if entry.place.id == identifier]
        if not found:
            raise GazetteerError(f"{identifier}: no such entry. mapper gazetteer find looks for one by name.")
        inside = [entry.place.id for entry in entries if entry.place.parent == identifier]
        if inside and len(found) == 1:
            message = f"{identifier} contains {', '.join(inside[:5])}: give them another parent, or remove them first."
            raise GazetteerError(message)
        lines = list(io.StringIO(read_text(path), newline=""))
        del lines[found[-1].line - 1 : found[-1].last_line]
        _replace(path, "".join(lines))
    return found[-1]


def _judged(
    entry: Entry,
    parent: str,
    entries: Sequence[Entry],
    excuses: Collection[str],
    elsewhere: Callable[[str], Iterable[Place]] | None,
) -> tuple[Entry, dict[str, str]]:
    """Complete a new entry with its parent and its id, and say what is wrong with it."""
    entry, faults = _with_parent(entry, parent, entries, elsewhere)
    if not entry.place.id:
        entry = replace(entry, place=replace(entry.place, id=_new_id(entry, entries)))
    faults |= _faults(entry, entries, excuses)
    return entry, faults


def _faults(entry: Entry, entries: Sequence[Entry], excuses: Collection[str]) -> dict[str, str]:
    faults = field_faults(entry, excuses=excuses)
    if not entry.geo_source:
        faults["geo_source"] = "say where the position is from"
    if not faults.keys() & {"lon", "lat", "ccodes"}:
        faults |= country_fault(entry, excuses=excuses)
    if "lon" not in faults and "lat" not in faults:
        faults = duplicate_fault(entry, entries, excuses=excuses) | faults
    return faults


def _with_parent(
    entry: Entry, parent: str, entries: Sequence[Entry], elsewhere: Callable[[str], Iterable[Place]] | None
) -> tuple[Entry, dict[str, str]]:
    """Find the parent by id or name, here or elsewhere, and take the country from it."""
    if not parent.strip():
        return entry, {}
    if why := name_fault(parent.strip()):
        return entry, {"parent_name": why}
    wanted = fold_plain(parent)
    own = [e.place for e in with_divisions(entries) if e.place.id == parent]
    own = own or [e.place for e in with_divisions(entries) if any(fold_plain(n) == wanted for n in e.names)]
    found = own or list(elsewhere(parent) if elsewhere is not None else ())
    if entry.place.country:
        found = [place for place in found if place.country in {"", entry.place.country}]
    # "Raqqa" as a parent is the governorate, not the city.
    found.sort(key=lambda p: _CONTAINERS.index(p.kind) if p.kind in _CONTAINERS else len(_CONTAINERS))
    best = [place for place in found if place.kind == found[0].kind]
    if not best:
        return entry, {"parent_name": f"{parent[:60]!r} is in no gazetteer; add it first, or leave it out"}
    if len(best) > 1:
        ids = ", ".join(place.id for place in best[:5])
        return entry, {"parent_name": f"{parent[:60]!r} may be any of {ids}: give the id"}
    place = replace(entry.place, parent=best[0].id, country=entry.place.country or best[0].country)
    return replace(entry, place=place, parent_name=best[0].name), {}


def _new_id(entry: Entry, entries: Iterable[Entry]) -> str:
    """Make an id of country and name that is not taken."""
    taken = {other.place.id for other in entries}
    letters = unicodedata.normalize("NFKD", entry.place.name.lower())
    ascii_only = re.sub(r"['\u2019\u2018\u02bc\u02bb\u02bf\u02be]", "", letters).encode("ascii", "ignore").decode()
    if not any(c.isalnum() for c in ascii_only):
        ascii_only = fold(entry.place.name[:NAME_LIMIT]).sound
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only.lower()).strip("-")[:_SLUG_LIMIT] or "place"
    base = f"{entry.place.country.lower()}-{slug}" if entry.place.country.isascii() and entry.place.country else slug
    identifier, number = base, 2
    while identifier in taken:
        identifier, number = f"{base}-{number}", number + 1
    return identifier


def _write(path: Path, entry: Entry) -> None:
    """Add a row at the end; every other byte of the file stays as it is."""
    text = read_text(path)
    end = "\r\n" if "\r\n" in text else "\n"
    if not text.strip():
        text, header = line_of(COLUMNS, end), list(COLUMNS)
    else:
        header = [name.strip() for name in next(csv.reader(io.StringIO(text, newline="")))]
        text += "" if text.endswith("\n") else end
    values = dict(zip(COLUMNS, row_of(entry), strict=True))
    lost = [name for name in COLUMNS if values[name] and name not in header]
    if lost:
        raise GazetteerError(f"{path.name} has no column {', '.join(lost)}. Add it to the first line.")
    _replace(path, text + line_of([values.get(name, "") for name in header], end))


def _replace(path: Path, text: str) -> None:
    """Put the text in place, with the byte order mark that a spreadsheet may have put before it."""
    mark = b""
    if path.exists():
        with path.open("rb") as stream:
            mark = codecs.BOM_UTF8 if stream.read(3) == codecs.BOM_UTF8 else b""
    files.write_bytes(path, mark + text.encode("utf-8"))


def _sources(path: Path, report: Report) -> frozenset[str]:
    """Return the ids of sources.csv; empty if there is none."""
    ids: set[str] = set()
    for line, _, row in rows(path, required=("id", "title", "licence")):
        if not row.get("id", "").strip() or not row.get("title", "").strip():
            report(Problem(f"{path.name}, line {line}", "a source wants an id and a title"))
        elif row["id"].strip() in ids:
            report(Problem(f"{path.name}, line {line}", f"{row['id'].strip()} was there before"))
        ids.add(row.get("id", "").strip())
    return frozenset(ids)


def _problem(path: Path, entry: Entry, prefix: str, faults: dict[str, str]) -> Problem:
    what = "; ".join(f"{column}: {why}" for column, why in faults.items())
    return Problem(f"{path.name}, line {entry.line} ({entry.place.id[:40]})", prefix + what)


def _nobody(_: Problem) -> None:
    """Report to nobody."""
