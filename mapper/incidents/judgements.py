"""What people decided, in a ledger that only grows.

One JSON object a line. A line is never changed: the newest verdict on a pair
or an incident counts, so that writing another takes a decision back, and the
ledger still tells who thought what when. Ids are those of `identity`, which
survive every run; the ledger therefore outlives gazetteers and extractors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from mapper import files
from mapper.errors import InputError, Problem, Report
from mapper.incidents.identity import account_of
from mapper.model import Judgement, ReviewStatus

PAIR: Final = frozenset({"same", "different", "unsure", "undecided"})
SINGLE: Final = frozenset({"accepted", "rejected", "edited", "unreviewed"})
_STATUSES: Final[dict[str, ReviewStatus]] = {
    "accepted": "accepted",
    "rejected": "rejected",
    "edited": "edited",
    "unreviewed": "unreviewed",
}
LEDGER_LIMIT: Final = 100_000_000
"""Largest ledger that is read, bytes: about half a million judgements."""
_FIELDS: Final = ("verdict", "left", "right", "who", "when", "note")


def fault_of(judgement: Judgement) -> str | None:
    """Say what is wrong with a judgement, or return None.

    Examples
    --------
    >>> fault_of(Judgement(verdict="same", left="a-01"))
    'a verdict of "same" is about two accounts; only one is given'
    """
    if judgement.verdict not in PAIR | SINGLE:
        return f'"{judgement.verdict}" is no verdict; one of {", ".join(sorted(PAIR | SINGLE))} is'
    if not judgement.left:
        return "it does not say what it is about"
    if judgement.verdict in PAIR and not judgement.right:
        return f'a verdict of "{judgement.verdict}" is about two accounts; only one is given'
    if judgement.verdict in PAIR and account_of(judgement.left) == account_of(judgement.right):
        return "an account is always the same as itself"
    if judgement.verdict in SINGLE and judgement.right:
        return f'a verdict of "{judgement.verdict}" is about one incident; two are given'
    return None


class Judgements:
    """The verdicts that count, by account.

    Parameters
    ----------
    ledger : iterable of Judgement
        In the order they were written. ``undecided`` takes a verdict on a pair
        back, ``unreviewed`` one on an incident.

    Examples
    --------
    >>> first = Judgement(verdict="same", left="a-01", right="a-02")
    >>> second = Judgement(verdict="different", left="a-02", right="a-01")
    >>> Judgements([first, second]).pairs
    {('a-01', 'a-02'): 'different'}
    """

    def __init__(self, ledger: Iterable[Judgement] = ()) -> None:
        self.pairs: dict[tuple[str, str], str] = {}
        self._single: dict[str, tuple[int, ReviewStatus]] = {}
        self._all: list[Judgement] = []
        for number, judgement in enumerate(ledger):
            if fault_of(judgement) is not None:
                continue
            self._all.append(judgement)
            left = account_of(judgement.left)
            if judgement.verdict in SINGLE:
                self._single[left] = (number, _STATUSES[judgement.verdict])
                continue
            pair = tuple(sorted((left, account_of(judgement.right))))
            self.pairs.pop((pair[0], pair[1]), None)
            if judgement.verdict != "undecided":
                self.pairs[pair[0], pair[1]] = judgement.verdict

    def __len__(self) -> int:
        """Return how many judgements the ledger holds, those that newer ones replace included."""
        return len(self._all)

    def without_effect(self, account_ids: Collection[str]) -> list[Judgement]:
        """Return the judgements that name an account which is not among those that were read."""
        known = {account_of(name) for name in account_ids}
        return [
            judgement
            for judgement in self._all
            if any(name and account_of(name) not in known for name in (judgement.left, judgement.right))
        ]

    def status(self, account_ids: Sequence[str]) -> ReviewStatus:
        """Return the newest verdict on any account of an incident."""
        verdicts = [self._single[name] for name in account_ids if name in self._single]
        return max(verdicts)[1] if verdicts else "unreviewed"


def read_ledger(path: Path, report: Report) -> Judgements:
    """Read a ledger; a file that is not there is an empty one.

    Parameters
    ----------
    path : Path
        JSON lines, as `append` writes them.
    report : callable
        Is told of each line that cannot be used; the others count.

    Raises
    ------
    InputError
        The file cannot be read at all, or no line of it can be used.
    """
    if not path.exists():
        return Judgements()
    problems: list[Problem] = []
    try:
        lines = files.read_bytes(path, limit=LEDGER_LIMIT).split(b"\n")
        ledger = Judgements(_usable(lines, path.name, problems.append))
    except OSError as fault:
        message = f"cannot read the judgements in {path}: {fault.strerror or fault}."
        raise InputError(message) from fault
    if problems and not len(ledger):
        message = f"{path}: no line of it is a judgement ({problems[0]}). Give the file that mapper judge writes."
        raise InputError(message)
    for problem in problems:
        report(problem)
    return ledger


def _usable(lines: Iterable[bytes], name: str, report: Report) -> Iterator[Judgement]:
    import orjson

    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as fault:
            report(Problem(f"{name}, line {number}", f"left out, no JSON: {fault}"))
            continue
        judgement = _of_row(row)
        reason = fault_of(judgement)
        if reason is None:
            yield judgement
        else:
            report(Problem(f"{name}, line {number}", f"left out: {reason}"))


def _of_row(row: object) -> Judgement:
    """Make a judgement of what a line holds; one that says nothing has a fault."""
    held = row if isinstance(row, dict) else {}
    return Judgement(**{key: str(held.get(key) or "") for key in _FIELDS})


def append(path: Path, judgement: Judgement) -> None:
    """Add a verdict to a ledger, to disk, before returning.

    Raises
    ------
    InputError
        It is no verdict, or the file is there and is no ledger.
    OutputError
        It could not be written.
    """
    import orjson

    reason = fault_of(judgement)
    if reason is not None:
        raise InputError(f"this is no judgement: {reason}.")
    # A map or a table named by mistake stays what it is.
    read_ledger(path, lambda _: None)
    row = {key: getattr(judgement, key) for key in _FIELDS if getattr(judgement, key)}
    files.append(path, orjson.dumps(row))
