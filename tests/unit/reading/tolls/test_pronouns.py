"""The dead whom a pronoun, a share or "as did …" tells, and numbers that another number replaces."""

from __future__ import annotations

import pytest
from told import SHELL, counted

from mapper.model import Toll


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Five men were asleep in the van. All of them died.", {"killed": 5, "men": 5}),
        ("Five men were asleep in the van. None survived.", {"killed": 5}),
        ("Five men were asleep in the van; only one survived.", {"killed": 4, "men": None}),
        ("Two boys and a girl were asleep. They were killed instantly.", {"killed": 3, "children": 3}),
        ("Three girls were asleep in the yard. All three were killed.", {"killed": 3, "children": 3}),
        ("Many people were asleep. All of them died.", {"killed": None}),
        ("Nine men worked there. They said that they fled.", {"killed": None}),
    ],
)
def test_a_pronoun_goes_back_to_those_told_before(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The mayor died, as did two of his guards.", {"killed": 3}),
        ("The mayor was killed and so was his driver.", {"killed": 2}),
        ("Also killed were the mayor and two of his guards.", {"killed": 3}),
        ("Six people were shot, four of them fatally.", {"killed": 4}),
        ("Six people were hurt, two fatally.", {"killed": 2, "injured": 6}),
        ("A bomber killed himself and seven guests.", {"killed": 7}),
        ("Seven guests, not including the attacker, were killed.", {"killed": 7}),
        ("All but two of the nine passengers were killed.", {"killed": 7}),
        ("A cook was killed. His brother died of wounds at night.", {"killed": 2}),
        ("An entire family was killed: the parents and their four children.", {"killed": 6, "children": 4}),
        ("The nine dead were women.", {"killed": 9, "women": 9}),
        ("Six guests embraced martyrdom.", {"killed": 6}),
        ("Dead ..... 2 Wounded ..... 7", {"killed": 2, "injured": 7}),
        ("Eight guests died inc. 3 women.", {"killed": 8, "women": 3}),
        ("Eight guests, of them 3 women, died.", {"killed": 8, "women": 3}),
        ("Among the dead: three women; two children; the village chief.", {"women": 3, "children": 2}),
    ],
)
def test_the_dead_are_counted_in_many_turns_of_speech(sentence: str, told: dict[str, int]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("The death toll has been revised from 14 to 9.", 9),
        ("The death toll, initially put at 14, was later revised down to 9.", 9),
        ("The death toll rose from 9 to 14.", 14),
    ],
)
def test_a_number_that_is_set_right_does_not_count(sentence: str, killed: int) -> None:
    assert counted(f"{SHELL} {sentence}")["killed"] == Toll(minimum=killed, maximum=killed)


@pytest.mark.parametrize(
    ("sentence", "women"),
    [
        ("Twelve guests died, a third of them women.", 4),
        ("Twelve guests died; a quarter of the dead were women.", 3),
        ("Twelve guests died, two-thirds of whom were women.", 8),
        ("Twelve guests died, nearly half of them women.", None),
        ("Eleven guests died, a third of them women.", None),
        ("Twelve guests died, all of them women.", 12),
    ],
)
def test_a_share_of_a_whole_number_is_a_number(sentence: str, women: int | None) -> None:
    assert counted(f"{SHELL} {sentence}")["women"].minimum == women


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Nine guests died. Six of the nine were men and two were women.", {"killed": 9, "men": 6, "women": 2}),
        ("Twelve dead were listed. Of the martyrs, 8 are children and 3 are women.", {"children": 8, "women": 3}),
        ("It left nine dead and a dozen hurt. One was a girl.", {"killed": 9, "children": 1}),
        ("Eight guests died. A pupil of 15 and five women are among them.", {"women": 5, "children": 1}),
    ],
)
def test_numbers_alone_say_who_the_dead_were(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("Eleven guests died. A foreign agency had 12. The family's list has 14 names.", 11, 14),
        ("Nine guests died, medics said. The police gave seven.", 7, 9),
        ("Four guests died. The report has 12 pages.", 4, 4),
        ("Four guests died. The hospital has 5 names and a photograph.", 4, 5),
    ],
)
def test_a_source_that_only_says_its_number_widens_the_range(sentence: str, low: int, high: int) -> None:
    assert counted(f"{SHELL} {sentence}")["killed"] == Toll(minimum=low, maximum=high)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Killed 7. Injured 22 (a police source says 19).", {"killed": 7, "injured": 19}),
        ("They brought the remains of six martyrs, and nine wounded.", {"killed": 6, "injured": 9}),
        ("A nun and two cousins of eight and six were dead. A man of some seventy bled to death.", {"killed": 4}),
        ("A man was killed. A farmer died when a shell hit his yard.", {"killed": 1}),
        ("A cousin counts 27 dead: his aunt, her four sons and six guests.", {"killed": 27}),
        ("The number of passengers martyred in the attack on three coaches rose to 19.", {"killed": 19}),
        ("Nine guests were hurt: three by live fire, six by clubs.", {"killed": None}),
        ("Four guests died. Rumours that twenty people died are unfounded.", {"killed": 4}),
        ("As of 9:00 on 4 May it is established that 9 people died: five women and four men.", {"killed": 9}),
    ],
)
def test_numbers_beside_a_toll_are_told_apart_from_it(sentence: str, told: dict[str, int | None]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It killed 14 civilians, among them five children and two women, and three police officers.", {"killed": 17}),
        ("Two national staff of a water group, a surveyor and a porter, were found dead.", {"killed": 2}),
        ("Gunmen killed three teachers, two drivers and a cook.", {"killed": 6}),
        ("A guest died; 30 sheeps perished.", {"killed": 1}),
        (
            "It hit a man (61) who was mending nets. He died there. His wife has concussion.",
            {"killed": 1, "injured": 1},
        ),
    ],
)
def test_what_goes_with_a_count_and_what_only_spells_it_out(sentence: str, told: dict[str, int]) -> None:
    read = counted(f"{SHELL} {sentence}")
    assert {of: read[of].minimum for of in told} == told
