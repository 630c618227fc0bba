"""What follow-ups and daily notes tell beside an event: what came days before, hours later, elsewhere that day."""

from __future__ import annotations

import pytest

from tests.unit.reading.test_ledes import primary, read


@pytest.mark.parametrize(("words", "day"), [("days after", "2021-05-03/2021-05-09"), ("weeks after", "")])
def test_what_an_event_came_days_after_is_not_of_its_day(words: str, day: str) -> None:
    text = (
        f"Five people were killed in an air strike on Alphaville on Monday, {words} nine died in a raid on Betaville."
    )
    assert [(a.place_as_written, a.date.edtf if a.date else "") for a in read(text).accounts] == [
        ("Alphaville", "2021-05-10"),
        ("Betaville", day),
    ]


def test_another_part_of_the_day_with_an_act_and_dead_of_its_own_is_another_event() -> None:
    text = """At dawn on Monday a clinic in Alphaville was struck from the air and six patients were killed. \
In the evening of that day shells hit the town's mosque and killed six worshippers."""
    assert [killed for _, _, killed in primary(text)] == [6, 6]
    retold = (
        "At dawn on Monday a clinic in Alphaville was struck and six patients died. In the evening, six were buried."
    )
    assert len(primary(retold)) == 1


@pytest.mark.parametrize("when", ["On Monday", "Over the past day"])
def test_a_count_of_a_region_and_the_towns_behind_its_colon_are_a_sum_and_its_parts(when: str) -> None:
    text = f"{when} shelling killed 9 residents of the region: 2 in Alphaville and 7 in Betaville."
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 2), ("Betaville", 7)]
    assert [s.kind for s in read(text).set_aside if s.value == 9] == ["subtotal"]
    assert [
        killed for _, _, killed in primary("On Monday shelling killed 9 in Alphaville: 2 in a shop, 7 on a bus.")
    ] == [9]


def test_somebody_new_killed_by_an_act_on_the_same_day_is_of_another_event() -> None:
    text = "Eight people were killed in a house that was bombed in Alphaville on Monday. {} on the same day."
    assert [killed for _, _, killed in primary(text.format("A shepherd was shot dead by settlers"))] == [8, 1]
    assert [killed for _, _, killed in primary(text.format("A wounded girl died"))] == [8]


@pytest.mark.parametrize("where", ["in a similar attack there", "when the same village was shelled"])
def test_what_a_place_came_to_days_before_is_another_event_there(where: str) -> None:
    text = (
        f"A child was killed on Monday by a drone in the village of Alphaville, two days after a farmer died {where}."
    )
    assert [day for _, day, _ in primary(text)] == ["2021-05-10", "2021-05-08"]


def test_two_towns_of_one_governorate_in_brackets_are_two_places() -> None:
    text = (
        "The worst were the bombing of a cafe in Alphaville (Exampleland) on 3 May, which left six dead, and "
        "an attack on a farm in Betaville (Exampleland) on 5 May in which five people were shot dead."
    )
    assert [(name, day, killed) for name, day, killed in primary(text)] == [
        ("Alphaville", "2021-05-03", 6),
        ("Betaville", "2021-05-05", 5),
    ]
