"""What was set aside is listed in reading order, and read back strictly."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
import samples

from mapper.errors import InputError
from mapper.publish import contract
from mapper.publish.set_aside import read_set_aside, set_aside_rows, write_set_aside


def test_entries_have_the_members_of_the_contract_in_its_order() -> None:
    (row,) = set_aside_rows([samples.set_aside(contains=("incident-1",))], [])
    assert list(row) == list(contract.SET_ASIDE)
    assert contract.faults(row, contract.SET_ASIDE) == []
    assert row["contains"] == ["incident-1"]
    assert samples.TEXT[row["start"] : row["end"]] == row["quote"]


def test_they_stand_in_reading_order_whatever_order_they_come_in() -> None:
    items = [
        samples.set_aside(source="b", start=1, end=2, quote="x"),
        samples.set_aside(source="a", start=9, end=10, quote="x"),
        samples.set_aside(source="b", start=0, end=1, quote="x"),
        samples.set_aside(source="unknown", start=0, end=1, quote="x"),
    ]
    expected = [("b", 0), ("b", 1), ("a", 9), ("unknown", 0)]
    for order in itertools.permutations(items):
        assert [(row["source"], row["start"]) for row in set_aside_rows(order, ["b", "a"])] == expected


def test_a_file_is_a_list_an_entry_a_line_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "set_aside.json"
    items = [samples.set_aside(value=10**30), samples.set_aside(kind="age")]
    assert write_set_aside(items, [], path) == 2
    assert len(path.read_bytes().splitlines()) == 4
    assert read_set_aside(path) == json.loads(path.read_bytes()) == set_aside_rows(items, [])
    assert read_set_aside(path)[1]["value"] == str(10**30)


def test_nothing_set_aside_is_an_empty_list(tmp_path: Path) -> None:
    write_set_aside([], [], tmp_path / "a.json")
    assert read_set_aside(tmp_path / "a.json") == []


def test_half_a_character_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match="cannot be written as JSON"):
        write_set_aside([samples.set_aside(reason="\ud800")], [], path)
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "is not a list"),
        ("[1]", r"\[0\] is not an object"),
        ("[{}]", r"\[0\].source is missing"),
        ("[NaN]", "strict"),
    ],
)
def test_another_file_is_refused(tmp_path: Path, content: str, words: str) -> None:
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        read_set_aside(tmp_path / "a.json")
