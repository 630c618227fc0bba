"""The folder a command is started in holds what its user was sent: no file there is run as a program."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from mapper.publish import halves
from mapper.publish.geojson import write_features

ROOT = Path(__file__).resolve().parents[2]

_BAIT = "open(__file__ + '.ran', 'w').close()\nraise SystemExit(3)\n"
_NAMES = ("json", "pickle", "re", "runpy", "struct", "typing", "click", "mapper")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder of articles with modules among them that tell when they are run."""
    for name in _NAMES:
        (tmp_path / f"{name}.py").write_text(_BAIT)
    (tmp_path / "mapper").mkdir()
    (tmp_path / "mapper" / "__init__.py").write_text(_BAIT)
    text = "On 3 May 2020 an air strike killed five people in the village of Exampleville, Syria."
    lines = (json.dumps({"id": f"a{n}", "text": text, "published": "2020-05-06"}) for n in range(70))
    (tmp_path / "articles.jsonl").write_text("\n".join(lines) + "\n")
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)


def ran(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.ran"))


def test_helpers_that_read_articles_run_nothing_of_the_folder(folder: Path) -> None:
    mapper = Path(sys.executable).with_name("mapper")
    done = run(folder, str(mapper), "extract", "articles.jsonl", "--jobs", "2", "--no-world", "--output", "out.geojson")
    assert ran(folder) == []
    assert done.returncode == 0, done.stderr


def test_helpers_that_draw_maps_run_nothing_of_the_folder(folder: Path) -> None:
    features = runpy.run_path(str(ROOT / "benchmarks" / "synthetic.py"))["features"](3500)
    write_features(features, folder / "incidents.geojson")
    assert (folder / "incidents.geojson").stat().st_size > halves.WORTHWHILE
    mapper = Path(sys.executable).with_name("mapper")
    done = run(folder, str(mapper), "map", "incidents.geojson", "--no-world", "--output", "map.html")
    assert ran(folder) == []
    assert done.returncode == 0, done.stderr


def test_the_suite_catches_a_helper_started_the_plain_way(folder: Path) -> None:
    run(folder, sys.executable, "-m", "mapper.workers")
    assert ran(folder) != []
