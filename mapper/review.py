"""The pairs of a finished build that a person should decide on, as an editor reads them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from mapper import files
from mapper.console import printable
from mapper.errors import InputError
from mapper.incidents.scoring import SAME

PAIRS_LIMIT: Final = 500_000_000
"""Largest pairs.json that is read, bytes."""
_QUOTES: Final = 2
_PAIRS: Final = "pairs.json"
_INCIDENTS: Final = "incidents.geojson"

Row = Mapping[str, Any]


def pairs_of(folder: Path) -> list[Row]:
    """Read the pairs of a finished build.

    Parameters
    ----------
    folder : Path
        As `mapper build` leaves it.

    Returns
    -------
    list of dict
        Each keeps the contract of an entry of ``pairs.json``.

    Raises
    ------
    InputError
        The folder holds no such file, or it breaks the contract.
    """
    from mapper.publish import contract
    from mapper.publish.strict_json import parse_strictly

    path = folder / _PAIRS
    if not path.is_file():
        message = f"there is no {_PAIRS} in {folder}; give a folder that mapper build wrote."
        raise InputError(message)
    rows = parse_strictly(files.read_bytes(path, limit=PAIRS_LIMIT), str(path))
    faults = (
        [fault for row in rows for fault in contract.faults(row, contract.PAIR)] if isinstance(rows, list) else [""]
    )
    if faults:
        message = f"{path} is not as mapper build wrote it{f': {faults[0]}' if faults[0] else ''}."
        raise InputError(message)
    return list(rows)


def to_decide(pairs: Sequence[Row], *, joined: bool = False) -> list[Row]:
    """Choose what is left to a person: pairs in doubt, or those that were joined by their points."""
    return [pair for pair in pairs if not pair["judged"] and pair["joined"] == joined]


def review(folder: Path, ledger: str, *, joined: bool = False) -> Iterator[str]:
    """Show pairs side by side: what each side tells, what speaks for one event, and against it.

    Parameters
    ----------
    folder : Path
        As `mapper build` leaves it.
    ledger : str
        Name of the ledger in the commands that are shown.
    joined : bool
        Show those that were joined by their points, and not those in doubt.

    Yields
    ------
    str
        A line each, safe for a terminal.

    Raises
    ------
    InputError
        The folder is no finished build.
    """
    from mapper.publish.geojson import read_features

    chosen = to_decide(pairs_of(folder), joined=joined)
    wanted = {pair[f"{side}_incident"] for pair in chosen for side in ("left", "right")}
    incidents = {f["id"]: f["properties"] for f in read_features(folder / _INCIDENTS) if f["id"] in wanted}
    for number, pair in enumerate(chosen, 1):
        yield f"{number} of {len(chosen)}: {pair['score']:.1f} points for one event; from {SAME} on, pairs are joined"
        for letter, side in (("A", "left"), ("B", "right")):
            yield from _side(letter, incidents.get(pair[f"{side}_incident"], {}), pair[f"{side}_source"])
        yield from _reasons(pair["reasons"])
        verdicts = ("different",) if joined else ("same", "different")
        for verdict in verdicts:
            words = ["mapper", "judge", verdict, pair["left"], pair["right"], "--judgements", ledger]
            yield f"  > {printable(shlex.join(words))}"
        yield ""


def _side(letter: str, incident: Row, source: str) -> Iterator[str]:
    article: Row = next((one for one in incident.get("sources", ()) if one["id"] == source), {})
    title, day = incident.get("title", ""), incident.get("date_edtf", "") or "no date"
    paper = " · ".join(
        part for part in (article.get("publisher"), article.get("published"), article.get("file")) if part
    )
    yield printable(f"  {letter}  {title} · {day}")
    yield printable(f"     {paper or source}")
    tolls = [c for c in incident.get("claims", ()) if c["source"] == source and c["kind"] == "toll"]
    for claim in sorted(tolls, key=lambda c: c["detail"].get("of") is not None)[:_QUOTES]:
        yield printable(f"     \u201c{claim['quote']}\u201d")


def _reasons(reasons: Sequence[str]) -> Iterator[str]:
    """Sort reasons as they are read: what speaks for it, strongest first, what against it, and what leaves a doubt."""
    weighed = [(float(words[0]), words[2]) for reason in reasons if _points((words := reason.partition(" "))[0])]
    doubts = [reason for reason in reasons if not _points(reason.partition(" ")[0])]
    for name, some in (
        ("for", sorted((w for w in weighed if w[0] >= 0), key=lambda w: -w[0])),
        ("against", sorted(w for w in weighed if w[0] < 0)),
    ):
        if some:
            yield printable(f"  {name:8} {'; '.join(f'{words} ({points:+.1f})' for points, words in some)}")
    if doubts:
        yield printable(f"  doubt    {'; '.join(doubts)}")


def _points(word: str) -> bool:
    return word[:1] in {"+", "-"} and word[1:].replace(".", "", 1).isdecimal()
