"""Where the entries of the own gazetteer come from: `sources.csv`."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Final

from mapper import files
from mapper.places.gazetteer.entries import SOURCES, line_of, places_file, read_text, rows

COLUMNS: Final = ("id", "title", "publisher", "url", "licence", "retrieved", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A row of ``sources.csv``, in the order of its columns."""

    id: str
    title: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    retrieved: str = ""
    note: str = ""


def sources_file(folder_or_csv: Path) -> Path:
    """Return the file of sources beside the file of places."""
    return places_file(folder_or_csv).with_name(SOURCES)


def read_sources(folder_or_csv: Path) -> tuple[Source, ...]:
    """Read the sources, in the order of the file.

    Raises
    ------
    GazetteerError
        The file as a whole cannot be used.
    """
    path = sources_file(folder_or_csv)
    listed = rows(path, required=("id", "title", "licence"))
    return tuple(Source(**{name: (row.get(name) or "").strip() for name in COLUMNS}) for _, _, row in listed)


def add_source(folder_or_csv: Path, source: Source) -> bool:
    """Add a source, unless one of that id is there; return whether it was added.

    Raises
    ------
    GazetteerError, OutputError
        The file cannot be read, or not be written; it is as it was.
    """
    path = sources_file(folder_or_csv)
    with files.locked(path):
        if any(known.id == source.id for known in read_sources(folder_or_csv)):
            return False
        text = read_text(path) or line_of(COLUMNS)
        text += "" if text.endswith("\n") else "\n"
        files.write_bytes(path, (text + line_of(astuple(source))).encode("utf-8"))
    return True
