"""What `mapper collect` wrote down beside a page: how its bytes were come by, and their hash."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mapper.errors import LimitError
from mapper.files import read_bytes
from mapper.reading.articles.records import RecordError, parse_record

EVIDENCE_END: Final = ".received.json"
"""End of the name of the record that lies beside ``NAME.html``: ``NAME.received.json``."""

RECORD_LIMIT: Final = 1_000_000

_CHARSET: Final = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """The record of a page that was collected.

    Parameters
    ----------
    sha256 : str
        Hash of the bytes as they came.
    charset : str
        Encoding that the server declared, "" if none.
    """

    sha256: str
    charset: str


def evidence_beside(path: Path) -> Path:
    """Return where the record of a page lies, if it has one."""
    return path.with_name(path.stem + EVIDENCE_END)


def read_received(path: Path) -> Received | None:
    """Read the record beside a page.

    Parameters
    ----------
    path : Path
        The page.

    Returns
    -------
    Received or None
        None if there is no record.

    Raises
    ------
    RecordError
        There is one, and it cannot be read.
    """
    beside = evidence_beside(path)
    if not beside.is_file():
        return None
    try:
        record = parse_record(read_bytes(beside, limit=RECORD_LIMIT))
    except (OSError, LimitError) as fault:
        message = f"cannot be read ({fault})"
        raise RecordError(message) from fault
    return Received(str(record.get("sha256") or ""), _charset(record.get("headers")))


def _charset(headers: object) -> str:
    """Return the encoding in the first content type of a list of headers, as they were received."""
    for header in headers if isinstance(headers, Iterable) else ():
        if isinstance(header, list) and len(header) == 2 and str(header[0]).lower() == "content-type":
            found = _CHARSET.search(str(header[1])[:400])
            return found[1] if found else ""
    return ""
