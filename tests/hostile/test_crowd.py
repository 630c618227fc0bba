"""Several people add at once: nothing is lost, nothing stands there twice, nobody waits for long."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import stores
from stores import BAD_STORES, STORES, Store

from mapper import files

pytestmark = pytest.mark.hostile
WRITERS = 8
LONGEST_WAIT_S = 10.0


@dataclass(slots=True)
class Round:
    """What came of one crowd."""

    acknowledged: int
    present: int
    crashed: int
    slowest: float


def _crowd(name: str, store: Store, path: Path, adds: int) -> Round:
    """Let `WRITERS` processes add `adds` entries each, all at once."""
    with ExitStack() as stack:
        crowd = [
            stack.enter_context(
                subprocess.Popen(
                    stores.command(name, path, writer * 1000, adds),
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                )
            )
            for writer in range(WRITERS)
        ]
        told = [line.split() for process in crowd for line in process.communicate()[0].splitlines()]
        crashed = sum(process.returncode != 0 for process in crowd)
    acknowledged = {int(number) for number, _ in told}
    try:
        present = len(acknowledged & store.read(path))
    except (ValueError, IndexError):
        present = 0
    return Round(len(acknowledged), present, crashed, max((float(seconds) for _, seconds in told), default=0.0))


@pytest.mark.parametrize("name", STORES)
def test_a_crowd_of_writers_loses_nothing(name: str, tmp_path: Path, full: bool, figure: Callable[..., None]) -> None:
    adds, times = (50, 5) if full else (10, 1)
    rounds = [_crowd(name, STORES[name], tmp_path / f"round-{number}", adds) for number in range(times)]
    total, present = WRITERS * adds * times, sum(each.present for each in rounds)
    slowest = max(each.slowest for each in rounds)
    figure(f"{name}: entries present", f"{present:,} of {total:,}", "all")
    figure(f"{name}: longest wait", f"{slowest:.2f} s", f"<= {LONGEST_WAIT_S:.0f} s")
    assert present == total
    assert sum(each.crashed for each in rounds) == 0
    assert slowest <= LONGEST_WAIT_S


@pytest.mark.parametrize("name", BAD_STORES)
def test_the_suite_catches_a_store_without_a_lock(
    name: str, tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    outcome = _crowd(name, BAD_STORES[name], tmp_path / "store", 12 if full else 6)
    lost = outcome.acknowledged - outcome.present
    figure(f"bad build, {name}: lost or crashed", f"{lost} of {outcome.acknowledged}, {outcome.crashed} of 8", "> 0")
    assert lost + outcome.crashed > 0


def test_a_lock_dies_with_its_owner(tmp_path: Path) -> None:
    path = tmp_path / "store"
    code = (
        "import sys, time; from pathlib import Path; from mapper import files\n"
        "with files.locked(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
    with files.locked(path):
        assert path.with_name("store.lock").exists()
