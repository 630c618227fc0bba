from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mapper.incidents.tolls import counts, range_with_sources, toll_range
from mapper.model import Claim, Comparator, JSONScalar, Toll


def count(
    low: int | None,
    high: int | None,
    *,
    op: Comparator = "=",
    reporters: tuple[str, ...] = (),
    source: str = "a",
    rule: str = "toll-harm-subject",
    **detail: JSONScalar,
) -> Claim:
    value = low if low is not None else high
    return Claim(
        id=f"{source}:{low}:{high}:{reporters}",
        source=source,
        kind="toll",
        value=value,
        quote="q",
        start=0,
        end=1,
        rule=rule,
        op=op,
        reporters=reporters,
        detail={"group": "killed", "of": None, "population": "people", "minimum": low, "maximum": high, **detail},
    )


@pytest.mark.parametrize(
    ("low", "high", "op"), [(13, None, ">="), (None, 15, "<="), (41, None, ">"), (24, None, "word"), (3, 3, "=")]
)
def test_one_count_is_its_own_range(low: int | None, high: int | None, op: Comparator) -> None:
    assert toll_range([count(low, high, op=op)]) == Toll(minimum=low, maximum=high)


def test_nothing_counted_is_an_open_range() -> None:
    assert toll_range([]) == Toll()
    assert toll_range([count(None, None, op="word")]) == Toll()


def test_reported_counts_span_a_range_and_say_which_sets_each_end() -> None:
    low = count(42, 42, reporters=("SOHR",))
    high = count(55, 55, reporters=("Airwars",))
    found = range_with_sources([high, low])
    assert found.toll == Toll(minimum=42, maximum=55)
    assert (found.minimum_from, found.maximum_from) == (low.id, high.id)


def test_the_lead_of_an_article_sets_the_lower_end() -> None:
    claims = [count(20, 20, lead=True), count(9, 9, reporters=("Reuters",)), count(22, 22, reporters=("Airwars",))]
    assert toll_range(claims) == Toll(minimum=20, maximum=22)


def test_an_assessors_own_range_wins() -> None:
    claims = [count(5, 5, lead=True), count(15, None, op=">=", assessed=True)]
    assert toll_range(claims) == Toll(minimum=15)


def test_articles_span_together() -> None:
    claims = [count(13, None, op=">=", lead=True), count(38, 40, source="b", lead=True)]
    assert toll_range(claims) == Toll(minimum=13)
    claims = [count(13, 13, lead=True), count(38, 40, source="b", lead=True)]
    assert toll_range(claims) == Toll(minimum=13, maximum=40)


@pytest.mark.parametrize(
    "lesser", [{"provisional": True}, {"definite": True}, {"population": "fighters"}, {"plural_only": True}]
)
def test_lesser_counts_stand_aside(lesser: dict[str, Any]) -> None:
    assert toll_range([count(4, 4, **lesser), count(9, 9)]) == Toll(minimum=9, maximum=9)
    assert toll_range([count(4, 4, **lesser)]) == Toll(minimum=4, maximum=4)


def test_dozens_give_way_to_a_number_as_large() -> None:
    assert toll_range([count(24, None, op="word", lead=True), count(31, 31, lead=True)]) == Toll(minimum=31, maximum=31)
    assert toll_range([count(24, None, op="word", lead=True), count(1, 1)]) == Toll(minimum=24)


def test_a_part_is_ranged_for_itself() -> None:
    part = count(5, 5, lead=True)
    part = replace(part, detail={**part.detail, "of": "children"})
    claims = [count(13, 13, lead=True), part]
    assert counts(claims, "killed") == claims[:1]
    assert counts(claims, "killed", "children") == [part]
    assert counts(claims, "injured") == []
