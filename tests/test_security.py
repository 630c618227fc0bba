"""SECURITY.md promises nothing that no suite proves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PROMISES = dict(re.findall(r"^\| (\*\*.+?\*\*.*?) \| (`.+`) \|$", PAGE, re.MULTILINE))
SUITES = sorted({name for proved in PROMISES.values() for name in re.findall(r"`([^`]+)`", proved)})
# What a test of the test is called.
SHOWS_RED = re.compile(r"_(catches|caught|sees|fail)_?|would_be_caught|lax_check")


def _tests(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_every_promise_names_what_proves_it() -> None:
    rows = [line for line in PAGE.split("## Not promised")[0].splitlines() if line.startswith("| **")]
    assert len(rows) == len(PROMISES) > 10
    assert all(re.fullmatch(r"(`tests/[\w/]+\.py`(, )?)+", proved) for proved in PROMISES.values())


@pytest.mark.parametrize("name", SUITES)
def test_what_is_named_is_there_and_holds_tests(name: str) -> None:
    assert _tests(ROOT / name), name


ATTACKS = (*sorted((ROOT / "tests" / "hostile").glob("test_*.py")), *(ROOT / name for name in (
    "tests/browser/test_atlas.py", "tests/integration/test_nominatim.py")))  # fmt: skip


@pytest.mark.parametrize("path", ATTACKS, ids=lambda path: path.name)
def test_every_suite_of_attacks_is_named_and_shows_what_it_would_catch(path: Path) -> None:
    assert path.relative_to(ROOT).as_posix() in SUITES
    assert [name for name in _tests(path) if SHOWS_RED.search(name)]
