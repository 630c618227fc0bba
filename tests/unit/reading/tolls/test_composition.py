"""What a toll is made of: lists that add up to it, labels for its parts, ages that bound all, sexes as codes."""

from __future__ import annotations

import pytest
from told import SHELL, counted


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Six lodgers died, two women and four men.", {"killed": 6, "women": 2, "men": 4}),
        ("Six lodgers died: three women; two children; one man.", {"killed": 6, "women": 3, "children": 2, "men": 1}),
        ("The toll was put at 9: five men, a woman and three children.", {"killed": 9, "women": 1, "children": 3}),
        ("Four members of one household were killed: the father, the mother and two boys.", {"killed": 4, "women": 1}),
        ("The toll rose to nine, including four women.", {"killed": 9, "women": 4}),
        ("The nine dead included four women.", {"killed": 9, "women": 4}),
        ("The dead comprised five men, four women and two children.", {"killed": 11, "women": 4, "children": 2}),
        ("Those who died were three men and two women.", {"killed": 5, "women": 2}),
        ("The victims were identified as a 29-year-old woman and her 8-year-old son.", {"killed": 2, "children": 1}),
        ("Six lodgers died, half of them children.", {"killed": 6, "children": 3}),
        ("Six lodgers died, two women and five guests were hurt.", {"killed": 6, "women": None}),
        ("Dead: a woman, 31; two men, 40 and 52; a boy, 6.", {"killed": 4, "women": 1, "men": 2, "children": 1}),
        ("A cook, mother, and two girls were killed.", {"killed": 4, "women": 1, "children": 2}),
    ],
)
def test_a_list_beside_a_toll_says_what_it_is_made_of(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "children"),
    [
        ("Eight lodgers died, three of them under the age of 18.", 3),
        ("Eight lodgers died, three of whom were between 4 and 13 years old.", 3),
        ("Eight lodgers died; three of them were under 18 and two were women.", 3),
        ("Eight lodgers died, three of them aged 20 to 31.", None),
        ("Eight lodgers died, three of them over 70.", None),
        ("The cook, his wife and their two young sons died.", 2),
        ("The cook and her baby nephew died.", 1),
        ("The cook and her younger brother died.", None),
        ("A woman, 30, and her children, aged 8, 6 and 3, died.", 3),
        ("A woman and her three kids (8, 6, 3) died.", 3),
        ("Three children younger than six died.", 3),
    ],
)
def test_ages_that_bound_all_make_children(sentence: str, children: int | None) -> None:
    assert counted(f"{SHELL} {sentence}")["children"].minimum == children


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Killed: 5. Women: 2. Children: 1.", {"killed": 5, "women": 2, "children": 1}),
        ("Women killed: 2. Children killed: 3. Total killed: 7.", {"killed": 7, "women": 2, "children": 3}),
        ("Killed: 5\nof whom women: 2\nof whom children: 1\nInjured: 8", {"killed": 5, "women": 2, "injured": 8}),
        ("Dead: 8; wounded: 3; women within dead: 2.", {"killed": 8, "injured": 3, "women": 2}),
        ("Dead: M/44, F/39, M/12.", {"killed": 3, "women": 1, "men": 1, "children": 1}),
        ("M/44 and F/39 deceased.", {"killed": 2, "women": 1, "men": 1}),
        ("CIV KIA 2 (M 37, F 64).", {"killed": 2, "women": 1, "men": 1}),
        ("5 dead (2F, 3M).", {"killed": 5, "women": 2, "men": 3}),
        ("6 KIA 9 WIA.", {"killed": 6, "injured": 9}),
    ],
)
def test_forms_label_the_parts_of_a_toll(text: str, told: dict[str, int]) -> None:
    read = counted(f"{SHELL} {text}")
    assert {of: read[of].minimum for of in told} == told


def test_a_house_that_falls_in_after_a_shell_is_no_accident() -> None:
    assert counted(f"{SHELL} The house collapsed, killing seven.")["killed"].minimum == 7


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A widow and three of her daughters, all under eleven, died.", {"killed": 4, "women": 1, "children": 3}),
        ("A drone killed two cousins who were 11 and 13 years old.", {"killed": 2, "children": 2}),
        ("A nun and two cousins of eight and six were dead.", {"killed": 3, "women": 1, "children": 2}),
        ("An uncle of two of those killed wept.", {"children": None}),
        ("One student (12 years) was martyred.", {"killed": 1, "children": 1}),
        ("A lottery seller (F) died.", {"killed": 1, "women": 1}),
        ("7 lives lost (2 girls, 1 woman, 4 men).", {"killed": 7, "women": 1, "children": 2}),
        ("Medics: 5 killed, incl. toddler, in the shelling.", {"killed": 5, "children": 1}),
        ("They counted nine bodies, five of which were of minors.", {"killed": 9, "children": 5}),
        ("Nine guests died. Four children were among the nine, medics said.", {"killed": 9, "children": 4}),
        ("Inside were a woman, her mother and her brother. None of the three survived.", {"killed": 3, "women": 2}),
        ("The blast killed a couple and their six children.", {"killed": 8, "women": 1, "men": 1, "children": 6}),
        ("A couple of men died.", {"killed": 2, "women": None}),
    ],
)
def test_who_the_dead_were_is_told_in_many_ways(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


def test_the_day_by_which_a_toll_had_risen_is_no_day_of_the_event() -> None:
    text = f"Six died and nine were hurt. {SHELL}\n\nBy Tuesday two of the hurt had died, bringing the toll to 8."
    assert counted(text)["killed"].maximum == 8


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It led to the death of 9 guests, and among the dead 4 children, 2 women.", {"children": 4, "women": 2}),
        ("Nine guests died. One of the dead is a boy of 8.", {"killed": 9, "children": 1}),
        ("Nine guests died. Not one of the dead was female.", {"killed": 9, "women": 0}),
        ("Three guests died (mother + suckling baby + lodger, m.).", {"killed": 3, "women": 1, "children": 1}),
        (
            "9 martyrs so far, they are a man and his wife, 6 of their sons and daughters, and a girl.",
            {"killed": 9, "women": 1},
        ),
        ("Six guests were killed and eight hurt along the road to the mill, medics said.", {"killed": 6, "injured": 8}),
        ("Two girls and a man were brought out alive but badly hurt.", {"killed": None, "injured": 3}),
        ("A guest died. A further six were bandaged at the clinic.", {"killed": 1, "injured": 6}),
    ],
)
def test_lists_and_shares_end_where_their_clause_does(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


def test_the_day_on_which_a_count_was_made_is_no_day_of_the_event() -> None:
    text = f"{SHELL}\n\nAs of 09:00 on 5 May it has been established that 9 people died: five women and four men."
    assert counted(text)["women"].minimum == 5


def test_a_list_of_the_dead_further_down_counts_them_and_says_who_they_were() -> None:
    text = f"""{SHELL}

Our people went from house to house for four days. They drew up a list of nineteen persons killed.

Twelve of the nineteen were men, four were women. The remaining three were children."""
    assert {of: toll.minimum for of, toll in counted(text).items() if of != "injured"} == {
        "killed": 19,
        "women": 4,
        "children": 3,
        "men": 12,
    }


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("A family of four - a couple and their two children - died.", {"killed": 4, "women": 1, "children": 2}),
        ("Five guests died (a couple and three girls).", {"killed": 5, "women": 1, "men": 1, "children": 3}),
        (
            "Two guests (a man and a woman) were killed, and three (two men, one child) were hurt.",
            {"killed": 2, "women": 1, "injured": 3},
        ),
        ("Three siblings - aged 3, 5 and 8 - were killed.", {"killed": 3, "children": 3}),
        ("Three siblings (3, 5 and 8 years old) were killed.", {"killed": 3, "children": 3}),
        ("She and her two children were killed.", {"killed": 3, "women": 1, "children": 2}),
        ("He and his wife were killed.", {"killed": 2, "women": 1}),
    ],
)
def test_couples_pronouns_and_brackets_count_by_kind(sentence: str, told: dict[str, int]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told
