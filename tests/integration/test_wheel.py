"""Whoever installs the wheel needs neither Node nor this checkout."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(*words: object, cwd: Path) -> str:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, cwd=cwd, check=False, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.mark.xdist_group("wheel")
def test_the_wheel_carries_the_page_and_the_gazetteer_and_no_typescript(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"mapper/publish/assets/map.js", "mapper/publish/assets/map-tiles.js"} <= set(names)
    assert "mapper/gazetteer_data/places.csv" in names
    assert not [name for name in names if name.endswith(".ts") or "node_modules" in name]


@pytest.mark.xdist_group("wheel")
def test_an_empty_environment_with_the_wheel_builds_a_map(wheel: Path, tmp_path: Path) -> None:
    _run(sys.executable, "-m", "venv", tmp_path / "env", cwd=tmp_path)
    python = tmp_path / "env/bin/python"
    quiet = ("--quiet", "--disable-pip-version-check")
    locked = ROOT / "requirements/runtime.txt"
    _run(python, "-m", "pip", "install", *quiet, "--require-hashes", "-r", locked, cwd=tmp_path)
    _run(python, "-m", "pip", "install", *quiet, "--no-deps", wheel, cwd=tmp_path)
    (tmp_path / "report.txt").write_text(
        "On 3 May 2017 an air strike killed at least four people in the city of Raqqa, Syria.\n", encoding="utf-8"
    )
    _run(tmp_path / "env/bin/mapper", "build", "report.txt", "--output", "out", cwd=tmp_path)
    assert '"killed_min":4' in (tmp_path / "out/incidents.geojson").read_text(encoding="utf-8")
    assert b"Content-Security-Policy" in (tmp_path / "out/map.html").read_bytes()
