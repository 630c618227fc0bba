"""Answers of geocoders wait here until a person accepts them into the gazetteer, or rejects them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mapper.errors import GazetteerError, Report
from mapper.places.gazetteer import own
from mapper.places.gazetteer.cache import cache_folder
from mapper.places.gazetteer.entries import Entry
from mapper.places.gazetteer.sources import Source, add_source
from mapper.places.geocoders.store import Answer, Store

ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"
_ADDRESSES: Final = {
    "nominatim": "https://nominatim.org/",
    "photon": "https://photon.komoot.io/",
    "pelias": "https://pelias.io/",
}


def pending(report: Report) -> list[Answer]:
    """List the answers with a place that nobody has decided on, in the order of names."""
    return [answer for answer in _store(report).answers() if answer.candidates and not answer.verdict]


def accept(
    key: str, folder: Path, report: Report, *, when: str, choice: int = 1, author: str = "", name: str = ""
) -> Entry:
    """Take one of an answer's places into the own gazetteer.

    Parameters
    ----------
    key : str
        `Question.key` of the answer, or the beginning of it.
    folder : Path
        The own gazetteer.
    report : Report
        Is told of a damaged cache.
    when : str
        Date of the decision, by the person's clock.
    choice : int
        Which of its candidates, from 1.
    author : str
        Who decides.
    name : str
        Title of the entry; empty: the spelling that was asked for.

    Returns
    -------
    Entry
        With the service as source, its id there, and date and licence in the note.

    Raises
    ------
    GazetteerError
        There is no such answer, or it has no such place.
    EntryRefusedError
        The gazetteer does not take it; the answer stays in quarantine.
    """
    answer = _found(key, report)
    if not 1 <= choice <= len(answer.candidates):
        raise GazetteerError(f"{key} has {len(answer.candidates)} places; choose one of them by its number.")
    place = answer.candidates[choice - 1].place
    title = name or answer.question.name
    service = answer.question.service
    entry = own.add(
        folder,
        title,
        longitude=place.longitude,
        latitude=place.latitude,
        kind=place.kind,
        source=service,
        source_id=place.id,
        aliases=[other for other in (place.name, *place.aliases) if other != title],
        country=place.country,
        author=author,
        added=when,
        note=f"Answer of {answer.question.host}, asked {answer.asked}; accepted {when}. {answer.licence}.",
    )
    add_source(
        folder,
        Source(
            id=service,
            title=f"Answers of {service}, each accepted by a person",
            url=_ADDRESSES.get(service, ""),
            licence=answer.licence,
            retrieved=when,
        ),
    )
    _store(report).decide(answer.question.key, ACCEPTED)
    return entry


def reject(key: str, report: Report) -> Answer:
    """Put an answer aside: it is neither shown nor used again.

    Raises
    ------
    GazetteerError
        There is no such answer.
    """
    answer = _found(key, report)
    _store(report).decide(answer.question.key, REJECTED)
    return answer


def _found(key: str, report: Report) -> Answer:
    found = [a for a in _store(report).answers() if key and a.question.key.startswith(key) and a.candidates]
    if len(found) != 1:
        few = "no answer" if not found else f"{len(found)} answers"
        raise GazetteerError(f"{key[:40]!r} is the id of {few}. mapper gazetteer review lists them.")
    return found[0]


def _store(report: Report) -> Store:
    return Store(cache_folder() / "geocoder.sqlite3", report)
