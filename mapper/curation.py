"""Keeping the gazetteer: what its commands do, beyond one room."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from mapper.console import Console, counted, printable
from mapper.errors import GazetteerError, InputError
from mapper.geo import distance_m
from mapper.incidents.identity import is_id
from mapper.incidents.judgements import append
from mapper.model import Judgement, Place
from mapper.places.gazetteer import own
from mapper.places.gazetteer.entries import Entry
from mapper.places.gazetteer.namesakes import namesakes as namesakes_of
from mapper.places.importers import cod, geonames, linked_places
from mapper.places.importers.detect import read_any
from mapper.places.index.build import compile_index
from mapper.places.names.keys import fold
from mapper.places.resolving.likeness import is_alike, likeness
from mapper.publish.geojson import read_features
from mapper.settings import Settings
from mapper.toolchain import IMPORTED, PLACES, open_gazetteer, own_folder

DOWNLOADS: Final = "downloads"
INCIDENTS: Final = "incidents.geojson"


def add(settings: Settings, name: str, console: Console, **fields: Any) -> Entry:  # noqa: ANN401
    """Add a place to the own gazetteer; see `mapper.places.gazetteer.own.add`."""

    def elsewhere(words: str) -> list[Place]:
        return [match.place for match in open_gazetteer(settings, console).lookup(words, limit=20)]

    return own.add(own_folder(settings), name, elsewhere=elsewhere, **fields)


def namesakes(settings: Settings, entry: Entry) -> Iterator[str]:
    """Yield a line for each other place that shares a name with an entry; see `mapper.places.gazetteer.namesakes`."""
    for other, metres in namesakes_of(own_folder(settings), entry):
        place = other.place
        yield (
            f"there is also {place.name} ({place.id}), {metres / 1000:,.0f} km away: "
            "reports that use the name alone are ambiguous."
        )


def find(settings: Settings, words: str, console: Console, *, everywhere: bool, limit: int) -> Iterator[str]:
    """Yield a line for each place that the words may mean, own entries first."""
    if everywhere:
        for match in open_gazetteer(settings, console).lookup(words, limit=limit):
            if is_alike(words, match):
                yield _line(match.place, f"{match.how} {likeness(words, match):.2f}")
        return
    for entry in own.find(_existing(settings), words, console.report, limit=limit):
        yield _line(entry.place, entry.geo_source)


def check(settings: Settings, console: Console) -> int:
    """Check the own gazetteer; see `mapper.places.gazetteer.own.check`."""
    return own.check(_existing(settings), console.report)


def remove(settings: Settings, identifier: str) -> Entry:
    """Remove an entry; see `mapper.places.gazetteer.own.remove`."""
    return own.remove(own_folder(settings), identifier)


def incidents_of(build: Path) -> Path:
    """Return the incidents of a finished build.

    Raises
    ------
    InputError
        There are none in the folder.
    """
    incidents = build / INCIDENTS
    if not incidents.is_file():
        message = f"--build {build}: there is no {INCIDENTS} in it; give a folder that mapper build wrote."
        raise InputError(message)
    return incidents


def moved_by(entry: Entry, incidents: Path) -> Iterator[str]:
    """Say which incidents of a finished build a new entry concerns, and how far they would move.

    Parameters
    ----------
    entry : Entry
        The new place.
    incidents : Path
        See `incidents_of`.

    Yields
    ------
    str
        A line for each incident whose place is written as one of the entry's names.
    """
    names = {fold(name).sound for name in entry.names}
    count = 0
    for feature in read_features(incidents):
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
    names_it = "names it" if count == 1 else "name it"
    yield f"{counted(count, 'incident')} of that build {names_it}. Build again to see them move."


def download(settings: Settings, country: str, console: Console) -> Path:
    """Fetch the GeoNames dump of a country into the own gazetteer's folder of downloads."""
    from mapper.places.gazetteer.download import download_geonames

    def told(name: str, done: int, total: int | None) -> None:
        if total and done >= total:
            console.note(f"{name}: {done:,} bytes")

    return download_geonames(country, own_folder(settings) / DOWNLOADS, progress=told)


def import_places(
    settings: Settings, form: str, path: Path, console: Console, *, name: str = "", columns: Mapping[str, str]
) -> tuple[int, Path]:
    """Compile a gazetteer file into the folder of imported ones.

    Parameters
    ----------
    settings : Settings
        Name the own gazetteer.
    form : str
        ``geonames``, ``cod``, ``linked-places`` or ``csv``.
    path : Path
        The file.
    console : Console
        Is told of rows left out, and of progress.
    name : str
        What to call it; else the stem of the file.
    columns : mapping of str to str
        csv: our column names to the file's.

    Returns
    -------
    int, Path
        How many places, and the compiled file.

    Raises
    ------
    GazetteerError, OutputError
    """
    if not path.is_file():
        message = f"{path}: there is no such file."
        raise GazetteerError(message)
    readers = {"geonames": geonames.read, "cod": cod.read, "linked-places": linked_places.read}
    reader = partial(readers[form], path) if form in readers else partial(read_any, path, mapping=dict(columns))
    count = 0

    def counted() -> Iterator[Place]:
        nonlocal count
        for place in reader(report=console.report):
            count += 1
            yield place

    title = re.sub(r"[^\w-]+", "-", name or path.stem).strip("-") or "gazetteer"
    target = own_folder(settings) / IMPORTED / f"{title}.index"
    compile_index(counted(), target, source=title, progress=lambda done: console.tell(f"{done:,} places …"))
    return count, target


def export(settings: Settings, output: Path, form: str, console: Console) -> int:
    """Write the own gazetteer; see `mapper.places.gazetteer.export`."""
    from mapper.places.gazetteer.export import export as export_gazetteer

    return export_gazetteer(_existing(settings), output, console.report, form=form)


def pending(console: Console) -> Iterator[str]:
    """Yield a line for each place that a geocoder answered and nobody has decided on."""
    from mapper.places.geocoders import quarantine

    for answer in quarantine.pending(console.report):
        key = answer.question.key[:12]
        for number, candidate in enumerate(answer.candidates, 1):
            asked = printable(answer.question.name)
            yield f"{key}\t{asked}\t{number}\t{_line(candidate.place, answer.licence)}"


def accept(settings: Settings, key: str, console: Console, *, choice: int, author: str) -> Entry:
    """Make a geocoder's answer an entry of the own gazetteer."""
    from mapper.places.geocoders import quarantine

    folder = own_folder(settings)
    return quarantine.accept(key, folder, console.report, when=_today(), choice=choice, author=author)


def reject(key: str, console: Console) -> str:
    """Put a geocoder's answer aside; return the name that was asked for."""
    from mapper.places.geocoders import quarantine

    return quarantine.reject(key, console.report).question.name


def judge(verdict: str, ids: Sequence[str], ledger: Path, *, who: str, note: str) -> None:
    """Add a verdict on one incident, or on two, to a ledger."""
    if len(ids) > 2:
        message = "a verdict is about one incident or two."
        raise InputError(message)
    for name in ids:
        if not is_id(name):
            message = (
                f"{printable(name)} is no id; incidents.geojson and pairs.json have them, such as i-0123456789abcdef."
            )
            raise InputError(message)
    right = ids[1] if len(ids) > 1 else ""
    append(ledger, Judgement(verdict=verdict, left=ids[0], right=right, who=who, when=_today(), note=note))


def _existing(settings: Settings) -> Path:
    """Find the own gazetteer, which must be there.

    Raises
    ------
    GazetteerError
    """
    folder = own_folder(settings)
    if not (folder / PLACES).is_file():
        message = f"there is no own gazetteer in {folder}; mapper gazetteer add makes one."
        raise GazetteerError(message)
    return folder


def _today() -> str:
    """Give the date by the person's clock: it dates a decision, and no build reads it."""
    return datetime.now().astimezone().date().isoformat()


def _line(place: Place, why: str) -> str:
    where = ", ".join(part for part in (place.admin1, place.country) if part)
    parts = (place.id, place.name, place.kind, where, f"{place.longitude:.6f}", f"{place.latitude:.6f}", why)
    return "\t".join(printable(part) for part in parts)
