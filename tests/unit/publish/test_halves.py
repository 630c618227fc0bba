"""A large file is packed by two processes, and nobody can tell from the page."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import InputError, Problem
from mapper.publish import geojson, halves
from mapper.publish.any_incidents import read_any
from mapper.publish.halves import Halves, divided
from mapper.publish.packing import Packed
from mapper.publish.webmap import render_map, write_map

SYNTHETIC = runpy.run_path(str(Path(__file__).resolve().parents[3] / "benchmarks" / "synthetic.py"))
COUNT = 2600


@pytest.fixture(scope="module")
def incidents() -> list[dict[str, Any]]:
    """Invented incidents; some with a name of their own for the point they share."""
    features = list(SYNTHETIC["features"](COUNT, places=40))
    for number in (3, 1500, 2599):
        features[number]["properties"]["place_name"] = f"Mill {number}"
    return features


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small file be worth dividing."""
    monkeypatch.setattr(halves, "WORTHWHILE", 1000)
    monkeypatch.setattr(halves, "cores", lambda: 2)


def packed(path: Path, *, keeps: bool = True) -> Packed | None:
    with Halves(path, keeps=keeps) as both:
        return both.joined(both.first())


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("keeps", [True, False])
def test_two_halves_are_the_same_page_as_the_whole(
    incidents: list[dict[str, Any]], tmp_path: Path, *, keeps: bool
) -> None:
    path = tmp_path / "incidents.geojson"
    geojson.write_features(incidents, path)
    found = packed(path, keeps=keeps)
    assert found is not None
    assert found.count == COUNT
    otherwise: Callable[[], Any] | None = (lambda: pytest.fail("read again")) if keeps else None
    assert write_map(path, tmp_path / "a.html", otherwise=otherwise) == COUNT
    assert (tmp_path / "a.html").read_bytes() == b"".join(render_map({"features": incidents}))


@pytest.mark.usefixtures("small")
def test_a_file_is_divided_between_two_chunks(incidents: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "incidents.geojson"
    geojson.write_features(incidents, path)
    parts = divided(path, keeps=True)
    assert parts is not None
    assert [(part.first, part.count) for part in parts] == [(0, 1024), (1024, COUNT - 1024)]
    ids = [feature["id"] for part in parts for feature in part.features()]
    assert ids == [feature["id"] for feature in incidents]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": incidents}), encoding="utf-8")
    assert divided(path, keeps=True) is None


FAULTS: dict[str, Callable[[bytes], bytes]] = {
    "cut off": lambda data: data[: data.rindex(b'{"type":"Feature"') + 40],
    "no end": lambda data: data.removesuffix(b"]}\n"),
    "something after": lambda data: data + b"{}",
    "not a number": lambda data: data.replace(b'"score":0.93', b'"score":NaN', 2600 - 1),
    "a key twice": lambda data: data[:-200].replace(b'"role":', b'"role":"primary","role":') + data[-200:],
    "no comma": lambda data: data.replace(b"}},\n", b"}}\n", 1),
    "two in a line": lambda data: data.replace(b"}},\n{", b"}},{", 1),
}  # fmt: skip


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_in_either_half_is_told_as_if_there_were_one(
    incidents: list[dict[str, Any]], tmp_path: Path, name: str
) -> None:
    path = tmp_path / "incidents.geojson"
    geojson.write_features(incidents, path)
    path.write_bytes(FAULTS[name](path.read_bytes()))
    assert packed(path, keeps=False) is None
    with pytest.raises(InputError, match=r"incidents\.geojson"):
        write_map(path, tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("at", [5, 2000])
@pytest.mark.parametrize("field", ["id", "date_start"])
def test_what_needs_a_closer_look_gets_it(incidents: list[dict[str, Any]], tmp_path: Path, at: int, field: str) -> None:
    features = [dict(feature) for feature in incidents]
    if field == "id":
        features[at]["id"] = features[0]["id"]
    else:
        features[at]["properties"] = {**features[at]["properties"], "date_start": "", "date": "early spring"}
    path = tmp_path / "incidents.geojson"
    geojson.write_features(features, path)
    assert packed(path) is None
    problems: list[Problem] = []
    drawn = write_map(path, tmp_path / "a.html", otherwise=lambda: read_any(path, {}, problems.append))
    assert drawn == COUNT
    (problem,) = problems
    assert f"feature {at + 1}" in problem.where


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("program", ["/bin/false", "/bin/cat"])
def test_without_a_helper_one_process_does_it(
    incidents: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    path = tmp_path / "incidents.geojson"
    geojson.write_features(incidents, path)
    monkeypatch.setattr(sys, "executable", program)
    assert packed(path) is None
    assert write_map(path, tmp_path / "a.html") == COUNT


def test_a_small_file_and_a_single_core_need_no_helper(
    incidents: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "incidents.geojson"
    geojson.write_features(incidents, path)
    monkeypatch.setattr(subprocess, "Popen", lambda *_args, **_named: pytest.fail("a helper was started"))
    assert packed(path) is None
    monkeypatch.setattr(halves, "WORTHWHILE", 1000)
    monkeypatch.setattr(halves, "cores", lambda: 1)
    assert packed(path) is None
