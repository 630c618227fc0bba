"""What can go wrong, as one tree.

::

    MapperError                      exit   also a
    ├── InputError                   3      ValueError
    │   ├── ArticleError             3
    │   └── LimitError               3
    ├── GazetteerError               4      ValueError
    │   ├── EntryRefusedError        4
    │   └── GazetteerIndexError      4
    ├── NetworkError                 4      OSError
    │   ├── LookupFailedError        4      (this look-up failed: go on)
    │   └── ServiceRefusedError      4      (the service said no: stop asking it)
    └── OutputError                  5      OSError

Every message says what happened and what to do next, in one line. Faults that
do not stop a run are not raised: they are handed to a `Report` as a `Problem`,
printed as a line each, and make the command exit 1.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar


class MapperError(Exception):
    """Root of everything that this package raises on purpose."""

    exit_code: ClassVar[int] = 1


class InputError(MapperError, ValueError):
    """An input could not be used at all."""

    exit_code = 3


class ArticleError(InputError):
    """An article, or the list of sources beside it, could not be read."""


class LimitError(InputError):
    """An input is larger than the documented limit."""


class GazetteerError(MapperError, ValueError):
    """A gazetteer could not be read or changed."""

    exit_code = 4


class EntryRefusedError(GazetteerError):
    """A gazetteer entry was refused.

    Parameters
    ----------
    reasons : mapping of str to str
        For each refused field, why.
    """

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = dict(reasons)
        super().__init__("; ".join(f"{field}: {why}" for field, why in self.reasons.items()))


class GazetteerIndexError(GazetteerError):
    """A compiled gazetteer is truncated, foreign or of another version."""


class NetworkError(MapperError, OSError):
    """The network, or a service on it, did not do what was asked."""

    exit_code = 4


class LookupFailedError(NetworkError):
    """One look-up failed; others may succeed. Not the same as "not found"."""


class ServiceRefusedError(NetworkError):
    """The service refused us (401, 403, …): stop asking it in this run."""


class OutputError(MapperError, OSError):
    """An output could not be written; what was there before is intact."""

    exit_code = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault that did not stop the run.

    Parameters
    ----------
    where : str
        The file, row or entry concerned.
    what : str
        What is wrong, and what was done about it.
    """

    where: str
    what: str

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.where}: {self.what}"


Report = Callable[[Problem], None]
"""Where problems go. Functions that can meet one take it as `report`."""
