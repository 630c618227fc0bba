"""The hostile suites: how long they run, and the table of their figures at the end."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
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
    """Print the figures of every suite, then what each suite ran, what failed, what was skipped, and for how long."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    rows = sorted({value for report in reports for key, value in report.user_properties if key == _KEY})
    if not rows:
        return
    form = "long form" if FULL else "short form: make hostile runs the long one"
    terminalreporter.section(f"hostile suites ({form})")
    _print(terminalreporter, ("suite", "what", "figure", "target"), rows)
    terminalreporter.write_line("")
    _print(terminalreporter, ("suite", "tests", "failed", "skipped", "seconds"), _sums(terminalreporter))


def _sums(reporter: pytest.TerminalReporter) -> list[tuple[str, ...]]:
    """Sum up each suite, and all of them."""
    counts: dict[str, Counter[str]] = {}
    for kind in ("passed", "failed", "error", "skipped", ""):
        for report in reporter.getreports(kind):
            folder, _, file = report.nodeid.partition("::")[0].rpartition("/")
            if not folder.endswith("hostile"):
                continue
            suite = counts.setdefault(file.removeprefix("test_").removesuffix(".py").replace("_", " "), Counter())
            suite["tests"] += kind in {"passed", "failed", "skipped"}
            suite["failed"] += kind in {"failed", "error"}
            suite["skipped"] += kind == "skipped"
            suite["ms"] += round(1000 * getattr(report, "duration", 0.0))
    named = sorted(counts.items())
    total = sum(counts.values(), Counter())
    return [
        (name, *(str(each[key]) for key in ("tests", "failed", "skipped")), f"{each['ms'] / 1000:.0f}")
        for name, each in [*named, ("all", total)]
    ]


def _print(reporter: pytest.TerminalReporter, head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in (head, *rows)) for column in range(len(head))]
    for row in (head, tuple("-" * width for width in widths), *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        reporter.write_line("  ".join(cells).rstrip())
