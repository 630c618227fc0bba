"""What holds for every suite."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# How long an example takes says how busy a machine is, not whether the code is right: times are measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

NO_SKIPS = "MAPPER_NO_SKIPS"
NOT_SHOWN = "NOT SHOWN"
"""How a skip begins that no machine as it comes can avoid: it is told in red, and fails no run."""


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped, where that is asked for: a suite that did not run proves nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(NO_SKIPS) != "1" or reporter is None:
        return
    skipped = []
    for report in reporter.stats.get("skipped", []):
        if f"{NOT_SHOWN}: " in str(report.longrepr):
            reporter.write_line(str(report.longrepr[-1]), red=True)
        else:
            skipped.append(report)
    if skipped:
        reporter.write_line(f"{len(skipped)} tests were skipped, and {NO_SKIPS}=1 allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
