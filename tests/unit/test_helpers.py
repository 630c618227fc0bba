"""Helpers start while this process is loading, where there is much to read, and none outlives the command."""

import subprocess
import sys
from pathlib import Path

import pytest

from mapper import helpers
from mapper.another_python import python_running
from mapper.helpers import helper, jobs_for, started_ahead
from mapper.settings import Settings

TWO = Settings(jobs=3)
ENOUGH = "rain fell " * 12_000


@pytest.fixture(autouse=True)
def idle(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Start processes that only wait for their pipe to end, and remember them."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE))
        return started[-1]

    monkeypatch.setattr(helpers, "_started", start)
    return started


def test_much_text_is_known_by_the_size_of_its_files(tmp_path: Path, idle: list[subprocess.Popen[bytes]]) -> None:
    (tmp_path / "deep/er").mkdir(parents=True)
    (tmp_path / "deep/er/report.txt").write_text(ENOUGH)
    with started_ahead([tmp_path], TWO):
        assert len(idle) == 2
        taken = helper()
        assert taken in idle
    assert [process.poll() is None for process in idle] == [process is taken for process in idle]
    helpers.end(taken)
    assert all(process.poll() is not None for process in idle)


@pytest.mark.parametrize("name", ["page.html", "less.txt", "absent.txt"])
def test_little_text_starts_nobody(tmp_path: Path, idle: list[subprocess.Popen[bytes]], name: str) -> None:
    (tmp_path / "page.html").write_text(ENOUGH)
    (tmp_path / "less.txt").write_text(ENOUGH[:50_000])
    with started_ahead([tmp_path / name], TWO):
        assert not idle


def test_one_process_starts_nobody(tmp_path: Path, idle: list[subprocess.Popen[bytes]]) -> None:
    (tmp_path / "report.txt").write_text(ENOUGH)
    with started_ahead([tmp_path], Settings(jobs=1)), started_ahead([tmp_path], Settings(geocoder="photon")):
        assert not idle


def test_helpers_end_with_a_fault(tmp_path: Path, idle: list[subprocess.Popen[bytes]]) -> None:
    (tmp_path / "report.txt").write_text(ENOUGH)

    def failing() -> None:
        with started_ahead([tmp_path], TWO):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert [process.poll() is not None for process in idle] == [True, True]


def test_a_helper_that_nobody_asks_ends_with_its_pipe_and_says_nothing() -> None:
    done = subprocess.run(python_running("mapper.workers"), input=b"", capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_geocoder_is_asked_by_one_process() -> None:
    assert jobs_for(Settings(geocoder="nominatim", jobs=4)) == 1
    assert jobs_for(Settings(geocoder="nominatim", jobs=4, offline=True)) == 4
    assert jobs_for(Settings()) >= 1
