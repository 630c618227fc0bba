"""What a desk sees that reads several articles on each event, and others on what lies beside it."""

from __future__ import annotations

import pytest

from benchmarks.joined import Outcome, outcome

_PAIRS = 47
_NEEDLESS = 3
_JOINED = 37


@pytest.fixture(name="found", scope="module")
def _found() -> Outcome:
    return outcome()


def test_most_accounts_of_one_event_meet(found: Outcome) -> None:
    assert found.pairs.total() == _PAIRS
    assert found.pairs["joined"] >= _JOINED, "\n".join(found.told)


def test_what_lies_beside_an_event_in_place_day_or_toll_stays_apart(found: Outcome) -> None:
    assert found.mixed == []


def test_what_is_left_to_a_person_is_nearly_always_one_event(found: Outcome) -> None:
    assert found.needless <= _NEEDLESS


def test_every_pair_left_to_a_person_says_why(found: Outcome) -> None:
    unsure = [line for line in found.told if line.startswith("unsure")]
    assert unsure
    assert all("the same" in line or "within" in line for line in unsure)
