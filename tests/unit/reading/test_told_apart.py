"""What is one event and what another: earlier blows at one place, items and hours of lists, sums of days."""

from __future__ import annotations

import pytest

from tests.unit.reading.test_ledes import primary, read


def test_what_a_place_suffered_before_is_an_event_of_its_own_day() -> None:
    text = (
        """A woman was killed on Monday when jets bombed Alphaville, where a gas attack killed 87 people on Thursday."""
    )
    assert primary(text) == [("Alphaville", "2021-05-10", 1), ("Alphaville", "2021-05-06", 87)]


def test_elsewhere_in_a_province_is_not_where_the_first_event_was() -> None:
    text = """More than 20 people died when aircraft hit a wedding in Alphaville, in Northern Province, on Sunday.

Also on Sunday, a family of five died in an air strike elsewhere in Northern Province."""
    assert [killed for _, _, killed in primary(text)] == [20, 5]


def test_a_claim_that_a_report_cannot_verify_is_set_aside() -> None:
    text = """On Monday a car bomb in Alphaville killed ten people and injured 22.

The office cannot verify claims that 65 prisoners were executed in Betaville in April."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 10)]
    assert {(s.kind, s.reason) for s in read(text).set_aside if s.value == 65} == {
        ("other", "a claim that the report could not verify")
    }


def test_a_lede_on_hospitals_and_schools_sums_up() -> None:
    text = """Nearly 50 die as missiles hit hospitals and schools

Almost 50 people were killed on Monday when missiles hit five clinics and two schools, the mission said.

In Alphaville, 30 people were killed when missiles struck a clinic. In Betaville, 14 died in a school."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 30), ("Betaville", 14)]


def test_a_day_that_opens_what_a_ministry_said_is_no_event_s() -> None:
    text = (
        "A bomb burned a street in Alphaville on Saturday night. On Monday the ministry said that 65 people had died."
    )
    assert [when for _, when, _ in primary(text)] == ["2021-05-08"]


def test_a_town_pointed_at_in_the_sentence_before_is_where() -> None:
    text = """A blast killed 39 people in Alphaville on Sunday.

It was the second blow to the town within a month. On 18 April a rocket fell on the bus park, killing six."""
    places = [a.place_as_written for a in read(text).accounts]
    assert places == ["Alphaville", "the town (Alphaville)"]


def test_items_that_open_with_a_day_and_a_place_are_events() -> None:
    text = """Reports that were found credible:

1. May 5, 2021, near Alphaville, Exampleland. In a strike on a depot four people were killed.

2. May 5, 2021, near Betaville, Exampleland. In a strike on a convoy four people were killed and one was hurt.

Over the same period 12 soldiers died."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 4), ("Betaville", 4)]
    assert [s.kind for s in read(text).set_aside if s.value == 12] == ["period"]


def test_two_hours_under_one_place_are_two_events() -> None:
    text = """The region on 11 May

Alphaville. Two strikes.
\u25aa 07:10, a bomb on a tram: 3 dead, 8 injured.
\u25aa 21:50, rockets on a row of garages: 3 dead, 5 injured.

Betaville. One man killed by a drone."""
    assert [killed for _, _, killed in primary(text)] == [3, 3, 1]


def test_two_families_of_one_size_are_two() -> None:
    text = """Two houses were hit in one night, ten kilometres apart, medics said.

A shell killed a farmer, his wife and their five children in Alphaville on Monday evening.

At dawn on Tuesday a baker, his wife and their five children were killed in Betaville in the same way."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 7), ("Betaville", 7)]


THREE = (
    "On Monday a house in Alphaville was hit, killing 30; at 17:45 a mill in Betaville, where nine died; and, "
    "on Tuesday, a house in Gammatown, with seven people killed."
)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "On Monday 10 May seven people were killed in Alphaville, and on Saturday a rocket killed four in a yard.",
            [("Alphaville", "2021-05-10", 7), ("Alphaville", "2021-05-08", 4)],
        ),
        (
            THREE,
            [("Alphaville", "2021-05-10", 30), ("Betaville", "2021-05-10", 9), ("Gammatown", "2021-05-11", 7)],
        ),
    ],
)
def test_each_part_of_a_sentence_has_its_day(text: str, events: list[tuple[str, str, int]]) -> None:
    assert primary(text) == events


def test_small_counts_that_happen_to_add_up_make_no_sum_of_one_town() -> None:
    text = """Summary of 11 May

Over the past day nobody slept.

Two people were killed in Alphaville.

One person was killed in Betaville.

One person was killed in Gammatown."""
    assert [(name, killed) for name, _, killed in primary(text)] == [
        ("Alphaville", 2),
        ("Betaville", 1),
        ("Gammatown", 1),
    ]


def test_who_was_killed_there_was_killed_in_the_place_just_named() -> None:
    text = """Gunmen opened fire at churches in two cities of Northern Province on Monday, killing 19 people.

In Alphaville, the men set a church on fire. A guard was also killed there."""
    assert ("Alphaville", "2021-05-10", 1) in primary(text)


def test_a_lede_that_is_nearer_than_its_headline_says_where() -> None:
    text = """Suicide bombing kills 14 in Alphaville

A suicide bomber killed 14 people on Monday near Betaville, north-east of Alphaville, police said."""
    assert [name for name, _, _ in primary(text)] == ["Betaville"]


@pytest.mark.parametrize(
    "text",
    [
        "A truce holds after two days that left 27 people dead.",
        "A truce took hold in Alphaville on Monday after a week in which 23 people were killed.",
    ],
)
def test_what_days_brought_is_no_one_event(text: str) -> None:
    assert not primary(text)
    assert {s.kind for s in read(text).set_aside if s.value in {23, 27}} == {"period"}


def test_each_of_three_places_under_one_verb_has_its_dead() -> None:
    text = "On Monday strikes killed five in Alphaville, three in Betaville and a mother and daughter in Gammatown."
    assert [(name, killed) for name, _, killed in primary(text)] == [
        ("Alphaville", 5),
        ("Betaville", 3),
        ("Gammatown", 2),
    ]


def test_each_day_and_town_of_a_paragraph_is_an_event() -> None:
    text = """On Monday bombs on a mill in Alphaville killed 15 people, and a bus in Betaville was hit, killing nine.

On Tuesday the jets came back to Alphaville. Six died."""
    assert primary(text) == [
        ("Alphaville", "2021-05-10", 15),
        ("Betaville", "2021-05-10", 9),
        ("Alphaville", "2021-05-11", 6),
    ]


def test_a_lede_over_a_weekend_sums_up() -> None:
    text = """More than 50 people were killed in Alphaville and around it over the weekend, monitors reported.

On Saturday shells killed 15 people in Betaville. On Sunday a bomb killed nine in Gammatown."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Betaville", 15), ("Gammatown", 9)]


def test_the_town_of_the_lede_is_where_a_headline_names_none() -> None:
    text = """Bombers kill 137 at mosques in Exampleland

ALPHAVILLE - Bombers hit two mosques in Alphaville on Monday, killing 137 people."""
    assert [name for name, _, _ in primary(text)] == ["Alphaville"]
