"""The same articles give the same bytes: whatever the hash seed, time zone, locale, folder, order of files, Python."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from mapper.files import sha256_of_file

pytestmark = pytest.mark.hostile
ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "examples" / "articles"
OUTPUTS = ("incidents.geojson", "manifest.json", "map.html", "pairs.json", "set_aside.json")

# A variable for each thing that must not matter; C.UTF-8 is everywhere, the others where installed.
SURROUNDINGS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "6", "TZ": "", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Damascus", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "POSIX"},
    {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "4", "TZ": "Etc/GMT+12", "LC_ALL": "ar_SY.UTF-8", "LANG": "ar"},
    {"PYTHONHASHSEED": "5", "TZ": "XYZ-13:37", "LC_ALL": "de_DE.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "7", "COLUMNS": "20", "NO_COLOR": "1", "PYTHONIOENCODING": "latin-1:replace"},
    {"PYTHONHASHSEED": "8", "SOURCE_DATE_EPOCH": "0", "HOME": "/nonexistent", "USER": "nobody"},
    {"PYTHONHASHSEED": "random", "PYTHONDONTWRITEBYTECODE": "1"},
]
# Another version of Python with the same packages, where tests/second_python.sh found one.
SECOND = ROOT / ".venv-second" / "bin" / "python"


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


def _builds(tmp_path: Path, interpreters: Sequence[Path], *, full: bool) -> Iterator[dict[str, str]]:
    for number, surroundings in enumerate(SURROUNDINGS if full else SURROUNDINGS[:2]):
        folder = tmp_path / ("deep/er" * (number % 3)) / f"run {number}"
        articles = _copied(folder, backwards=bool(number % 2))
        words = ["build", str(articles), "--output", str(folder / "out"), "--offline", "--quiet"]
        python = interpreters[number % len(interpreters)]
        # In the long form each version compiles the gazetteers itself.
        cache = {"MAPPER_CACHE": str(tmp_path / f"cache-{number % len(interpreters)}")} if full else {}
        command = [str(python), "-m", "mapper.cli", *words]
        done = subprocess.run(
            command, env=_environment(surroundings | cache), cwd=folder, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        yield {name: sha256_of_file(folder / "out" / name) for name in OUTPUTS}


def _version(python: Path) -> str:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def _hashes(built: Sequence[Mapping[str, str]], figure: Callable[..., None], versions: str) -> dict[str, int]:
    hashes = {name: len({build[name] for build in built}) for name in OUTPUTS}
    for name, count in hashes.items():
        figure(f"{name}: hashes of {len(built)} builds, Python {versions}", count, "1")
    return hashes


def test_ten_builds_give_one_hash_for_each_output(tmp_path: Path, full: bool, figure: Callable[..., None]) -> None:
    here = Path(sys.executable)
    built = list(_builds(tmp_path, [here], full=full))
    assert set(_hashes(built, figure, _version(here)).values()) == {1}


def test_two_versions_of_python_give_one_hash_for_each_output(
    tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    if not SECOND.is_file():
        pytest.skip("NOT SHOWN: there is no second version of Python here, and tests/second_python.sh could get none")
    interpreters = [Path(sys.executable), SECOND]
    versions = [_version(python) for python in interpreters]
    assert len(set(versions)) == 2
    built = list(_builds(tmp_path, interpreters, full=full))
    assert set(_hashes(built, figure, " and ".join(versions)).values()) == {1}


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
