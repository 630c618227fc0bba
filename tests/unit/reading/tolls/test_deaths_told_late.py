"""Deaths at the end of a story of wounds, unknown callings, and lists with what describes those in them."""

from __future__ import annotations

import pytest
from told import SHELL, counted


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A boy was wounded in the neck and later died in a clinic.", {"killed": 1, "children": 1}),
        ("Two pickers were injured and died on the way.", {"killed": 2}),
        ("A woman sustained a deep head wound and was pronounced dead at noon.", {"killed": 1, "women": 1}),
        ("A boy was wounded and was driven to a clinic, where he was pronounced dead.", {"killed": 1}),
        ("A girl was wounded; a doctor declared her dead an hour later.", {"killed": 1}),
        ("A man was hit by a splinter. A car took him to a clinic, but he died on the way.", {"killed": 1}),
        ("Two men were wounded and a third fled.", {"killed": None}),
        ("A man was wounded, and he said that he would not leave.", {"killed": None}),
    ],
)
def test_who_was_hurt_may_die_in_the_same_breath(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("A 27-year-old Examplan was killed by a splinter.", 1),
        ("A 61-year-old cartwright and his wife died.", 2),
        ("A 40-year-old boat was hit, and nobody died.", 0),
        ("The blast killed three of one family.", 3),
        ("It killed two of the same household and a guest.", 3),
        ("It killed the cook outright, a retired clerk of 66 who sat beside her, and a porter.", 3),
        ("It fell on the father and on two nephews aged 8 and 12, who were killed.", 2),
        ("The splinters killed three of a family. Two sons died with him at once.", 3),
        ("Seven guests died. Nine others were taken to a clinic, where two (2) more gave up the ghost.", 9),
        ("Nine people, not counting the two attackers, were killed.", 9),
        ("Nine people, excluding the two attackers, were killed.", 9),
        ("At least 11 and at most 14 people were killed.", 11),
    ],
)
def test_who_died_is_counted_by_whatever_describes_them(sentence: str, killed: int) -> None:
    assert counted(f"{SHELL} {sentence}")["killed"].minimum == killed


def test_two_bounds_of_one_number_are_a_range() -> None:
    killed = counted("No fewer than 11 and no more than 14 people were killed.")["killed"]
    assert (killed.minimum, killed.maximum) == (11, 14)


@pytest.mark.parametrize(
    ("sentence", "children"),
    [
        ("It killed eight people, all under one roof: a woman, two men and five children.", 5),
        ("Eight guests were killed, three of them under one year old.", 3),
    ],
)
def test_under_one_roof_is_no_age(sentence: str, children: int | None) -> None:
    assert counted(f"{SHELL} {sentence}")["children"].minimum == children
