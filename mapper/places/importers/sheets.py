"""Rows of spreadsheets (XLSX), read as a stream, with limits: such a file is a zip archive of XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from mapper.errors import GazetteerError

UNPACKED_LIMIT: Final = 1_000_000_000
"""Largest sum of what the archive holds, bytes."""
RATIO_LIMIT: Final = 200
"""Largest ratio of any member to its packed size, beyond its first megabyte."""
MEMBERS_LIMIT: Final = 1_000


@contextmanager
def sheets(path: Path) -> Iterator[Iterator[Iterator[tuple[int, list[str]]]]]:
    """Open a spreadsheet: its sheets, each the rows with their numbers, every cell as text.

    Raises
    ------
    GazetteerError
        It is no spreadsheet, damaged, or unpacks to more than the limits.
    """
    _check(path)
    import openpyxl

    # Opened here: the library goes by the name's ending, and leaves a damaged file open.
    with path.open("rb") as stream:
        try:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
        except Exception as fault:
            # The library lets through whatever its parsers raise: KeyError, ParseError, …
            raise GazetteerError(f"{path.name} is a damaged spreadsheet ({type(fault).__name__})") from fault
        try:
            yield (_rows(path, sheet) for sheet in book.worksheets)
        finally:
            book.close()


def _check(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as fault:
        raise GazetteerError(f"{path.name} is a damaged archive: {fault}") from fault
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise GazetteerError(f"{path.name} is a zip archive: unpack it first")
    total = sum(member.file_size for member in members)
    swollen = any(m.file_size > 1_000_000 and m.file_size > RATIO_LIMIT * max(1, m.compress_size) for m in members)
    if len(members) > MEMBERS_LIMIT or total > UNPACKED_LIMIT or swollen:
        message = f"{path.name} would unpack to {total:,} bytes, more than a table of places needs: not opened"
        raise GazetteerError(message)


def _rows(path: Path, sheet: Any) -> Iterator[tuple[int, list[str]]]:  # noqa: ANN401 - openpyxl has no types
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = [_text(value) for value in row]
            if any(cells):
                yield number, cells
    except Exception as fault:
        raise GazetteerError(f"{path.name} is a damaged spreadsheet ({type(fault).__name__})") from fault


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
