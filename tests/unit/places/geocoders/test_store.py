"""What processes share of a geocoder: its pace, its cache, and what waits there for a decision."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from geocoding import CONTEXT, HIT, Service, made, reference

from mapper.errors import (
    EntryRefusedError,
    GazetteerError,
    OutputError,
    Problem,
)
from mapper.model import Candidate, Place
from mapper.places.gazetteer import own
from mapper.places.geocoders import Fallback, open_geocoder, quarantine
from mapper.places.geocoders.pace import Pace
from mapper.places.geocoders.store import Answer, Question, Store


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_questions_keep_their_distance(tmp_path: Path) -> None:
    clock = Clock()
    pace = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    moments = []
    for _ in range(4):
        assert pace.wait(10.0)
        moments.append(clock.now)
    assert moments == [1_000.0, 1_001.0, 1_002.0, 1_003.0]
    other = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    assert not other.wait(0.5)
    assert other.wait(1.0)
    assert clock.now == 1_004.0


@pytest.mark.parametrize("content", [b"", b"nan", b"soon", b"9" * 400, b"\xff", b"99999999999.0"])
def test_a_damaged_or_future_moment_is_forgotten(tmp_path: Path, content: bytes) -> None:
    clock = Clock()
    pace = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    pace.wait(1.0)
    (tmp_path / "pace-geo.example").write_bytes(content)
    assert pace.wait(5.0)
    assert clock.now < 1_010


def test_processes_share_the_pace(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mapper.places.geocoders.pace import Pace\n"
        "pace = Pace(Path(sys.argv[1]), 'geo.example', 0.15)\n"
        "for _ in range(4): pace.wait(60.0); print(time.time(), flush=True)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    moments = sorted(float(line) for process in running for line in process.communicate(timeout=60)[0].split())
    assert len(moments) == 12
    # What is waited for is a moment, so a late wake-up can bring two closer; never many.
    assert moments[-1] - moments[0] >= 11 * 0.15 - 0.1


# Cache


def answer(name: str = "Tell Mithal", *, found: bool = True) -> Answer:
    place = Place(
        id="osm:node/7", name=name, longitude=40.25, latitude=35.5, kind="village", country="SY", source="nominatim"
    )
    question = Question(service="nominatim", host="geo.example", name=name, countries=("SY",), language="en")
    candidates = (Candidate(place=place, score=0.9, reasons=("because",)),) if found else ()
    return Answer(question=question, asked="2024-01-01T00:00:00Z", licence="ODbL", candidates=candidates)


def test_an_answer_reads_back_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path / "c.sqlite3", print)
    for kept in (answer(), answer("قرية", found=False)):
        store.put(kept)
        assert store.get(kept.question) == kept
    assert store.get(answer("Other").question) is None
    assert [a.question.name for a in store.answers()] == ["Tell Mithal", "قرية"]


def test_a_damaged_entry_is_a_miss_and_never_a_wrong_answer(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    draw = random.Random(7)
    whole = wrong = 0
    for trial in range(60):
        path.unlink(missing_ok=True)
        store = Store(path, lambda _: None)
        store.put(answer())
        data = bytearray(path.read_bytes())
        how = trial % 4
        if how == 0:
            for _ in range(20):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        elif how == 1:
            del data[draw.randrange(len(data)) :]
        elif how == 2:
            start = draw.randrange(len(data) - 100)
            data[start : start + 100] = draw.randbytes(100)
        else:
            data = bytearray(draw.randbytes(draw.randrange(5_000)))
        path.write_bytes(bytes(data))
        got = Store(path, lambda _: None).get(answer().question)
        whole += got == answer()
        wrong += got is not None and got != answer()
        again = Store(path, lambda _: None)
        again.put(answer())
        assert again.get(answer().question) == answer()
    assert wrong == 0
    assert whole < 60


@pytest.mark.parametrize(
    "change",
    [
        "places = replace(places, '40.25', '41.25')", "places = '[1]'", "places = 'null'", "places = NULL",
        "places = x'00'", "digest = ''", "countries = 'IQ'", "asked = 7",
    ],
)  # fmt: skip
def test_a_changed_row_is_a_miss(tmp_path: Path, change: str) -> None:
    path = tmp_path / "c.sqlite3"
    store = Store(path, print)
    store.put(answer())
    table = sqlite3.connect(path)
    with table:
        try:
            table.execute(f"UPDATE answer SET {change}")
        except sqlite3.IntegrityError:
            table.execute("UPDATE answer SET places = ''")
    table.close()
    assert store.get(answer().question) is None
    assert store.answers() == []


def test_a_cache_of_another_version_is_made_anew_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    table = sqlite3.connect(path)
    table.execute("PRAGMA user_version = 99")
    table.close()
    problems: list[Problem] = []
    store = Store(path, problems.append)
    store.put(answer())
    assert store.get(answer().question) == answer()
    assert "made anew" in problems[0].what


# Quarantine


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_an_answer_waits_until_it_is_accepted(cache: Path, tmp_path: Path) -> None:
    store = Store(cache / "geocoder.sqlite3", print)
    store.put(answer())
    store.put(answer("Nothing There", found=False))
    (waiting,) = quarantine.pending(print)
    folder = tmp_path / "gazetteer"
    entry = quarantine.accept(waiting.question.key, folder, print, when="2024-02-03", author="a person")
    assert (entry.place.name, entry.geo_source, entry.geo_id) == ("Tell Mithal", "nominatim", "osm:node/7")
    assert (entry.added, entry.author) == ("2024-02-03", "a person")
    assert "ODbL" in entry.note
    assert quarantine.pending(print) == []
    problems: list[Problem] = []
    assert own.check(folder, problems.append) == 1
    assert not problems
    assert [p.name for p in own.read_places(folder, print)] == ["Tell Mithal"]


def test_a_refused_entry_stays_in_quarantine(cache: Path, tmp_path: Path) -> None:
    Store(cache / "geocoder.sqlite3", print).put(answer("Market"))
    (waiting,) = quarantine.pending(print)
    with pytest.raises(EntryRefusedError, match="common word"):
        quarantine.accept(waiting.question.key, tmp_path, print, when="2024-02-03")
    assert quarantine.pending(print) == [waiting]
    with pytest.raises(GazetteerError, match="choose one"):
        quarantine.accept(waiting.question.key, tmp_path, print, when="2024-02-03", choice=2)
    with pytest.raises(GazetteerError, match="no answer"):
        quarantine.accept("zzz", tmp_path, print, when="2024-02-03")


def test_a_rejected_answer_is_neither_shown_nor_used(cache: Path) -> None:
    geocoder = made(cache, Service([HIT]))
    geocoder.lookup(reference("Tell Mithal"), CONTEXT)
    (waiting,) = quarantine.pending(print)
    quarantine.reject(waiting.question.key, print)
    assert quarantine.pending(print) == []
    assert made(cache, Service([HIT])).lookup(reference("Tell Mithal"), CONTEXT) == ()


def test_opening_makes_no_connection_and_no_file(cache: Path) -> None:
    began = time.perf_counter()
    assert isinstance(open_geocoder("photon", report=print), Fallback)
    assert time.perf_counter() - began < 2
    assert not cache.exists()


def test_a_decision_that_cannot_be_kept_is_said(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(cache / "geocoder.sqlite3", lambda _: None)
    store.put(answer())

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(OutputError, match="could not be written"):
        store.decide(answer().question.key, "rejected")
