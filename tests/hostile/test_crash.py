"""A process killed at any moment leaves every file readable and every acknowledged entry there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import stores
from stores import BAD_STORES, GONE, STORES, Store

pytestmark = pytest.mark.hostile
# Long enough after the first acknowledgement for the kill to fall anywhere in several additions.
LONGEST_WAIT_S = 0.06


@dataclass(slots=True)
class Outcome:
    """What some kills left behind."""

    trials: int = 0
    unreadable: int = 0
    lost: int = 0
    acknowledged: int = 0
    strays: int = 0


def _kill_often(name: str, store: Store, folder: Path, trials: int) -> Outcome:
    """Let a process add entries, kill it at a random moment, look; go on with the same file."""
    draw = random.Random(20240101)
    outcome = Outcome(trials=trials)
    path = folder / "store"
    expected: set[int] = set()
    command = stores.many(name, path)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as processes:
        for trial in range(trials):
            acknowledged = _killed(processes, trial * 10_000, draw.uniform(0, LONGEST_WAIT_S))
            outcome.acknowledged += len(acknowledged)
            expected |= acknowledged
            try:
                lost = expected - store.read(path)
            except (ValueError, IndexError):
                outcome.unreadable += 1
                path.unlink()
                expected.clear()
            else:
                outcome.lost += len(lost)
                expected -= lost
    store.add(path, trials * 10_000)
    outcome.strays = len(list(folder.rglob(".mapper-*")))
    return outcome


def _killed(processes: subprocess.Popen[str], first: int, wait: float) -> set[int]:
    """Run one process for a moment, kill it, and return what it was told had been kept."""
    assert processes.stdin is not None
    assert processes.stdout is not None
    processes.stdin.write(f"{first} 10000\n")
    processes.stdin.flush()
    process = int(processes.stdout.readline())
    told = [processes.stdout.readline()]
    time.sleep(wait)
    os.kill(process, signal.SIGKILL)
    while not told[-1].endswith(GONE):
        told.append(processes.stdout.readline())
    # The last line may be cut; what was not fully said was not acknowledged.
    return {int(line.split()[0]) for line in told[:-1]}


@pytest.mark.parametrize("name", STORES)
def test_no_kill_ruins_a_file_or_loses_what_was_acknowledged(
    name: str, tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    trials = 500 if full else 8
    outcome = _kill_often(name, STORES[name], tmp_path, trials)
    figure(f"{name}: unreadable after kill -9", f"{outcome.unreadable} of {outcome.trials}", "0")
    figure(f"{name}: acknowledged entries lost", f"{outcome.lost} of {outcome.acknowledged:,}", "0")
    figure(f"{name}: stray files after the next run", outcome.strays, "0")
    assert outcome.acknowledged > trials / 4, "the kills came too early to show anything"
    assert (outcome.unreadable, outcome.lost, outcome.strays) == (0, 0, 0)


def test_the_suite_catches_a_store_that_writes_in_place(
    tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    outcome = _kill_often("in place", BAD_STORES["in place"], tmp_path, 60 if full else 12)
    figure("bad build, in place: ruined or lost", f"{outcome.unreadable + outcome.lost} in {outcome.trials}", "> 0")
    assert outcome.unreadable + outcome.lost > 0
