"""What speaks for one event and what for two, a field at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from mapper.incidents.evidence.harm import harm, surprise
from mapper.incidents.evidence.place import place, sound_alike
from mapper.incidents.evidence.text import text
from mapper.incidents.evidence.time import time
from mapper.incidents.grouping import Link, group
from mapper.incidents.hours import hours_of
from mapper.incidents.located import Located
from mapper.incidents.marks import families, proper_names
from mapper.incidents.scoring import Comparison, compare
from mapper.incidents.sketch import Sketch, sketch
from mapper.incidents.surroundings import Surroundings
from mapper.model import Candidate, Place, Precision

Tell = Callable[..., Located]
DAY = "2031-05-06"


@pytest.fixture(name="pair")
def _pair(tell: Tell) -> Callable[[dict[str, Any], dict[str, Any]], tuple[Sketch, Sketch]]:
    def both(one: dict[str, Any], other: dict[str, Any]) -> tuple[Sketch, Sketch]:
        return sketch(tell("herald", **one), 0), sketch(tell("gazette", **other), 1)

    return both


Pair = Callable[[dict[str, Any], dict[str, Any]], tuple[Sketch, Sketch]]


def judge(one: Sketch, other: Sketch) -> Comparison:
    return compare(one, other, Surroundings([one, other]))


def total(points: list[tuple[float, str]]) -> float:
    return sum(value for value, _ in points)


# --- where


def test_a_village_within_the_district_that_is_named_is_no_contradiction(pair: Pair) -> None:
    one, other = pair(
        {"place": "Tell Mithal"}, {"place": "Namudhaj", "at": (40.12, 35.05), "precision": Precision.DISTRICT}
    )
    assert total(place(one, other)) > 0


def test_two_villages_of_one_district_are_two_places(pair: Pair) -> None:
    one, other = pair(
        {"place": "Tell Mithal", "place_id": "g1"}, {"place": "Umm Namudhaj", "place_id": "g2", "at": (40.06, 35.0)}
    )
    assert total(place(one, other)) <= -1.0


def test_a_village_that_the_other_names_too_is_not_held_against_it(pair: Pair) -> None:
    lead = "Shells hit Umm Namudhaj, the twin of Tell Mithal."
    one, other = pair(
        {"place": "Tell Mithal", "place_id": "g1"},
        {"place": "Umm Namudhaj", "place_id": "g2", "at": (40.06, 35.0), "lead": lead},
    )
    assert total(place(one, other)) > 0


def test_a_name_that_was_not_found_meets_its_other_spelling(pair: Pair) -> None:
    one, other = pair({"place": "Kafr Mithal"}, {"place": "Kefer Methal", "at": None})
    assert total(place(one, other)) >= 1.8
    one, other = pair({"place": "Kafr Mithal"}, {"place": "Namudhaj", "at": None})
    assert total(place(one, other)) == 0


def test_namesakes_far_apart_may_be_one_place_and_are_left_to_a_person(tell: Tell) -> None:
    far = Place(id="g2", name="Tell Mithal", longitude=43.0, latitude=33.0, kind="village")
    facts = {"day": DAY, "killed": 23, "injured": 11, "site": "market", "place": "Tell Mithal"}
    sure, doubted = tell("a", **facts), tell("b", at=(43.0, 33.0), **facts)
    assert judge(sketch(sure, 0), sketch(doubted, 1)).verdict == "different"
    near = replace(far, longitude=40.0, latitude=35.0)
    candidates = tuple(Candidate(place=place, score=0.5) for place in (far, near))
    doubted = replace(doubted, resolution=replace(doubted.resolution, score=0.5, candidates=candidates))
    links: list[Link] = []
    assert len(list(group([sure, doubted], links=links))) == 2
    assert [link.comparison.reasons[-1] for link in links] == ["their places lie apart"]


def test_a_name_put_at_what_contains_it_lies_where_the_name_may_be(tell: Tell) -> None:
    facts = {"day": DAY, "killed": 23, "injured": 11, "site": "market"}
    sure = tell("a", place="Tell Mithal", **facts)
    doubted = tell("b", place="Tel Methal", at=(40.5, 35.4), precision=Precision.CITY, **facts)
    itself = Place(id="g1", name="Tell Mithal", longitude=40.0, latitude=35.0, kind="village")
    for at, verdict in ((40.0, "same"), (43.0, "different")):
        candidates = (Candidate(place=replace(itself, longitude=at), score=0.4),)
        resolution = replace(doubted.resolution, method="parent", score=0.5, candidates=candidates)
        assert judge(sketch(sure, 0), sketch(replace(doubted, resolution=resolution), 1)).verdict == verdict, at


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("kfrmtl", "kfrmtl", True),
        ("kfrmtl", "kfrmt", True),
        ("kfrmtl", "kfrntl", True),
        ("mtl", "mtr", False),
        ("", "", False),
        ("kfrmtl", "mtlkfr", False),
    ],
)
def test_sounds(one: str, other: str, alike: bool) -> None:
    assert sound_alike(one, other) == sound_alike(other, one) == alike


# --- when


def test_nothing_is_in_print_before_it_happened(pair: Pair) -> None:
    one, other = pair(
        {"day": DAY, "killed": 23}, {"day": ("2031-05-01", "2031-05-31"), "killed": 23, "published": "2031-05-03"}
    )
    assert judge(one, other).verdict == "different"
    assert judge(one, other).reasons == ("one was published before the other happened",)


def test_an_undated_account_counts_from_its_publication_and_only_a_prompt_one_is_joined(pair: Pair) -> None:
    facts = {"killed": 23, "injured": 11, "site": "market"}
    for published, verdict in (
        ("2031-05-07", "same"),
        ("2031-05-12", "unsure"),
        ("", "unsure"),
        ("2031-05-01", "different"),
    ):
        one, other = pair({"day": DAY, **facts}, {"published": published, **facts})
        assert judge(one, other).verdict == verdict, published


def test_dawn_and_evening_of_one_day_speak_against_one_attack(pair: Pair) -> None:
    at_dawn = {"day": DAY, "lead": "Warplanes bombed the town at dawn."}
    for hour, sign in (("shortly before 6:10 am", 1), ("at 8:40 PM", -1), ("in the evening", -1)):
        one, other = pair(at_dawn, {"day": DAY, "lead": f"The raid came {hour}."})
        assert (total(time(one, other)) > 2.0) == (sign > 0), hour


def test_one_night_lies_on_two_days(pair: Pair) -> None:
    one, other = pair(
        {"day": DAY, "lead": "Late at night, at 11:50 PM, a shell fell."},
        {"day": "2031-05-07", "lead": "At dawn they dug."},
    )
    assert total(time(one, other)) > 1.0


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("at 11:20 PM", 1400),
        ("at 08:25, a bomb", 505),
        ("about 9 a.m.", 540),
        ("at 12:05 am", 5),
        ("at noon", -1),
        ("by 10 p.m. two bodies", -1),
        ("a ratio of 99:80", -1),
        ("12.45 km off", -1),
        ("at 25:10", -1),
        ("13 pm", -1),
    ],
)
def test_clock_times(text: str, minute: int) -> None:
    assert hours_of(text)[1] == minute


# --- how many


def test_an_unusual_number_says_more_than_a_small_or_a_round_one() -> None:
    assert surprise(1) < surprise(3) < surprise(7) < surprise(23)
    assert surprise(30) < surprise(29)


def test_a_toll_that_rises_with_the_day_of_publication_is_no_contradiction(pair: Pair) -> None:
    first, later = {"killed": 11, "published": "2031-05-06"}, {"killed": 16, "published": "2031-05-08"}
    rising, falling = pair(first, later), pair({**first, "published": "2031-05-09"}, later)
    assert total(harm(*falling)) < total(harm(*rising)) < 0
    assert "rose from 11 to 16" in harm(*rising)[0][1]


def test_a_count_that_the_other_quotes_is_found(pair: Pair, tell: Tell) -> None:
    own, quoting = pair({"killed": 11}, {"killed": 16})
    plain = total(harm(own, quoting))
    told = tell("gazette", killed=16)
    earlier = tell("gazette", killed=11).account.claims[0]
    earlier = replace(earlier, detail={**earlier.detail, "provisional": True})
    account = replace(told.account, claims=(*told.account.claims, earlier))
    both = sketch(replace(told, account=account), 1)
    assert both.killed.minimum == 16
    assert total(harm(own, both)) > 0 > plain


def test_a_total_beside_the_count_of_a_day_is_held_against_the_other_s_count(pair: Pair) -> None:
    own, more = pair({"killed": 15}, {"killed": 4})
    total_too = replace(more, counts=frozenset({4, 19}))
    assert total(harm(own, total_too)) > 0 > total(harm(own, more))
    assert total(harm(own, replace(more, counts=frozenset({4, 90})))) < 0


def test_a_part_that_rose_with_all_of_the_dead_is_no_other_number(pair: Pair) -> None:
    for women, against in ((5, False), (2, True)):
        found = harm(*pair({"killed": 7, "women": 4}, {"killed": 8, "women": women}))
        assert ((-0.2, "another number of women") in found) == against


def test_injured_are_counted_so_differently_that_they_decide_little(pair: Pair) -> None:
    one, other = pair({"injured": 2}, {"injured": 90})
    assert -1.0 < total(harm(one, other)) < 0


# --- by whom, on what, in what words


def test_sources_that_blame_differently_can_tell_of_one_event(pair: Pair) -> None:
    facts = {"day": DAY, "killed": 14, "site": "hospital"}
    one, other = pair({**facts, "actors": ("Northern coalition",)}, {**facts, "actors": ("River Brigades",)})
    assert judge(one, other).verdict == "same"


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        ("raid", "air strike", 0),
        ("air strike", "shelling", -0.4),
        ("shooting", "air strike", -1.2),
        ("attack", "raid", 0),
    ],
)
def test_kinds_of_attack_that_a_reporter_may_mistake_weigh_less(
    pair: Pair, one: str, other: str, points: float
) -> None:
    told = judge(*pair({"event": one, "actors": ()}, {"event": other, "actors": ()})).reasons
    against = [float(reason.split()[0]) for reason in told if "kind of attack" in reason]
    assert sum(against) == pytest.approx(points)


def test_another_family_is_another_home(pair: Pair) -> None:
    leads = [
        "A missile hit the Mithal family home.",
        "The house of Omar al-Namudhaj was hit.",
        "The al-Methal household died.",
    ]
    facts = {"day": DAY, "killed": 4, "site": "home"}
    first, second = pair({**facts, "lead": leads[0]}, {**facts, "lead": leads[1]})
    assert judge(first, second).verdict != "same"
    first, second = pair({**facts, "lead": leads[0]}, {**facts, "lead": leads[2]})
    assert judge(first, second).verdict == "same"
    assert families("Two families left their homes; a family of six stayed.") == frozenset()
    assert families("A home of brick in Mithal burned") == frozenset()


def test_names_are_words_with_capitals_that_open_no_sentence() -> None:
    assert proper_names("Shells fell on Tell Mithal. They said so. Residents of al-Namudhaj fled") == [
        "tell",
        "mithal",
        "al-namudhaj",
    ]


# --- together


def test_the_same_village_toll_and_site_two_days_apart_stay_two(tell: Tell) -> None:
    facts = {"killed": 23, "injured": 10, "site": "market"}
    assert len(list(group([tell("a", day=DAY, **facts), tell("b", day="2031-05-08", **facts)]))) == 2


def test_the_same_small_toll_on_the_next_day_is_left_to_a_person(tell: Tell) -> None:
    links: list[Link] = []
    leads = ("Shells burned the stalls of Tell Example.", "Rescuers counted them beside a truck of melons.")
    days = (DAY, "2031-05-07")
    told = [tell(lead[:2], day=day, killed=5, site="market", lead=lead) for day, lead in zip(days, leads, strict=True)]
    assert len(list(group(told, links=links))) == 2
    assert [link.comparison.verdict for link in links] == ["unsure"]
    assert links[0].comparison.reasons[-1] == "each names another day"


def test_a_month_does_not_tie_two_days_of_it_together(tell: Tell) -> None:
    facts = {"killed": 23, "site": "market"}
    first, second = tell("a", day=DAY, **facts), tell("b", day="2031-05-08", **facts)
    vague = tell("c", day=("2031-05-01", "2031-05-31"), **facts)
    assert len(list(group([first, second, vague]))) == 3
    assert len(list(group([first, vague]))) == 1


def test_without_a_place_an_account_still_meets_its_event(tell: Tell) -> None:
    lead = "The clinic that the Mithal Fund supports was hit, and the Barqan bridge with it."
    facts = {"day": DAY, "killed": 9, "injured": 21, "site": "hospital"}
    placed = tell("a", lead=lead, **facts)
    nowhere = tell("b", lead=f"A nurse said that {lead}", place="", at=None, **facts)
    crowd = [tell(f"c{n}", day=DAY, killed=n, at=(41.0 + n / 5, 34.0)) for n in range(3)]
    assert [len(one.accounts) for one in group([placed, nowhere, *crowd])] == [2, 1, 1, 1]


def test_a_year_later_the_same_day_is_known_again(tell: Tell) -> None:
    facts = {"day": DAY, "killed": 16, "site": "market"}
    recalled = tell("b", role="background", published="2032-05-06", **facts)
    assert len(list(group([tell("a", published="2031-05-07", **facts), recalled]))) == 1


def test_many_small_findings_join_what_one_of_them_would_not(tell: Tell) -> None:
    crowd = [tell(f"c{n}", day=DAY, killed=n, at=(41.0 + n / 5, 34.0), site="vehicle") for n in range(1, 9)]
    facts = {"day": DAY, "precision": Precision.TOWN, "event": "drone strike", "actors": ()}
    seen = {"killed": 2, "injured": 6, "women": 1, "site": "vehicle"}
    one = sketch(tell("a", lead="It burned out on the bridge, onlookers recalled.", **seen, **facts), 0)
    for told, verdict in (
        (seen, "same"),
        ({"killed": 2}, "unsure"),
        ({**seen, "injured": 1, "site": "market"}, "unsure"),
    ):
        other = sketch(tell("b", lead="Two riders never reached work.", **told, **facts), 1)
        around = Surroundings([one, other, *(sketch(it, 9) for it in crowd)])
        assert compare(one, other, around).verdict == verdict, compare(one, other, around)


def test_a_toll_that_rises_or_is_far_from_this_one_is_no_rival(tell: Tell) -> None:
    def rivalry(*told: tuple[str, int]) -> float:
        sketches = [sketch(tell(name, day=DAY, killed=n, start=99 * n), n) for name, n in told]
        return Surroundings(sketches).rivalry(sketches[0], sketches[1])

    assert rivalry(("a", 8), ("b", 9), ("c", 11)) == 0
    assert rivalry(("a", 9), ("b", 9), ("c", 1), ("d", 40)) == 0
    assert rivalry(("a", 9), ("b", 9), ("c", 6), ("d", 13)) > 0
    # One article that tells of two with such tolls has seen them apart.
    assert rivalry(("a", 8), ("b", 9), ("b", 11)) > 0
    assert rivalry(("a", 8), ("b", 9), ("b", 1)) == 0


def test_what_speaks_against_in_many_ways_is_left_to_a_person(tell: Tell) -> None:
    facts = {"day": DAY, "killed": 4, "injured": 12}
    one = tell("a", site="home", event="air strike", actors=("the River Brigades",), lead="Planes came.", **facts)
    other = tell("b", site="vehicle", event="shelling", actors=("Guards of the North",), lead="A van burned.", **facts)
    found = judge(sketch(one, 0), sketch(other, 1))
    assert found.verdict == "unsure"
    assert found.reasons[-1].startswith("some agrees, but not: other doers, another kind of attack, ")


def test_names_that_differ_say_little_where_little_was_read(tell: Tell) -> None:
    leads = ("Shells fell, said Abbas Mithal and Karam Barqan.", "A van burned, said Dunya Namudhaj and Rima Thaluth.")
    pair = [sketch(tell(lead[:3], lead=lead), n) for n, lead in enumerate(leads)]
    few, many = (
        Surroundings([*pair, *(sketch(tell(f"c{n}", killed=n), n + 2) for n in range(more))]) for more in (3, 400)
    )
    lost = [
        {why: value for value, why in text(pair[0], pair[1], around)}.get("no name in common", 0.0)
        for around in (few, many)
    ]
    assert lost[1] < -0.15
    assert lost[0] > -0.05


@pytest.mark.parametrize(("killed", "verdict"), [(4, "unsure"), (8, "same")])
def test_a_town_needs_more_than_a_village_where_nothing_else_agrees(tell: Tell, killed: int, verdict: str) -> None:
    facts = {"day": DAY, "killed": killed, "precision": Precision.TOWN, "actors": ("the River Brigades",)}
    one = sketch(tell("a", lead="Rockets came.", op=">=", **facts), 0)
    other = sketch(tell("b", lead="It burned.", **{**facts, "killed": killed + 1}), 1)
    crowd = [sketch(tell(f"c{n}", at=(41.0, 35.0), killed=n), n + 2) for n in range(3)]
    assert compare(one, other, Surroundings([one, other, *crowd])).verdict == verdict
