"""Tables of text, whatever was read before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mapper.cells import LONGEST_CELL, allow_long_cells, delimiter_of

ROOT = Path(__file__).resolve().parents[2]


def test_the_limit_is_the_same_whatever_was_read_before() -> None:
    for before in (10, 131_072, 2 * LONGEST_CELL):
        csv.field_size_limit(before)
        allow_long_cells()
        assert csv.field_size_limit() == LONGEST_CELL


def test_nobody_else_sets_it() -> None:
    modules = (ROOT / "mapper").rglob("*.py")
    assert [m.name for m in modules if "field_size_limit(" in m.read_text(encoding="utf-8")] == ["cells.py"]


@pytest.mark.parametrize(
    ("header", "mark"),
    [
        ("name;context,country", ","),
        ('name,"one; two; three",country', ","),
        ("", ","),
        ('"unfinished', ","),
        ("a\rb;c\rd;e", ";"),
        ("x" * 300_000 + ";y", ","),
    ],
)
def test_odd_first_lines(header: str, mark: str) -> None:
    assert delimiter_of(header) == mark


def test_a_mark_of_more_kinds() -> None:
    assert delimiter_of("a|b|c", ",;\t|") == "|"
