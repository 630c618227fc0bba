"""The files that people add to, and deliberately bad ones: what crash and crowd tests run in processes of their own.

``python stores.py STORE FILE FIRST COUNT`` adds entries one by one, and says
the number of each on stdout when the store has acknowledged it. With ``many``
in place of FIRST and COUNT it reads them from stdin, a line for each of many
processes, one after the other: forked, so that none of them has to load first.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Also where the package is not installed: its folder is two above this one.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from mapper.model import Candidate, Place
from mapper.places.geocoders.store import Answer, Question
from mapper.places.geocoders.store import Store as AnswerStore


@dataclass(frozen=True, slots=True)
class Store:
    """How entries are added and read; reading raises when the file is ruined."""

    add: Callable[[Path, int], None]
    read: Callable[[Path], set[int]]


def _ledger_add(path: Path, number: int) -> None:
    from mapper.incidents import judgements
    from mapper.model import Judgement

    judgements.append(path, Judgement(verdict="accepted", left=f"a-{number:06d}", who="tester", when="2024-01-01"))


def _ledger_read(path: Path) -> set[int]:
    import orjson

    from mapper.incidents.judgements import read_ledger

    def refuse(problem: object) -> None:
        raise ValueError(str(problem))

    ledger = read_ledger(path, refuse)
    if not path.exists():
        return set()
    named = [int(orjson.loads(line)["left"].removeprefix("a-")) for line in path.read_bytes().splitlines()]
    if len(set(named)) != len(named):
        message = "an entry stands there twice"
        raise ValueError(message)
    return {number for number in named if ledger.status([f"a-{number:06d}"]) == "accepted"}


_LETTERS: Final = "abdfghjklmnrst"


def _name_of(number: int) -> str:
    """Make a name of a number: each a different one, and none a word."""
    letters = ""
    while number or not letters:
        number, letter = divmod(number, len(_LETTERS))
        letters += _LETTERS[letter] + "aiou"[letter % 4]
    return f"Tell {letters.capitalize()}"


def _gazetteer_add(path: Path, number: int) -> None:
    from mapper.places.gazetteer import own

    own.add(
        path,
        _name_of(number),
        identifier=f"own:{number}",
        longitude=36.0 + number % 1000 * 0.005,
        latitude=33.0 + number // 1000 % 1000 * 0.003,
        kind="village",
        country="SY",
        source="a test",
    )


def _gazetteer_read(path: Path) -> set[int]:
    from mapper.places.gazetteer import own

    def refuse(problem: object) -> None:
        raise ValueError(str(problem))

    places = own.read_places(path, refuse)
    if any(place.name != _name_of(int(place.id.removeprefix("own:"))) for place in places):
        message = "a name stands beside another id"
        raise ValueError(message)
    return {int(place.id.removeprefix("own:")) for place in places}


def _unexpected(problem: object) -> None:
    raise ValueError(str(problem))


def answer(number: int) -> Answer:
    """Make up what a geocoder answered."""
    place = Place(id=f"osm:node/{number}", name=_name_of(number), longitude=36.5, latitude=33.5, kind="village")
    question = Question(service="nominatim", host="localhost", name=_name_of(number), countries=("SY",), language="en")
    return Answer(question=question, asked="2024", licence="ODbL", candidates=(Candidate(place=place, score=0.9),))


def _cache_add(path: Path, number: int) -> None:
    AnswerStore(path, _unexpected).put(answer(number))


def _cache_read(path: Path) -> set[int]:
    answers = AnswerStore(path, _unexpected).answers()
    return {int(found.candidates[0].place.id.removeprefix("osm:node/")) for found in answers}


# A gazetteer of a few thousand rows, so that writing it in place takes its time.
_ROWS: Final = [(f"entry-{number}", f"Village {number}", "40.5", "34.5", "x" * 60) for number in range(3_000)]
_CHUNKS: Final = 400
_CHUNKS_A_SYNC: Final = 50


def _csv_of(path: Path) -> list[list[str]]:
    if not path.exists():
        return [list(row) for row in _ROWS]
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"))))
    if len(rows) < len(_ROWS) or any(len(row) != 5 for row in rows):
        message = f"half of it is gone: {len(rows)} rows"
        raise ValueError(message)
    return rows


def _csv_read(path: Path) -> set[int]:
    return {int(row[0].removeprefix("added-")) for row in _csv_of(path) if row[0].startswith("added-")}


def _with(rows: list[list[str]], number: int) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([*rows, [f"added-{number}", "Added", "40.5", "34.5", ""]])
    return stream.getvalue().encode()


def _in_place_add(path: Path, number: int) -> None:
    """Write the file where it stands, a piece at a time, as most programs do."""
    data = _with(_csv_of(path), number)
    with path.open("wb") as stream:
        size = len(data) // _CHUNKS + 1
        for number_of_chunk, begin in enumerate(range(0, len(data), size)):
            stream.write(data[begin : begin + size])
            stream.flush()
            if number_of_chunk % _CHUNKS_A_SYNC == 0:
                os.fsync(stream.fileno())
        os.fsync(stream.fileno())


def _unlocked_add(path: Path, number: int) -> None:
    """Replace the file all at once, and never mind who else does."""
    from mapper import files

    files.write_bytes(path, _with(_csv_of(path), number))


def _locked_add(path: Path, number: int) -> None:
    from mapper import files

    with files.locked(path):
        files.write_bytes(path, _with(_csv_of(path), number))


STORES: Final = {
    "gazetteer": Store(_gazetteer_add, _gazetteer_read),
    "ledger": Store(_ledger_add, _ledger_read),
    "geocoder's cache": Store(_cache_add, _cache_read),
    "table": Store(_locked_add, _csv_read),
}
"""Stores that must hold. `table` is a file of rows, written as a gazetteer is."""

BAD_STORES: Final = {
    "in place": Store(_in_place_add, _csv_read),
    "unlocked": Store(_unlocked_add, _csv_read),
}
"""Stores that must be caught."""


def command(name: str, path: Path, first: int, count: int) -> list[str]:
    """Name the process that adds entries."""
    return [sys.executable, __file__, name, str(path), str(first), str(count)]


def many(name: str, path: Path) -> list[str]:
    """Name the process that forks one for each line of its stdin."""
    return [sys.executable, __file__, name, str(path), "many"]


GONE: Final = "gone\n"
"""What is said of a forked process when it has ended; its own last line may be cut before it."""


def main(words: Iterable[str]) -> None:
    """Add entries, and acknowledge each."""
    name, path, *which = words
    store = {**STORES, **BAD_STORES}[name]
    # The first addition loads code and words; waiting is what is timed, not that.
    with tempfile.TemporaryDirectory() as elsewhere:
        store.add(Path(elsewhere) / "store", 0)
    if which != ["many"]:
        _add(store, path, *which)
        return
    for line in sys.stdin:
        child = os.fork()
        if not child:
            sys.stdout.write(f"{os.getpid()}\n")
            sys.stdout.flush()
            _add(store, path, *line.split())
            os._exit(0)
        os.waitpid(child, 0)
        sys.stdout.write(GONE)
        sys.stdout.flush()


def _add(store: Store, path: str, first: str, count: str) -> None:
    for number in range(int(first), int(first) + int(count)):
        begin = time.perf_counter()
        store.add(Path(path), number)
        sys.stdout.write(f"{number} {time.perf_counter() - begin:.4f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
