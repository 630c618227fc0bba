"""From the cells of a table to a checked `Place`: what every importer of tables shares."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mapper.cells import allow_long_cells, delimiter_of
from mapper.errors import GazetteerError
from mapper.geo import coordinate_fault, rounded
from mapper.model import Place
from mapper.places.importers.kinds import kind_called
from mapper.places.importers.lines import opened

NAME_LIMIT: Final = 400
FIELDS: Final = (
    "id", "name", "longitude", "latitude", "kind", "country", "admin1", "admin2", "aliases", "population",
    "radius_m", "parent", "source",
)  # fmt: skip
"""Our names for the columns of a table."""

_INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
)
_BETWEEN_NAMES: Final = re.compile(r"\s*[;|]\s*")
_NUMBER: Final = re.compile(r"\s{0,8}-?\d+(?:[.,]\d+)?\s{0,8}")
_LONGEST_NUMBER: Final = 50


class BadRowError(ValueError):
    """A row that is left out: the kind of fault, and the fault itself."""

    def __init__(self, kind: str, what: str = "") -> None:
        self.kind, self.what = kind, what or kind
        super().__init__(self.what)


def place_of(values: Mapping[str, str], *, identifier: str, source: str, kind: str = "village") -> Place:
    """Check the values of a row and make a place of them.

    Parameters
    ----------
    values : mapping of str to str
        By our names (`FIELDS`); several names in ``aliases`` have ``;`` or ``|`` between them.
    identifier : str
        Id where the row has none.
    source : str
        Where the table is from, where the row does not say.
    kind : str
        Kind where the row has none that is known.

    Raises
    ------
    BadRowError
        The row is of no use.
    """
    get = {field: clean(values.get(field, "")) for field in FIELDS}
    name = get["name"]
    if not name:
        raise BadRowError("no name")
    if len(name) > NAME_LIMIT:
        raise BadRowError("a name too long", f"the name has {len(name):,} characters")
    if any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in name):
        raise BadRowError("a name with control characters or of another encoding")
    longitude, latitude = _number(get["longitude"], "longitude"), _number(get["latitude"], "latitude")
    if why := coordinate_fault(longitude, latitude):
        raise BadRowError("a position out of range", why)
    aliases = (clean(alias) for alias in _BETWEEN_NAMES.split(get["aliases"]))
    country = get["country"].upper()
    return Place(
        id=get["id"] or identifier,
        name=name,
        longitude=rounded(longitude),
        latitude=rounded(latitude),
        kind=kind_called(get["kind"]) or kind,
        country=country if re.fullmatch("[A-Z]{2}", country) else "",
        admin1=get["admin1"],
        admin2=get["admin2"],
        radius_m=_count(get["radius_m"]),
        population=_count(get["population"]),
        aliases=tuple(dict.fromkeys(a for a in aliases if a and a != name and len(a) <= NAME_LIMIT)),
        parent=get["parent"],
        source=get["source"] or source,
    )


def clean(text: str) -> str:
    """Drop direction marks and surrounding spaces."""
    return text.translate(_INVISIBLE).strip()


def _number(text: str, field: str) -> float:
    if not text:
        raise BadRowError(f"no {field}")
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        try:
            return float(text)
        except ValueError:
            raise BadRowError(f"a {field} that is no number", f"{field} {text[:30]!r} is not a number") from None
    # 35,02: a decimal comma, as spreadsheets of many countries write it.
    return float(text.replace(",", "."))


def _count(text: str) -> int:
    try:
        return min(10**10, max(0, round(float(text.replace(",", "").replace(" ", ""))))) if text else 0
    except (ValueError, OverflowError):
        return 0


@contextmanager
def csv_rows(path: Path, delimiter: str = "") -> Iterator[tuple[list[str], Iterator[tuple[int, list[str]]]]]:
    """Open a CSV or TSV file: its header, and its rows with their line numbers.

    A row that the format forbids comes as an empty list.

    Raises
    ------
    GazetteerError
        The file cannot be read, is no text, or is empty.
    """
    with opened(path) as stream:
        text = io.TextIOWrapper(_Kept(stream), "utf-8", errors="surrogateescape", newline="")
        first = text.readline(1_000_000)
        while first and not first.strip():
            first = text.readline(1_000_000)
        if not first:
            raise GazetteerError(f"{path.name} is empty")
        chosen = delimiter or delimiter_of(first)
        allow_long_cells()
        header = next(csv.reader([first], delimiter=chosen), [])
        reader = csv.reader(text, delimiter=chosen)
        yield [clean(name) for name in header], _guarded(reader)


def _guarded(reader: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    iterator = iter(reader)
    while True:
        try:
            row = next(iterator)
        except StopIteration:
            return
        except csv.Error:
            yield getattr(reader, "line_num", 0) + 1, []
            continue
        if any(cell.strip() for cell in row):
            yield getattr(reader, "line_num", 0) + 1, row


class _Kept(io.BufferedReader):
    """A stream that stays open when the text read from it is thrown away."""

    def __init__(self, stream: object) -> None:
        super().__init__(stream)  # type: ignore[arg-type]

    def close(self) -> None:
        """Nothing: whoever opened the stream closes it."""


def named(header: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    """Pair a row's cells with the header.

    Raises
    ------
    BadRowError
        It has none: the format forbids what stands on that line.
    """
    if not row:
        raise BadRowError("no row of CSV")
    return {name: cell for name, cell in zip(header, row, strict=False) if name}
