"""The layers: own places first, files compiled once, the world last."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import files
from mapper.errors import GazetteerIndexError, Problem
from mapper.model import Place
from mapper.places.gazetteer import cache
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.importers import geonames
from mapper.places.index.build import compile_index

OWN = Place(
    id="own:1", name="Sample Town", longitude=10.0, latitude=20.0, kind="village", country="SY", aliases=("Beispiel",)
)
ROW = "{}\t{}\t{}\t\t{}\t{}\tP\tPPL\tYE\t\t\t\t\t\t{}\t\t\t\t2020-01-01"


@pytest.fixture
def problems() -> list[Problem]:
    return []


def dump(folder: Path, *names: str) -> Path:
    path = folder / "XX.txt"
    rows = [ROW.format(n, name, name, 15.0 + n / 100, 45.0, 1000 * n) for n, name in enumerate(names, 1)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def opened(folder: Path, problems: list[Problem], *files: Path) -> Gazetteer:
    return Gazetteer.open([OWN], files, world=False, cache=folder / "cache", report=problems.append)


def test_own_places_stand_first(tmp_path: Path, problems: list[Problem]) -> None:
    gazetteer = opened(tmp_path, problems, dump(tmp_path, "Sample Town", "Elsewhere"))
    assert [(m.place.id, m.layer) for m in gazetteer.lookup("Sample Town", countries=["YE"])] == [
        ("own:1", 0),
        ("geonames:1", 1),
    ]
    assert gazetteer.lookup("beispiel")[0].place == OWN
    assert [p.id for p in gazetteer.near(45.0, 15.02, 3_000)] == ["geonames:2", "geonames:1"]
    assert [p.id for p in gazetteer.within(0, 0, 90, 90)] == ["geonames:2", "geonames:1", "own:1"]
    assert [h.text for h in gazetteer.scan("From Elsewhere to Beispiel")] == ["Elsewhere", "Beispiel"]
    assert not problems


def test_a_file_is_compiled_once_and_again_when_it_changes(tmp_path: Path, problems: list[Problem]) -> None:
    path = dump(tmp_path, "One")
    first = opened(tmp_path, problems, path).identity()
    compiled = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "cache").glob("*.index")}
    assert opened(tmp_path, problems, path).identity() == first
    assert {p.name: p.stat().st_mtime_ns for p in (tmp_path / "cache").glob("*.index")} == compiled
    dump(tmp_path, "One", "Two")
    second = opened(tmp_path, problems, path)
    assert second.identity()["XX.txt"] != first["XX.txt"]
    assert second.lookup("Two")


def test_a_damaged_cache_is_reported_and_made_again(tmp_path: Path, problems: list[Problem]) -> None:
    path = dump(tmp_path, "One")
    opened(tmp_path, problems, path).scan("One")
    for made in (tmp_path / "cache").glob("*.*"):
        if made.suffix in {".index", ".scan"}:
            made.write_bytes(made.read_bytes()[:-5])
    again = opened(tmp_path, problems, path)
    assert again.lookup("One")
    assert [h.text for h in again.scan("One")] == ["One"]
    assert ["compiled again" in str(problem) for problem in problems] == [True]


def imported(folder: Path, *names: str) -> Path:
    """Compile a gazetteer as `mapper gazetteer import` does, always under one name."""
    path = folder / "imported" / "XX.index"
    compile_index(geonames.read(dump(folder, *names), report=lambda _: None), path, source="XX")
    return path


def test_an_imported_gazetteer_is_a_layer_and_its_hash_its_identity(tmp_path: Path, problems: list[Problem]) -> None:
    path = imported(tmp_path, "Elsewhere")
    gazetteer = opened(tmp_path, problems, path)
    assert [(m.place.id, m.layer) for m in gazetteer.lookup("Elsewhere")] == [("geonames:1", 1)]
    assert gazetteer.identity()["XX.index"] == files.sha256_of_file(path)
    assert [p.name for p in path.parent.iterdir()] == ["XX.index"], "the cache keeps what is made of it"


def test_names_are_those_of_what_was_imported_last(tmp_path: Path, problems: list[Problem]) -> None:
    assert [h.text for h in opened(tmp_path, problems, imported(tmp_path, "Elsewhere")).scan("In Elsewhere.")]
    again = opened(tmp_path, problems, imported(tmp_path, "Farther"))
    assert [h.text for h in again.scan("Between Elsewhere and Farther.")] == ["Farther"]


def test_an_imported_gazetteer_that_is_refused_says_what_to_do(tmp_path: Path, problems: list[Problem]) -> None:
    path = imported(tmp_path, "Elsewhere")
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(GazetteerIndexError, match=r"Import its source again .*XX\.index"):
        opened(tmp_path, problems, path)


def test_the_tables_beside_a_dump_count_as_its_content(tmp_path: Path) -> None:
    path = dump(tmp_path, "One")
    alone = cache.digest_of(path, tmp_path)
    (tmp_path / "admin1CodesASCII.txt").write_text("YE.01\tSomewhere\n", encoding="utf-8")
    assert cache.digest_of(path, tmp_path) != alone


def test_the_hash_of_a_large_file_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_LARGE", 0)
    path = dump(tmp_path, "One")
    digest = cache.digest_of(path, tmp_path / "cache")
    assert cache.digest_of(path, tmp_path / "cache") == digest
    (kept,) = (tmp_path / "cache").glob("*.sha256")
    assert kept.read_text(encoding="ascii") == digest


def test_the_cache_lies_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(cache.ENVIRONMENT, str(tmp_path))
    assert cache.cache_folder() == tmp_path
    monkeypatch.delenv(cache.ENVIRONMENT)
    assert cache.cache_folder().name == "mapper"


def test_two_processes_may_compile_at_the_same_time(tmp_path: Path) -> None:
    path = dump(tmp_path, *(f"Place {n}" for n in range(2000)))
    code = (
        "import sys; from pathlib import Path; from mapper.places.gazetteer.layers import Gazetteer\n"
        "g = Gazetteer.open([], [Path(sys.argv[1])], world=False, report=print)\n"
        "print(len(g), len(g.lookup('Place 7')) > 0, len(g.scan('Place 8')))"
    )
    environment = {**os.environ, "MAPPER_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "-c", code, str(path)]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(3)]
    assert [run.communicate(timeout=120)[0] for run in runs] == ["2000 True 1\n"] * 3
    assert len(list((tmp_path / "cache").glob("*.index"))) == 1
