"""Answers that were already given, in SQLite: so that nobody is asked twice.

The cache may be deleted at any time. An entry that was damaged is taken for
missing; a file that is no database is made anew. Keys are never stored.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from mapper import files
from mapper.errors import OutputError, Problem, Report
from mapper.model import Candidate
from mapper.places.geocoders.answers import place_as_json, place_from_json

VERSION: Final = 1
_WAIT_S: Final = 10.0
_PAYLOAD_LIMIT: Final = 200_000
_T = TypeVar("_T")
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, service TEXT NOT NULL, host TEXT NOT NULL, name TEXT NOT NULL, countries TEXT NOT NULL,
    language TEXT NOT NULL, asked TEXT NOT NULL, licence TEXT NOT NULL, places TEXT NOT NULL, digest TEXT NOT NULL,
    verdict TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID
"""
# Codes of SQLite for a file that is damaged, no database, or one of another shape. Every other code (a disk that is
# full or fails, a folder that is read-only, somebody else's lock) says nothing about what is in the file.
_DAMAGED: Final = frozenset(
    {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_FORMAT, sqlite3.SQLITE_NOTADB}
)
_COLUMNS: Final = "key, service, host, name, countries, language, asked, licence, places, digest, verdict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was asked of whom."""

    service: str
    host: str
    name: str
    countries: tuple[str, ...]
    language: str

    @property
    def key(self) -> str:
        """The question's own id."""
        parts = [self.service, self.host, self.name, sorted(self.countries), self.language]
        return files.sha256_of(json.dumps(parts, ensure_ascii=True).encode())[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered, and when, and on what terms.

    `verdict` is what a person decided: ``accepted``, ``rejected``, or empty.
    """

    question: Question
    asked: str
    licence: str
    candidates: tuple[Candidate, ...]
    verdict: str = ""


class Store:
    """The cache of answers.

    Parameters
    ----------
    path : Path
        The database; made when it is first needed.
    report : Report
        Is told if it had to be made anew, or cannot be used.
    """

    def __init__(self, path: Path, report: Report) -> None:
        self._path, self._report = path, report
        self._told = self._whole = False

    def get(self, question: Question) -> Answer | None:
        """Return what was answered; None where nothing was, or what is there is damaged."""

        def look(table: sqlite3.Connection) -> list[tuple[object, ...]]:
            return table.execute(f"SELECT {_COLUMNS} FROM answer WHERE key = ?", (question.key,)).fetchall()  # noqa: S608

        nothing: list[tuple[object, ...]] = []
        rows = self._with_table(look, nothing)
        answer = _answer_of(rows[0]) if rows else None
        return answer if answer is not None and answer.question == question else None

    def put(self, answer: Answer) -> None:
        """Keep an answer. If that fails, the run goes on without it."""
        places = json.dumps([place_as_json(c) for c in answer.candidates], ensure_ascii=True)
        question = answer.question
        row = (
            question.key, question.service, question.host, question.name, ",".join(question.countries),
            question.language, answer.asked, answer.licence, places,
        )  # fmt: skip

        def write(table: sqlite3.Connection) -> None:
            marks = ",".join("?" * 10)
            columns = _COLUMNS.removesuffix(", verdict")
            table.execute(f"INSERT OR REPLACE INTO answer ({columns}) VALUES ({marks})", (*row, _digest(row)))  # noqa: S608

        self._with_table(write, None)

    def decide(self, key: str, verdict: str) -> None:
        """Write down what a person decided on an answer.

        Raises
        ------
        OutputError
            It could not be written.
        """

        def write(table: sqlite3.Connection) -> bool:
            return table.execute("UPDATE answer SET verdict = ? WHERE key = ?", (verdict, key)).rowcount > 0

        if not self._with_table(write, otherwise=False):
            raise OutputError(f"{self._path}: the decision on {key} could not be written; take it again later.")

    def answers(self) -> list[Answer]:
        """Return every answer that is whole, in the order of names."""

        def look(table: sqlite3.Connection) -> list[tuple[object, ...]]:
            return table.execute(f"SELECT {_COLUMNS} FROM answer ORDER BY name, key").fetchall()  # noqa: S608

        nothing: list[tuple[object, ...]] = []
        rows = self._with_table(look, nothing) if self._path.exists() else nothing
        return [answer for answer in map(_answer_of, rows) if answer is not None]

    def _with_table(self, act: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        for again in (True, False):
            try:
                with self._opened() as table:
                    return act(table)
            except sqlite3.Error as fault:
                if getattr(fault, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF not in _DAMAGED:
                    self._tell(f"not used: {fault}")
                    return otherwise
                # Not a database, or a damaged one.
                self._tell(f"damaged, made anew: {fault}")
                if not (again and self._removed()):
                    return otherwise
            except UnicodeDecodeError:
                # SQLite tells of a table whose very description is damaged, in the bytes of that description.
                self._tell("damaged, made anew: its description is no text")
                if not (again and self._removed()):
                    return otherwise
            except OSError as fault:
                self._tell(f"not used: {fault}")
                return otherwise
        return otherwise

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with files.locked(self._path):
            table = sqlite3.connect(self._path, timeout=_WAIT_S, isolation_level=None)
            # Damaged text makes the hash of its row another: that answer is not there, the others are.
            table.text_factory = lambda text: text.decode("utf-8", "replace")
            with closing(table):
                (version,) = table.execute("PRAGMA user_version").fetchone()
                if version not in {0, VERSION}:
                    raise sqlite3.DatabaseError(f"version {version}, and this program writes {VERSION}")
                if not self._whole:
                    (found,) = table.execute("PRAGMA quick_check(1)").fetchone()
                    if found != "ok":
                        raise sqlite3.DatabaseError(str(found))
                    self._whole = True
                table.execute(_SCHEMA)
                table.execute(f"PRAGMA user_version = {VERSION}")
                yield table

    def _removed(self) -> bool:
        try:
            for ending in ("", "-journal", "-wal", "-shm"):
                files.remove(self._path.with_name(self._path.name + ending))
        except OutputError:
            return False
        return True

    def _tell(self, what: str) -> None:
        if not self._told:
            self._told = True
            # SQLite says some things in several lines.
            self._report(Problem(f"the cache {self._path.name}", " ".join(what.split())))


def now() -> str:
    """Return the time by this machine's clock, for the cache alone."""
    return datetime.now(tz=UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _digest(row: tuple[object, ...]) -> str:
    return files.sha256_of(json.dumps(row, ensure_ascii=True).encode())


def _answer_of(row: tuple[object, ...]) -> Answer | None:
    """Read a row; None where a byte of it has changed."""
    if not all(isinstance(value, str) and len(value) <= _PAYLOAD_LIMIT for value in row):
        return None
    key, service, host, name, countries, language, asked, licence, places, digest, verdict = map(str, row)
    if _digest(row[:9]) != digest:
        return None
    try:
        candidates = tuple(place_from_json(value) for value in json.loads(places))
    except (ValueError, TypeError, RecursionError):
        return None
    codes = tuple(code for code in countries.split(",") if code)
    question = Question(service=service, host=host, name=name, countries=codes, language=language)
    if question.key != key:
        return None
    return Answer(question=question, asked=asked, licence=licence, candidates=candidates, verdict=verdict)
