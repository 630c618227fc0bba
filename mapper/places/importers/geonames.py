"""Dumps of GeoNames: the 19 columns of a country file or of allCountries.

Beside the dump, or one folder up, are looked for: ``admin1CodesASCII.txt`` and
``admin2Codes.txt`` (names of divisions; without them the divisions' own rows in
the dump serve) and ``alternateNamesV2.txt`` (more names).

GeoNames is licensed CC BY 4.0; https://download.geonames.org/export/dump/readme.txt
says what the columns mean.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from mapper.errors import GazetteerError, Problem, Report
from mapper.geo import coordinate_fault, rounded
from mapper.model import Place
from mapper.places.importers.lines import numbered, opened
from mapper.places.importers.tally import Progress, Tally

COLUMNS: Final = 19
SOURCE: Final = "GeoNames"
NAME_LIMIT: Final = 400
"""Longest name that is kept, characters: GeoNames allows 200."""

_CITY: Final = 100_000
_TOWN: Final = 10_000
_ID_DIGITS: Final = 15
_BITS: Final = 1 << 30
_LOOK_FIRST: Final = 20
_INVISIBLE: Final = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_MARKS: Final = dict.fromkeys(map(ord, _INVISIBLE))
# Rows of alternateNamesV2 that are no names: addresses, codes, sounds.
_NO_NAMES: Final = frozenset(["link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "piny", "abbr"])
_SETTLEMENTS: Final = {"PPLC": "city", "PPLA": "city", "PPLX": "neighbourhood"}
_SEAS: Final = frozenset(["SEA", "OCN", "GULF", "BAY", "BAYS", "STRT", "CHN", "CHNM", "SD", "FJD"])
_DIVISIONS: Final = {
    "ADM1": "governorate",
    "ADM2": "district",
    "ADM3": "district",
    "ADM4": "district",
    "ADM5": "district",
    "ADMD": "district",
}
_BY_CLASS: Final = {"A": "region", "L": "region", "H": "site", "T": "site", "R": "site", "S": "site", "V": "region"}


def read(path: Path, report: Report, *, progress: Progress | None = None) -> Iterator[Place]:
    """Read a GeoNames dump, one place at a time.

    Parameters
    ----------
    path : Path
        A country file (``SY.txt``) or ``allCountries.txt``.
    report : Report
        Is told of rows that are left out, with their line numbers: the first
        few one by one, the others as a sum.
    progress : Progress, optional
        Is told how many rows were read.

    Yields
    ------
    Place
        With id ``geonames:<id>``, in the order of the file. Arabic and Latin
        names are in `Place.aliases` as the dump has them.

    Raises
    ------
    GazetteerError
        The file cannot be read, or is not a GeoNames dump.
    """
    admin1 = _codes(path, "admin1CodesASCII.txt", report)
    admin2 = _codes(path, "admin2Codes.txt", report)
    _divisions_of_dump(path, admin1, admin2)
    with closing(_MoreNames(path, report)) as more:
        yield from _places(path, report, progress, admin1, admin2, more)


def kind_of(feature_class: str, feature_code: str, population: int) -> str:
    """Turn GeoNames' feature class and code into a kind of `Place`.

    Examples
    --------
    >>> kind_of("P", "PPL", 25_000), kind_of("P", "PPL", 0), kind_of("A", "ADM1", 0), kind_of("S", "HSP", 0)
    ('town', 'village', 'governorate', 'site')
    """
    if feature_class == "P":
        return _SETTLEMENTS.get(feature_code) or _settlement(feature_code, population)
    if feature_class == "A":
        is_country = feature_code.startswith("PCL") and feature_code != "PCLH"
        return "country" if is_country else _DIVISIONS.get(feature_code, "region")
    return "sea" if feature_code in _SEAS else _BY_CLASS.get(feature_class, "region")


def _settlement(feature_code: str, population: int) -> str:
    if population >= _CITY:
        return "city"
    # The seat of a district is more than a village, also where nobody counted.
    return "town" if population >= _TOWN or feature_code.startswith("PPLA") else "village"


def looks_like_dump(line: bytes) -> bool:
    r"""Say whether a line has the shape of a GeoNames row.

    Examples
    --------
    >>> looks_like_dump(b"name,latitude,longitude")
    False
    """
    fields = line.split(b"\t")
    return len(fields) == COLUMNS and fields[0].isdigit() and len(fields[6]) <= 1 and len(fields[8]) in {0, 2}


def _places(
    path: Path,
    report: Report,
    progress: Progress | None,
    admin1: Mapping[str, str],
    admin2: Mapping[str, str],
    more: _MoreNames,
) -> Iterator[Place]:
    tally = Tally(path.name, report, progress)
    seen = _Numbers()
    left_out = 0
    with opened(path) as stream:
        for number, line in numbered(stream):
            try:
                fields = line.decode("utf-8").split("\t")
                # Dumps made of several sources may have both ids of one place, "283,284", and rows of these ids too.
                ids = fields[0].split(",")
                fields[0] = ids[0]
            except UnicodeDecodeError:
                tally.refuse(number, "not UTF-8")
                continue
            fault = _fault(fields)
            if not fault and len(ids) == 1 and seen.add(int(fields[0])):
                fault = f"id {fields[0]} was there before"
            if fault:
                tally.refuse(number, _kind_of_fault(fault), fault)
                _stop_if_another_format(path, tally, fault)
                continue
            country, code1 = fields[8].upper(), fields[10]
            population = (
                int(fields[14])
                if fields[14].isascii() and fields[14].isdigit() and len(fields[14]) <= _ID_DIGITS
                else 0
            )
            name = _unmarked(fields[1])
            kind = kind_of(fields[6], fields[7], population)
            aliases, refused = _aliases(name, kind, [fields[2], *fields[3].split(","), *more.of(int(fields[0]))])
            left_out += refused
            tally.accept()
            yield Place(
                id=f"geonames:{'+'.join(ids)}",
                name=name,
                longitude=rounded(float(fields[5])),
                latitude=rounded(float(fields[4])),
                kind=kind,
                country=country,
                admin1=admin1.get(f"{country}.{code1}", "") if code1 else "",
                admin2=admin2.get(f"{country}.{code1}.{fields[11]}", "") if fields[11] else "",
                population=population,
                aliases=aliases,
                source=SOURCE,
            )
    tally.close()
    if left_out:
        report(Problem(path.name, f"{left_out:,} alternative names left out: too long, or with control characters"))


def _is_number(cell: str) -> bool:
    return len(cell) <= _ID_DIGITS and cell.isascii() and cell.isdigit()


def _fault(fields: list[str]) -> str:
    """Say what is wrong with a row, in words that begin with the kind of fault; empty if nothing is."""
    if len(fields) != COLUMNS:
        return f"{len(fields)} columns instead of {COLUMNS}"
    if not _is_number(fields[0]):
        return "the id is not a number"
    try:
        longitude, latitude = float(fields[5]), float(fields[4])
    except ValueError:
        return "a coordinate is not a number"
    return _fault_of_name(fields[1]) or coordinate_fault(longitude, latitude) or ""


def _unmarked(name: str) -> str:
    """Return a name without invisible marks, which are not printable, and without spaces around it."""
    return name.strip() if name.isprintable() else name.translate(_MARKS).strip()


def _fault_of_name(name: str) -> str:
    if not _unmarked(name):
        return "no name"
    if len(name) > NAME_LIMIT:
        return f"the name has {len(name):,} characters"
    if not name.isprintable() and any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in name):
        return "the name has control characters"
    return ""


def _kind_of_fault(fault: str) -> str:
    """Name the kind of a fault, for the sum: the fault without its figures."""
    return " ".join(word for word in fault.split() if not any(c.isdigit() for c in word))


def _stop_if_another_format(path: Path, tally: Tally, fault: str) -> None:
    if tally.good == 0 and tally.bad == _LOOK_FIRST and "columns" in fault:
        message = (
            f"{path.name} is not a GeoNames dump: its rows have {fault}. "
            "Take the country file from GeoNames as it is, or import it as CSV with a column map."
        )
        raise GazetteerError(message)


def _aliases(name: str, kind: str, names: list[str]) -> tuple[tuple[str, ...], int]:
    """Choose the names worth keeping, in order; return them and how many were refused."""
    kept = {name: None}
    refused = 0
    for other in names:
        if other in kept or not other:
            continue
        alias = _unmarked(other)
        if not alias or alias.startswith(("http:", "https:")):
            continue
        if len(alias) > NAME_LIMIT or (not alias.isprintable() and any(ord(c) < 32 for c in alias)):
            refused += 1
        # KAC, OSKL: codes of airports and the like. Countries are spoken of by theirs.
        elif kind == "country" or not (len(alias) <= 4 and alias.isascii() and alias.isupper()):
            kept[alias] = None
    return tuple(kept)[1:], refused


def _beside(path: Path, name: str) -> Path | None:
    for folder in (path.parent, path.parent.parent):
        if (folder / name).is_file():
            return folder / name
    return None


def _codes(path: Path, name: str, report: Report) -> dict[str, str]:
    """Read names of divisions by code; an unreadable table is reported and done without."""
    table = _beside(path, name)
    codes: dict[str, str] = {}
    if table is None:
        return codes
    try:
        with opened(table) as stream:
            for number, line in numbered(stream):
                fields = line.decode("utf-8", "replace").split("\t")
                if len(fields) >= 2 and fields[1].strip():
                    codes[fields[0]] = fields[1].strip()
                else:
                    report(Problem(f"{table.name}, line {number}", "left out: no code and name"))
    except GazetteerError as fault:
        report(Problem(table.name, f"not used: {fault}"))
    return codes


def _divisions_of_dump(path: Path, admin1: dict[str, str], admin2: dict[str, str]) -> None:
    """Add the names of divisions that only their own rows in the dump give."""
    with opened(path) as stream:
        for _, line in numbered(stream):
            if b"\tADM" not in line:
                continue
            fields = line.decode("utf-8", "replace").split("\t")
            if len(fields) != COLUMNS:
                continue
            if fields[7] == "ADM1" and fields[10]:
                admin1.setdefault(f"{fields[8]}.{fields[10]}", fields[1])
            elif fields[7] == "ADM2" and fields[11]:
                admin2.setdefault(f"{fields[8]}.{fields[10]}.{fields[11]}", fields[1])


class _Numbers:
    """A set of ids, a bit each: twelve million of them take 2 MB, not a gigabyte."""

    def __init__(self) -> None:
        self._bits = bytearray()
        self._large: set[int] = set()

    def add(self, number: int) -> bool:
        """Add an id; return whether it was there."""
        if number >= _BITS:
            there = number in self._large
            self._large.add(number)
            return there
        place, bit = number >> 3, 1 << (number & 7)
        if place >= len(self._bits):
            self._bits.extend(bytes(place + 1 - len(self._bits)))
        there = bool(self._bits[place] & bit)
        self._bits[place] |= bit
        return there

    def __contains__(self, number: int) -> bool:
        """Say whether an id is there."""
        if number >= _BITS:
            return number in self._large
        place = number >> 3
        return place < len(self._bits) and bool(self._bits[place] & (1 << (number & 7)))


class _MoreNames:
    """Names of alternateNamesV2.txt for the ids of one dump, kept on disk while it is read."""

    def __init__(self, path: Path, report: Report) -> None:
        self._table: sqlite3.Connection | None = None
        names = _beside(path, "alternateNamesV2.txt")
        if names is None:
            return
        wanted = _Numbers()
        with opened(path) as stream:
            for _, line in numbered(stream):
                identifier = line.split(b"\t", 1)[0]
                if identifier.isdigit() and len(identifier) <= _ID_DIGITS:
                    wanted.add(int(identifier))
        # A database without a name is a temporary file, which SQLite removes.
        self._table = sqlite3.connect("")
        self._table.execute("CREATE TABLE name (place INTEGER, name TEXT)")
        tally = Tally(names.name, report)
        with opened(names) as stream:
            self._table.executemany("INSERT INTO name VALUES (?, ?)", self._rows(stream, wanted, tally))
        tally.close()
        self._table.execute("CREATE INDEX by_place ON name (place)")

    @staticmethod
    def _rows(stream: object, wanted: _Numbers, tally: Tally) -> Iterator[tuple[int, str]]:
        for number, line in numbered(stream):  # type: ignore[arg-type]
            fields = line.decode("utf-8", "replace").split("\t")
            if len(fields) < 4 or not (fields[1].isascii() and fields[1].isdigit()) or len(fields[1]) > _ID_DIGITS:
                tally.refuse(number, "no id and name")
                continue
            tally.accept()
            if fields[2] not in _NO_NAMES and int(fields[1]) in wanted:
                yield int(fields[1]), fields[3]

    def of(self, identifier: int) -> list[str]:
        """Return the names of a place."""
        if self._table is None:
            return []
        rows = self._table.execute("SELECT name FROM name WHERE place = ? ORDER BY rowid", (identifier,))
        return [name for (name,) in rows]

    def close(self) -> None:
        """Remove the table."""
        if self._table is not None:
            self._table.close()
