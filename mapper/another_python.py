"""How another Python is started to help this one: with what this one finds its modules in, and nothing else.

``python -m`` looks for modules in the folder it is started in first. That folder
holds what a user was sent: a file there that is called ``json.py`` or ``mapper``
must not be run. ``-P`` leaves it out, and the module path of this process is
handed over without the entry that stands for "wherever I am".
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

_RUN: Final = (
    "import runpy, sys; name = sys.argv.pop(1); sys.path[:] = sys.argv[1:]; runpy.run_module(name, None, '__main__')"
)


def python_running(module: str) -> list[str]:
    """Return the command that runs a module of this package as the main one of another Python.

    Parameters
    ----------
    module : str
        Its full name, such as ``mapper.workers``.

    Examples
    --------
    >>> command = python_running("mapper.workers")
    >>> command[1], command[4]
    ('-P', 'mapper.workers')
    >>> "" in command
    False
    """
    package = str(Path(__file__).resolve().parent.parent)
    path = [entry for entry in sys.path if entry]
    return [sys.executable, "-P", "-c", _RUN, module, *path, *([] if package in path else [package])]


def cores() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
