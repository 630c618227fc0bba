"""The hostile suites: how long they run, and the table of their figures at the end."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

FULL = os.environ.get("MAPPER_HOSTILE") == "full"
_KEY = "hostile figure"

Figure = Callable[[str, object, str], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Note a figure for the table at the end: what was counted, the count, and what it should be."""
    suite = Path(str(request.node.path)).stem.removeprefix("test_").replace("_", " ")

    def note(what: str, value: object, target: str = "") -> None:
        request.node.user_properties.append((_KEY, (suite, what, str(value), target)))

    return note


@pytest.fixture(scope="session")
def full() -> bool:
    """Say whether this is the long form (``make hostile``)."""
    return FULL


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of every suite, and name the suites that did not run."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    rows = sorted({value for report in reports for key, value in report.user_properties if key == _KEY})
    if not rows:
        return
    form = "long form" if FULL else "short form: make hostile runs the long one"
    terminalreporter.section(f"hostile suites ({form})")
    head = ("suite", "what", "figure", "target")
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(4)]
    for row in (head, tuple("-" * width for width in widths), *rows):
        terminalreporter.write_line(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
