"""Several events in one breath: two places under one verb, a day after another, a second under one heading."""

from __future__ import annotations

import pytest

from tests.unit.reading.test_ledes import primary, read


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "Snipers killed a clerk in Alphaville on Monday and two drivers in Betaville.",
            [("Alphaville", "2021-05-10", 1), ("Betaville", "2021-05-10", 2)],
        ),
        (
            "Assassins killed a clerk in Alphaville on Monday, and two drivers in Betaville a day later.",
            [("Alphaville", "2021-05-10", 1), ("Betaville", "2021-05-11", 2)],
        ),
        (
            "Three people were killed in Alphaville on Monday, and a beekeeper near Betaville.",
            [("Alphaville", "2021-05-10", 3), ("Betaville", "2021-05-10", 1)],
        ),
        (
            "Shells killed three people in Alphaville on Monday, a resident of Betaville said.",
            [("Alphaville", "2021-05-10", 3)],
        ),
        (
            "A shell killed a clerk in Alphaville on Monday and two drivers beside him.",
            [("Alphaville", "2021-05-10", 3)],
        ),
    ],
)
def test_people_at_two_places_are_of_two_events(text: str, events: list[tuple[str, str, int]]) -> None:
    assert primary(text) == events


@pytest.mark.parametrize(
    ("words", "day"), [("a day after", "2021-05-09"), ("two days after", "2021-05-08"), ("years after", "")]
)
def test_what_came_days_before_is_an_event_of_its_day(words: str, day: str) -> None:
    text = f"A drone killed four in Alphaville on Monday and wounded six, {words} a strike in Betaville left 20 dead."
    assert primary(text)[0] == ("Alphaville", "2021-05-10", 4)
    if day:
        assert primary(text)[1:] == [("Betaville", day, 20)]


def test_who_was_wounded_by_the_same_act_is_told_with_those_whom_it_killed() -> None:
    text = "In Alphaville, mortar fire killed four on Monday and hurt 12, while a mine killed two people in Betaville."
    (one, two) = read(text).accounts
    injured = [[c.value for c in a.claims if c.kind == "toll" and c.detail["group"] == "injured"] for a in (one, two)]
    assert injured == [[12], []]


def test_the_same_day_elsewhere_is_no_sign_of_one_event() -> None:
    text = """Two people were killed in Alphaville on Monday when rockets fell on a bakery.

Five people died in Betaville on Monday when shells hit a row of houses."""
    assert primary(text) == [("Alphaville", "2021-05-10", 2), ("Betaville", "2021-05-10", 5)]


def test_a_separate_incident_is_told_for_its_own_sake() -> None:
    text = """Aircraft bombed a house in Alphaville on Monday, killing ten people.

In a separate incident, three people were killed in a strike on a car in Betaville."""
    assert primary(text) == [("Alphaville", "2021-05-10", 10), ("Betaville", "2021-05-10", 3)]


def test_what_the_sentence_before_told_of_is_counted_with_it() -> None:
    text = """Aircraft bombed a house in Alphaville on Thursday, killing ten people.

Two days earlier, a clinic in Betaville was shelled. Three people died there, the mayor said."""
    assert primary(text) == [("Alphaville", "2021-05-06", 10), ("Betaville", "2021-05-04", 3)]


def test_a_bomb_at_a_memorial_is_another_event() -> None:
    text = """Hundreds gathered on Monday to remember the 15 people killed on 10 May 2020, when rockets hit Alphaville.

As they prayed, a motorcycle bomb went off in the town, killing one man and injuring five."""
    assert [killed for _, _, killed in primary(text)] == [15, 1]


def test_a_lede_over_two_sides_of_provinces_is_a_sum() -> None:
    text = """Jets resumed heavy bombing of southern Alphaville and northern Gammatown on Monday, killing five people.

Three people were killed in Deltaford, a medic said.

Two died in Betaville."""
    assert primary(text) == [("Deltaford", "2021-05-10", 3), ("Betaville", "2021-05-10", 2)]


def test_a_city_is_a_part_of_the_province_of_its_name() -> None:
    text = """The toll of Monday's attacks in Alphaville province rose to 98, officials said.

Bombers killed 38 at a market in Alphaville city. Gunmen killed 60 people in Betaville."""
    assert primary(text) == [("Alphaville", "2021-05-10", 38), ("Betaville", "2021-05-10", 60)]


def test_the_dead_of_a_week_are_no_one_event_s() -> None:
    text = "Of the week's 19 dead, eight were killed on Monday when mines went off in a field in Alphaville."
    assert primary(text) == [("Alphaville", "2021-05-10", 8)]
    assert [(s.kind, s.value) for s in read(text).set_aside] == [("period", 19)]


def test_lines_that_are_names_say_where() -> None:
    text = """Two days on the coast

Alphaville

The first shell fell on Monday, beside the mill. The clinic counted four bodies.

Betaville

On Tuesday a missile hit a garage. Three men were killed."""
    assert [(name, when, killed) for name, when, killed in primary(text)] == [
        ("Alphaville", "2021-05-10", 4),
        ("Betaville", "2021-05-11", 3),
    ]


@pytest.mark.parametrize(
    ("first", "heading", "second", "days"),
    [
        ("23:40", "Wednesday 12 May", "00:25", ["2021-05-11", "2021-05-12"]),
        ("00:25", "Tuesday 11 May", "23:40", ["2021-05-12", "2021-05-11"]),
    ],
)
def test_a_day_inside_a_running_report_dates_what_stands_above_too(
    first: str, heading: str, second: str, days: list[str]
) -> None:
    text = f"""Live: the coast

{first} - A strike on a house in Alphaville has killed six people.

{heading}

{second} - Shells have killed three people at a school in Betaville."""
    assert primary(text) == [("Alphaville", days[0], 6), ("Betaville", days[1], 3)]


def test_a_sentence_that_opens_with_another_place_sets_another_scene() -> None:
    text = (
        "On Monday a shell hit a house in Alphaville, killing two. In Betaville, a drone hit a mill. Five people died."
    )
    assert primary(text) == [("Alphaville", "2021-05-10", 2), ("Betaville", "2021-05-10", 5)]


def test_a_place_and_a_colon_say_where() -> None:
    text = """Two places were shelled on Monday.

Alphaville: mortars on a tea house. Six dead. Betaville: artillery on a barn. Five dead."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 6), ("Betaville", 5)]


def test_forms_under_numbered_lines_are_events_of_their_own() -> None:
    text = """Snapshot of April

Incident 1
Place: Alphaville
Date: 11 April
Dead: 6
Wounded: 15

Incident 2
Place: Betaville
Date: between 17 and 20 April
Weapon: mortar fire
Dead: at least 8
Wounded: 3"""
    assert primary(text) == [("Alphaville", "2021-04-11", 6), ("Betaville", "2021-04-17/2021-04-20", 8)]
    injured = [
        c.value for a in read(text).accounts for c in a.claims if c.kind == "toll" and c.detail["group"] == "injured"
    ]
    assert injured == [15, 3]


def test_people_who_were_shot_are_an_event_whatever_became_of_them() -> None:
    text = """A bomb killed six people in Alphaville on Saturday.

A tailor and his apprentice were shot in Betaville on Monday, outside their shop."""
    assert primary(text) == [("Alphaville", "2021-05-08", 6), ("Betaville", "2021-05-10", None)]


@pytest.mark.parametrize(
    "text",
    [
        "The army on Tuesday denied that its jets bombed a mill in Alphaville, where nine were killed on Sunday.",
        "Shells hit a mill in Alphaville on Sunday. Nine people were killed; a boy wounded by them died on Tuesday.",
        "Gunmen stormed a mill in Alphaville on Sunday. The governor had on Tuesday put the dead at nine.",
    ],
)
def test_an_event_is_not_of_the_day_on_which_it_was_spoken_of(text: str) -> None:
    assert [(name, when) for name, when, _ in primary(text)] == [("Alphaville", "2021-05-09")]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On Monday nine people were killed in cross-border strikes in Alphaville.", ""),
        ("On Monday nine people were killed in three strikes in Alphaville.", "subtotal"),
    ],
)
def test_only_a_number_of_acts_makes_a_sum(text: str, kind: str) -> None:
    assert [s.kind for s in read(text).set_aside if s.value == 9] == [kind] * bool(kind)


@pytest.mark.parametrize(
    "text",
    [
        "Five gleaners were ambushed and killed by gunmen in Alphaville on Monday.",
        "Five gleaners returning from a field were killed by gunmen in Alphaville on Monday.",
    ],
)
def test_a_noun_that_is_not_known_is_of_people_where_they_were_killed(text: str) -> None:
    assert primary(text) == [("Alphaville", "2021-05-10", 5)]


def test_what_is_told_once_more_is_no_event_of_its_own() -> None:
    text = """A drone struck a taxi in Alphaville on Monday. Three passengers were killed.

On Tuesday, in Betaville, five farm hands were killed when a second drone hit a lorry.

Three dead in Alphaville, five in Betaville: the bishop will bury them all."""
    assert primary(text) == [("Alphaville", "2021-05-10", 3), ("Betaville", "2021-05-11", 5)]


def test_a_second_event_with_as_many_dead_stays_apart() -> None:
    text = """A drone struck a taxi in Alphaville on Monday. Three passengers were killed.

In another attack in Alphaville, three people died when a mine went off."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 3), ("Alphaville", 3)]


def test_a_headline_is_no_entry_of_a_bulletin() -> None:
    text = """UPDATE 1 - Suicide attack kills 12 in Exampleland

DELTAFORD, Exampleland, May 10 - A man blew himself up at a bakery in the town of Alphaville on Monday, killing 12."""
    assert [(when, killed) for _, when, killed in primary(text)] == [("2021-05-10", 12)]


def test_a_day_of_a_form_lies_after_the_day_of_the_form_before() -> None:
    text = """Snapshot, 6 May 2021

Incident 1
Place: Alphaville
Date: 11 April
Dead: 6

Incident 2
Place: Betaville
Date: 23 April, after the evening prayer at the mosque
Dead: 8"""
    assert [when for _, when, _ in primary(text)] == ["2021-04-11", "2021-04-23"]


THREE = (
    "On Monday a house in Alphaville was hit, killing 30; at 17:45 a mill in Betaville, where nine died; and, "
    "on Tuesday, a house in Gammatown, with seven people killed."
)


def test_a_road_of_its_own_is_another_place_than_a_town() -> None:
    text = """On Monday bombs on a mill in Alphaville killed 15 people, and a bus in Betaville was hit, killing nine.

On Tuesday the jets came back to Alphaville. Six died."""
    assert primary(text) == [
        ("Alphaville", "2021-05-10", 15),
        ("Betaville", "2021-05-10", 9),
        ("Alphaville", "2021-05-11", 6),
    ]
