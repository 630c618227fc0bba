"""Counting the rows that an importer leaves out, and saying so in a few lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from mapper.errors import GazetteerError, Problem, Report

SHOWN: Final = 5
"""So many bad rows are reported one by one; the others are summed up."""

HOPELESS: Final = 1_000
"""After so many rows without one good one, the file is not what it was taken for."""

Progress = Callable[[int], None]
"""Is called now and then with the number of rows read."""


@dataclass(slots=True)
class Tally:
    """Counts good and bad rows of one file.

    Parameters
    ----------
    where : str
        Name of the file, for messages.
    report : Report
        Is told of the first few bad rows, and of the sum at the end.
    progress : Progress or None
        Is told how many rows were read, every 10,000 rows and at the end.
    """

    where: str
    report: Report
    progress: Progress | None = None
    good: int = 0
    bad: int = 0
    _kinds: Counter[str] = field(default_factory=Counter)
    _last: int = 0
    _first: str = ""

    def accept(self) -> None:
        """Count a good row."""
        self.good += 1
        if self.progress is not None and self.good % 10_000 == 0:
            self.progress(self.good + self.bad)

    def refuse(self, line: int, kind: str, what: str = "") -> None:
        """Count a bad row.

        Parameters
        ----------
        line : int
            Its number in the file, from 1.
        kind : str
            The kind of fault, by which the sum is ordered.
        what : str
            The fault of this very row; `kind` when not given.

        Raises
        ------
        GazetteerError
            So many rows were bad, and none good, that the file must be another thing.
        """
        self.bad += 1
        self._kinds[kind] += 1
        self._last = line
        self._first = self._first or what or kind
        if self.bad <= SHOWN:
            self.report(Problem(f"{self.where}, line {line}", f"left out: {what or kind}"))
        if self.good == 0 and self.bad >= HOPELESS:
            raise self._hopeless()

    def close(self) -> None:
        """Sum up, once the file has been read to its end.

        Raises
        ------
        GazetteerError
            There were rows, and not one of them was good.
        """
        if self.progress is not None:
            self.progress(self.good + self.bad)
        if self.good == 0 and self.bad:
            raise self._hopeless()
        if self.bad > SHOWN:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in self._kinds.most_common(4))
            what = f"{self.bad:,} of {self.good + self.bad:,} rows left out, the last on line {self._last:,} ({kinds})"
            self.report(Problem(self.where, what))
        if not self.good and not self.bad:
            self.report(Problem(self.where, "the file has no rows"))

    def _hopeless(self) -> GazetteerError:
        message = (
            f"{self.where}: not one usable row among the first {self.bad:,} ({self._first}). Is it the right format?"
        )
        return GazetteerError(message)
