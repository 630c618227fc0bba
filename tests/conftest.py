"""What all tests share: figures that a suite measured, shown in one table at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_KEY = "figure"


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str, str], None]:
    """Give a function that takes the name of a figure and its value, for the table at the end."""

    def show(name: str, value: str) -> None:
        record_property(_KEY, (name, value))

    return show


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures of every test that measured one."""
    reports = [r for reports in terminalreporter.stats.values() for r in reports if isinstance(r, pytest.TestReport)]
    found = [value for r in reports if r.when == "call" for key, value in r.user_properties if key == _KEY]
    # From another process a pair comes back as a list.
    rows = [(str(pair[0]), str(pair[1])) for pair in found if isinstance(pair, (tuple, list))]
    if not rows:
        return
    terminalreporter.write_sep("-", "figures")
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        terminalreporter.write_line(f"{name:<{width}}  {value}")
