"""What a command changes about the process that it has to itself."""

import gc
import subprocess
import sys

import pytest

from mapper.cli import main

SAY = "import gc, mapper.cli as c; c._guarded = lambda *a, **k: print(gc.get_threshold()[0]); c.main()"


def test_a_command_looks_for_garbage_less_often_in_a_process_of_its_own_alone() -> None:
    before = gc.get_threshold()
    with pytest.raises(SystemExit):
        main(["--version"])
    assert gc.get_threshold() == before
    said = subprocess.run([sys.executable, "-c", SAY], capture_output=True, text=True, check=True).stdout
    assert int(said) > before[0]
