"""What holds for every suite."""

from __future__ import annotations

import os

import pytest

NO_SKIPS = "MAPPER_NO_SKIPS"


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run in which a test was skipped, where that is asked for: a suite that did not run proves nothing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get(NO_SKIPS) != "1" or reporter is None:
        return
    skipped = reporter.stats.get("skipped", [])
    if skipped:
        reporter.write_line(f"{len(skipped)} tests were skipped, and {NO_SKIPS}=1 allows none.", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
