from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import InputError, Problem
from mapper.incidents.judgements import Judgements, append, fault_of, read_ledger
from mapper.model import Judgement


def _append(path: Path, number: int) -> None:
    for step in range(5):
        append(path, Judgement(verdict="same", left=f"a-{number:02d}", right=f"a-9{step}", who=f"person {number}"))


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    problems: list[Problem] = []
    assert read_ledger(path, problems.append).pairs == {}
    append(path, Judgement(verdict="same", left="a-02", right="i-01", who="R.", when="2031-01-05", note="one mill"))
    append(path, Judgement(verdict="accepted", left="i-01"))
    ledger = read_ledger(path, problems.append)
    assert ledger.pairs == {("a-01", "a-02"): "same"}
    assert ledger.status(["a-02", "a-01"]) == "accepted"
    assert ledger.status(["a-03"]) == "unreviewed"
    assert problems == []
    assert len(path.read_bytes().splitlines()) == 2


def test_the_newest_verdict_counts_and_can_be_taken_back() -> None:
    ledger = [
        Judgement(verdict="same", left="a-1", right="a-2"),
        Judgement(verdict="rejected", left="i-1"),
        Judgement(verdict="undecided", left="a-2", right="a-1"),
        Judgement(verdict="unreviewed", left="a-1"),
    ]
    assert Judgements(ledger[:2]).pairs == {("a-1", "a-2"): "same"}
    assert Judgements(ledger[:2]).status(["a-1"]) == "rejected"
    assert Judgements(ledger).pairs == {}
    assert Judgements(ledger).status(["a-1"]) == "unreviewed"


def test_of_several_verdicts_on_one_incident_the_newest_counts() -> None:
    ledger = Judgements([Judgement(verdict="rejected", left="a-2"), Judgement(verdict="accepted", left="a-1")])
    assert ledger.status(["a-1", "a-2"]) == "accepted"


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement(verdict="perhaps", left="a-1", right="a-2"),
        Judgement(verdict="same", left="a-1"),
        Judgement(verdict="same", left="a-1", right="i-1"),
        Judgement(verdict="accepted", left="a-1", right="a-2"),
        Judgement(verdict="accepted", left=""),
    ],
)
def test_what_is_no_judgement_is_not_written(tmp_path: Path, judgement: Judgement) -> None:
    path = tmp_path / "judgements.jsonl"
    assert fault_of(judgement)
    with pytest.raises(InputError):
        append(path, judgement)
    assert not path.exists()


def test_a_spoilt_line_costs_that_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append(path, Judgement(verdict="same", left="a-1", right="a-2"))
    spoilt = [b"{half", b"[1, 2]", b"null", b'{"verdict": ["same"], "left": "a-1", "right": "a-3"}', b"\xff\xfe", b""]
    path.write_bytes(path.read_bytes() + b"\n".join(spoilt))
    append(path, Judgement(verdict="different", left="a-1", right="a-4"))
    problems: list[Problem] = []
    ledger = read_ledger(path, problems.append)
    assert ledger.pairs == {("a-1", "a-2"): "same", ("a-1", "a-4"): "different"}
    assert len(problems) == 5
    assert all("line" in problem.where for problem in problems)


def test_a_folder_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot read the judgements"):
        read_ledger(tmp_path, lambda _: None)


def test_a_crowd_writes_every_verdict_once(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append, args=(path, number)) for number in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    problems: list[Problem] = []
    assert len(read_ledger(path, problems.append).pairs) == 15
    assert problems == []


@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_a_fault(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("ledger") / "judgements.jsonl"
    path.write_bytes(b'{"verdict":"accepted","left":"a-1"}\n' + data)
    problems: list[Problem] = []
    read_ledger(path, problems.append)
    assert len(problems) <= data.count(b"\n") + 1


def test_judgements_on_what_was_not_read_are_told() -> None:
    ledger = Judgements(
        [
            Judgement(verdict="same", left="i-1", right="a-2"),
            Judgement(verdict="same", left="a-1", right="a-9"),
            Judgement(verdict="rejected", left="i-8"),
        ]
    )
    assert [judgement.verdict for judgement in ledger.without_effect({"a-1", "a-2"})] == ["same", "rejected"]
    assert ledger.without_effect({"a-1", "a-2", "a-8", "a-9"}) == []
    assert len(ledger) == 3


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"first\nsecond\n")
    problems: list[Problem] = []
    with pytest.raises(InputError, match=r"notes\.txt: no line of it is a judgement"):
        read_ledger(path, problems.append)
    assert problems == [], "one line says it"
    path.write_bytes(b"\n")
    assert read_ledger(path, problems.append).pairs == {}
