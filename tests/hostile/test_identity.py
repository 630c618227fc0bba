"""The same articles give the same bytes, whatever the hash seed, time zone, locale, folder or order of files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from mapper.files import sha256_of_file

pytestmark = pytest.mark.hostile
ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "examples" / "articles"
OUTPUTS = ("incidents.geojson", "manifest.json", "map.html", "set_aside.json")

# A variable for each thing that must not matter; C.UTF-8 is everywhere, the others where installed.
SURROUNDINGS: list[Mapping[str, str]] = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Damascus", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX"},
    {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "4", "TZ": "Etc/GMT+12", "LC_ALL": "ar_SY.UTF-8", "LANG": "ar"},
    {"PYTHONHASHSEED": "5", "TZ": "XYZ-13:37", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "6", "TZ": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "7", "COLUMNS": "20", "NO_COLOR": "1", "PYTHONIOENCODING": "latin-1:replace"},
    {"PYTHONHASHSEED": "8", "SOURCE_DATE_EPOCH": "0", "HOME": "/nonexistent", "USER": "nobody"},
    {"PYTHONHASHSEED": "random", "PYTHONDONTWRITEBYTECODE": "1"},
]
# Other interpreters that have mapper installed, for the long form: paths with a colon between them.
INTERPRETERS = [sys.executable, *filter(None, os.environ.get("MAPPER_OTHER_PYTHONS", "").split(":"))]


def _environment(more: Mapping[str, str]) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def _copied(folder: Path, *, backwards: bool) -> Path:
    """Copy the articles in another order and with other times, as another disk would have them."""
    target = folder / "articles"
    target.mkdir(parents=True)
    for number, path in enumerate(sorted(ARTICLES.iterdir(), reverse=backwards)):
        shutil.copyfile(path, target / path.name)
        os.utime(target / path.name, (1_000_000 * number, 1_000_000 * number))
    return target


def _builds(tmp_path: Path, count: int) -> Iterator[dict[str, str]]:
    for number, surroundings in enumerate(SURROUNDINGS[:count]):
        folder = tmp_path / ("deep/er" * (number % 3)) / f"run {number}"
        articles = _copied(folder, backwards=bool(number % 2))
        words = ["build", str(articles), "--output", str(folder / "out"), "--offline", "--quiet"]
        command = [INTERPRETERS[number % len(INTERPRETERS)], "-m", "mapper.cli", *words]
        done = subprocess.run(
            command, env=_environment(surroundings), cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 1}, done.stderr
        yield {name: sha256_of_file(folder / "out" / name) for name in OUTPUTS}


def test_ten_builds_give_one_hash_for_each_output(tmp_path: Path, full: bool, figure: Callable[..., None]) -> None:
    built = list(_builds(tmp_path, len(SURROUNDINGS) if full else 3))
    for name in OUTPUTS:
        hashes = {build[name] for build in built}
        figure(f"{name}: hashes of {len(built)} builds", len(hashes), "1")
    for name in OUTPUTS:
        assert len({build[name] for build in built}) == 1, name


def test_the_suite_catches_a_program_that_looks_around(figure: Callable[..., None]) -> None:
    """A program that prints a set, the time zone or a folder says something else in each of these surroundings."""
    sloppy = {
        "the order of a set": "print(list({'one', 'two', 'three', 'four', 'five'}))",
        "the time zone": "import time; print(time.localtime(0).tm_hour, time.tzname)",
        "the encoding of files": "import locale; print(locale.getencoding())",
    }
    for what, code in sloppy.items():
        said = {
            subprocess.run([sys.executable, "-c", code], env=_environment(more), capture_output=True, check=True).stdout
            for more in SURROUNDINGS
        }
        figure(f"bad build, {what}: outputs of {len(SURROUNDINGS)}", len(said), "> 1")
        assert len(said) > 1, what
