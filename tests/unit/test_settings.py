"""What a command changes about the process that it has to itself."""

import gc
import os
import subprocess
import sys

import pytest

from mapper.cli import main

SAY = "import gc, mapper.cli as c; c._guarded = lambda *a, **k: print(gc.get_threshold()[0]); c.main()"
THREADS = "OPENBLAS_NUM_THREADS"
SAY_THREADS = f"import os, mapper.cli as c; c._guarded = lambda *a, **k: print(os.environ['{THREADS}']); c.main()"


def test_a_command_looks_for_garbage_less_often_in_a_process_of_its_own_alone() -> None:
    before = gc.get_threshold()
    with pytest.raises(SystemExit):
        main(["--version"])
    assert gc.get_threshold() == before
    said = subprocess.run([sys.executable, "-c", SAY], capture_output=True, text=True, check=True).stdout
    assert int(said) > before[0]


def test_a_command_starts_no_threads_for_algebra_unless_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(THREADS, raising=False)
    with pytest.raises(SystemExit):
        main(["--version"])
    assert THREADS not in os.environ
    for told, expected in (({}, "1"), ({THREADS: "3"}, "3")):
        command = [sys.executable, "-c", SAY_THREADS]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, **told})
        assert done.stdout.strip() == expected
