"""Chronologies, scenes and stretches: what several sentences, or a line above them, tell of one event."""

from __future__ import annotations

import pytest

from mapper.model import Account, Article, Reading, Toponym
from mapper.reading.reader import RuleReader

PUBLISHED = "2020-01-16"  # a Thursday


def read(text: str, *names: str, published: str = PUBLISHED) -> Reading:
    found = sorted(
        (
            Toponym(start=at, end=at + len(name), text=name, kind="city")
            for name in names
            for at in range(len(text))
            if text.startswith(name, at)
        ),
        key=lambda t: t.start,
    )
    return RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=published), found)


def told(account: Account, group: str = "killed") -> tuple[str, str, int | None]:
    place = account.place
    name = (place.name or (place.anchors or ("",))[0]) if place else ""
    tolls = (
        c.value for c in account.claims if c.kind == "toll" and c.detail["group"] == group and c.detail["of"] is None
    )
    return name, account.date.edtf if account.date else "", next((v for v in tolls if isinstance(v, int)), None)


CHRONOLOGY = """Four Days on the Coast

Sunday, 5 January 2020

At dawn a drone fires a missile at a lorry in Betaville. Three dockers are killed.

Monday, 6 January

Shells hit a farm near Gammatown: a shepherd and his brother die. In Deltaford, a rocket wounds six people.

Thursday, 9 January

Two of those wounded in Deltaford on Monday die in hospital."""


@pytest.mark.parametrize("published", [PUBLISHED, ""])
def test_a_day_on_a_line_of_its_own_dates_what_stands_under_it(published: str) -> None:
    reading = read(CHRONOLOGY, "Betaville", "Gammatown", "Deltaford", published=published)
    assert [told(a)[:2] for a in reading.accounts] == [
        ("Betaville", "2020-01-05"),
        ("Gammatown", "2020-01-06"),
        ("Deltaford", "2020-01-06"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jets bomb a house in Betaville on Sunday. Five people are pulled dead from the rubble.",
            ("Betaville", "2020-01-12", 5),
        ),
        (
            (
                "On Sunday they fired mortar rounds at Betaville, a town on the bank. "
                "A nurse and a boy were killed, a medic in the town told us."
            ),
            ("Betaville", "2020-01-12", 2),
        ),
        (
            "On 3 January a girl walked into a wake at Betaville with a belt of explosives. Nine mourners were killed.",
            ("Betaville", "2020-01-03", 9),
        ),
        (
            "On 3 January men on horses raided Betaville. The clinic in Gammatown says 20 people were shot dead.",
            ("Betaville", "2020-01-03", 20),
        ),
    ],
)
def test_the_scene_before_a_toll_gives_it_place_and_day(text: str, expected: tuple[str, str, int]) -> None:
    (account,) = read(text, "Betaville", "Gammatown").accounts
    assert told(account) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Air strikes killed at least 21 people over two days in Betaville, a monitor said.", "period"),
        ("More than 40 civilians dead in a week in Betaville.", "period"),
        ("Shelling in Betaville has killed 90 people since the siege of it began on 3 January.", "cumulative"),
        ("Between the mornings of 6 and 9 January, 221 people were killed in the north.", "period"),
    ],
)
def test_a_toll_over_a_stretch_of_time_is_no_incident(text: str, kind: str) -> None:
    reading = read(text, "Betaville")
    assert not reading.accounts
    assert [s.kind for s in reading.set_aside if s.rule.startswith("total")] == [kind]


def test_the_deadliest_of_several_is_one_of_them() -> None:
    text = (
        "Air strikes killed at least 21 people over two days in Betaville and Gammatown, as rebels pressed an "
        "offensive.\n\n"
        "The deadliest raid came on Sunday, when aircraft hit a row of houses in Betaville. "
        "Seventeen people were killed.\n\n"
        "On Monday, a second strike hit a farm in Gammatown and four people were killed."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-12", 17), ("Gammatown", "2020-01-13", 4)]


def test_a_heading_reaches_no_further_than_the_next_one() -> None:
    text = (
        "Betaville\n\nOn 3 January two men were shot dead in the Oldbridge neighbourhood.\n\n"
        "Gammatown and Deltaford\n\nOn 4 January a mine killed six in the Newgate neighbourhood."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford")
    containers = [a.place.containers for a in reading.accounts if a.place]
    assert containers == [("Betaville",), ()]


def test_an_earlier_shell_on_the_same_place_is_another_event() -> None:
    text = (
        "The singer had just begun on Tuesday evening when a shell came over the ridge and struck the wall.\n\n"
        "Six guests died in Betaville, four of them children.\n\n"
        "It is not the first time. On 2 January three women were killed by a shell in Betaville."
    )
    reading = read(text, "Betaville")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-14", 6), ("Betaville", "2020-01-02", 3)]


def test_what_comes_next_is_counted_from_the_event_and_not_from_a_look_back() -> None:
    text = (
        "On 12 January jets flattened a house in Betaville and killed 17 people. "
        "Betaville had been bombed in October, when at least six people died.\n\n"
        "The next day a shell hit a farm in Gammatown. Four relatives are dead."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [(told(a), a.role) for a in reading.accounts] == [
        (("Betaville", "2020-01-12", 17), "primary"),
        (("Betaville", "2019-10", 6), "background"),
        (("Gammatown", "2020-01-13", 4), "primary"),
    ]


def test_where_nobody_was_harmed_and_nothing_was_done_is_no_incident() -> None:
    text = (
        "On 3 January a mine killed four women in Betaville.\n\n"
        "In Gammatown a convoy was turned back on 8 January without casualties."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [told(a)[0] for a in reading.accounts] == ["Betaville"]
    assert {s.kind for s in reading.set_aside if s.rule == "total-no-act"} == {"no-act"}


def test_an_old_event_under_a_heading_of_its_own_is_no_background() -> None:
    text = (
        "Findings\n\nEpisode One\n\nOn 9 March 2017 a bomb killed 26 people in Betaville.\n\n"
        "Episode Two\n\nOn 16 January 2016 a lorry packed with explosives was driven into a checkpoint at Gammatown. "
        "Nine people were killed. In May 2014 gunmen had killed six people in Gammatown."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [(told(a), a.role) for a in reading.accounts] == [
        (("Betaville", "2017-03-09", 26), "primary"),
        (("Gammatown", "2016-01-16", 9), "primary"),
        (("Gammatown", "2014-05", 6), "background"),
    ]


def test_an_earlier_event_behind_a_semicolon_has_its_own_time() -> None:
    text = (
        "On 13 January a lorry drove over a mine near Betaville and four women were killed. "
        "This is the third such blast on the track; in an earlier one, in December, a farmer was killed in Betaville."
    )
    reading = read(text, "Betaville")
    assert [told(a)[1:] for a in reading.accounts] == [("2020-01-13", 4), ("2019-12", 1)]


def test_somebody_who_went_to_a_town_and_shot_did_it_there() -> None:
    (account,) = read(
        "On Sunday somebody went to Betaville and shot four herders dead, and a group in Gammatown mourned.",
        "Betaville",
        "Gammatown",
    ).accounts
    assert told(account) == ("Betaville", "2020-01-12", 4)


def test_there_and_the_same_place_point_at_the_place_before() -> None:
    text = (
        "On 12 January jets hit a house in Betaville and killed 17 people.\n\n"
        "Betaville has been struck before. In September a raid on a bakery there killed at least six people."
    )
    reading = read(text, "Betaville")
    assert [(told(a), a.place_as_written) for a in reading.accounts] == [
        (("Betaville", "2020-01-12", 17), "Betaville"),
        (("Betaville", "2019-09", 6), "there (Betaville)"),
    ]


def test_an_outlet_is_no_place_wherever_it_is_named() -> None:
    text = "The Betaville news agency was told.\n\nA shell killed two people on Sunday. Betaville has seen the list."
    (account,) = read(text, "Betaville").accounts
    assert account.place is None


ASIDES = """In January the monitor recorded 148 deaths, against 121 in December. The north accounts for 97 of them.

The army says it fights some 20,000 rebels. More than four-fifths of the deaths are its work.

Only 11 of 36 clinics are open. Some 400 patients remain in one. She is 58. An officer, now 49, has the names of
251 farmers."""


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        ("121", "period"),
        ("97 of them", "period"),
        ("some 20,000 rebels", "force-size"),
        ("four-fifths", "ratio"),
        ("11 of 36", "ratio"),
        ("Some 400 patients", "exposed"),
        ("58", "age"),
        ("49", "age"),
        ("251 farmers", "exposed"),
    ],
)
def test_every_number_that_is_left_out_says_what_it_counts(quote: str, kind: str) -> None:
    assert [s.kind for s in read(ASIDES).set_aside if s.quote == quote] == [kind]


def test_the_dead_are_made_up_of_those_in_the_next_sentence() -> None:
    text = "On 3 January a bomb killed 26 people in Betaville. They comprised seven women, 14 children and five men."
    (account,) = read(text, "Betaville").accounts
    tolls = [(c.detail["of"], c.value) for c in account.claims if c.kind == "toll"]
    assert tolls == [(None, 26), ("women", 7), ("children", 14), ("men", 5)]


def test_two_days_on_one_place_are_two_events_though_as_many_died() -> None:
    text = (
        "On the eleventh of January a mortar shell killed two people in Betaville. "
        "On the thirteenth of January two people were killed by a mine in Betaville."
    )
    assert [told(a) for a in read(text, "Betaville").accounts] == [
        ("Betaville", "2020-01-11", 2),
        ("Betaville", "2020-01-13", 2),
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("On 3 January a shell hit Betaville. The rebels claimed, falsely, to have killed eighty.", "calls false"),
        ("Reports of six people killed in Betaville in January are left out of the figure.", "left out of the count"),
    ],
)
def test_a_figure_that_the_report_rejects_is_no_toll(text: str, reason: str) -> None:
    reading = read(text, "Betaville")
    assert not [c for a in reading.accounts for c in a.claims if c.kind == "toll"]
    assert [s.kind for s in reading.set_aside if reason in s.reason] == ["other"]


def test_days_are_counted_from_the_event_that_is_named() -> None:
    text = (
        "On 12 January jets killed 31 people at a ferry in Betaville.\n\n"
        "On 5 January a strike on a bakery in Gammatown had killed 14 people.\n\n"
        "Two days before the ferry, helicopters bombed a market in Deltaford and killed nine."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford")
    assert [told(a) for a in reading.accounts] == [
        ("Betaville", "2020-01-12", 31),
        ("Gammatown", "2020-01-05", 14),
        ("Deltaford", "2020-01-10", 9),
    ]


def test_the_city_without_a_name_is_where_the_story_was_filed() -> None:
    text = (
        "BETAVILLE (Wire) - It was a hard week.\n\n"
        "It began on Monday, as shoppers thronged a market in the south of the city. "
        "A bomb went off and eight people were killed."
    )
    (account,) = read(text).accounts
    assert told(account) == ("BETAVILLE", "2020-01-13", 8)


def test_a_headline_in_large_letters_names_nobody() -> None:
    assert not read("Who Is Counting the Dead of the Other Side?\n\nNobody counts them, and it shows.").accounts


def test_those_who_were_harmed_did_not_do_it() -> None:
    (account,) = read(
        "A bomb in Betaville on Monday killed three members of the police and wounded five, a medic said.", "Betaville"
    ).accounts
    assert [c.value for c in account.claims if c.kind == "actor"] == []


def test_what_a_party_did_in_a_year_is_no_incident_beside_its_sum() -> None:
    text = (
        "On Monday a shell killed two people in Betaville.\n\n"
        "The army, which last year flattened half of Gammatown and killed 3,900 people in ten months, was sorry."
    )
    assert [told(a)[0] for a in read(text, "Betaville", "Gammatown").accounts] == ["Betaville"]


RUNNING = """LIVE: the third day

16:15 A second raid has been reported from Gammatown. Two rockets hit a house; a woman and her son are dead.

11:30 Warplanes have struck the centre of Betaville. Residents speak of four bodies.

08:00 On Saturday at least 33 people were killed in the area, 21 of them in Deltaford, where a queue was bombed."""


def test_each_hour_of_a_running_report_is_an_entry_of_its_day() -> None:
    reading = read(RUNNING, "Betaville", "Gammatown", "Deltaford")
    assert [told(a) for a in reading.accounts] == [
        ("Gammatown", PUBLISHED, 2),
        ("Betaville", PUBLISHED, 4),
        ("Deltaford", "2020-01-11", 21),
    ]
    assert [s.kind for s in reading.set_aside if s.value == 33] == ["subtotal"]
    assert not any(
        a.date and a.date.start for a in read(RUNNING, "Betaville", "Gammatown", "Deltaford", published="").accounts
    )


def test_the_worst_since_a_day_tells_of_that_day() -> None:
    text = (
        "Eleven farmers were shot dead in Betaville on Sunday.\n\n"
        "It was the worst killing since 14 December, when a car bomb at a market in Gammatown killed 23 people."
    )
    reading = read(text, "Betaville", "Gammatown")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-12", 11), ("Gammatown", "2019-12-14", 23)]


def test_entries_of_a_situation_report_are_told_apart_by_their_districts() -> None:
    text = (
        "NORTH\n\n- 4 January: Air strikes on a bus in Betaville district. 13 people killed, including 5 children.\n"
        "- 6 January: Shelling of Gammatown district. Medics report 2 killed; the clinic at Deltaford admitted 11.\n\n"
        "The mission counted 71 civilians killed in Epsilonia in November and December together."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford", "Epsilonia")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-04", 13), ("Gammatown", "2020-01-06", 2)]


def test_the_next_day_is_not_counted_from_a_month() -> None:
    text = "In October a shell killed six people in Betaville. The next day a mine killed two people in Gammatown."
    assert [told(a)[1] for a in read(text, "Betaville", "Gammatown").accounts] == ["2019-10", ""]


@pytest.mark.parametrize(
    ("text", "event_type"),
    [
        ("On 3 January three women were killed by a shell in Betaville.", "shelling"),
        ("On 3 January a lorry packed with explosive was driven into Betaville. Nine people were killed.", "bombing"),
        ("On 3 January a helicopter dropped barrels on Betaville. A father and son were killed.", "barrel bombing"),
        ("On 3 January a drone killed six people at a well in Betaville.", "drone strike"),
        ("On 3 January two people were killed in Betaville.", "unknown"),
    ],
)
def test_the_weapon_says_what_kind_of_event_it_was(text: str, event_type: str) -> None:
    assert [a.event_type for a in read(text, "Betaville").accounts] == [event_type]


def test_a_sentence_that_goes_on_counting_a_sum_is_no_incident() -> None:
    text = (
        "On 3 January a bomb killed five people in Betaville.\n\n"
        "The mission said that 382 people were killed and 908 injured across the country in December. "
        "Gammatown was the worst affected, with 466 casualties (208 killed and 258 injured), followed by Deltaford, "
        "with 128 killed and 444 injured."
    )
    reading = read(text, "Betaville", "Gammatown", "Deltaford")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-03", 5)]
    assert [s.value for s in reading.set_aside if s.kind == "period"] == [382, 908, 208, 258, 128, 444]


def test_a_clinic_that_took_in_the_dead_of_a_strike_nearby_places_it() -> None:
    text = (
        "On 4 January shells killed six people in the Oldbridge neighbourhood of Betaville. "
        "The same day, the clinic in Gammatown took in nine bodies after an air strike on a street nearby."
    )
    assert [told(a) for a in read(text, "Betaville", "Gammatown").accounts] == [
        ("Oldbridge", "2020-01-04", 6),
        ("Gammatown", "2020-01-04", 9),
    ]


def test_a_lone_event_takes_in_no_toll_many_times_its_own() -> None:
    text = (
        "An air strike on Sunday killed 23 people in Betaville.\n\n"
        "The air force has in the end accepted that it killed over 800."
    )
    reading = read(text, "Betaville")
    assert [told(a) for a in reading.accounts] == [("Betaville", "2020-01-12", 23)]
    assert [s.kind for s in reading.set_aside if s.value == 800] == ["cumulative"]
