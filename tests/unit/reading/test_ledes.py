"""Stories of news agencies: a lede that sums up, then one event after another, each with the day that is its own."""

from __future__ import annotations

import pytest

from mapper.model import Account, Article, Reading, Toponym
from mapper.reading.reader import RuleReader

PUBLISHED = "2021-05-12"  # a Wednesday
PLACES = {
    "Alphaville": "city",
    "Betaville": "city",
    "Gammatown": "city",
    "Deltaford": "city",
    "Exampleland": "country",
    "Northern Province": "region",
}


def read(text: str) -> Reading:
    found = [
        Toponym(start=at, end=at + len(name), text=name, kind=kind)
        for name, kind in PLACES.items()
        for at in range(len(text))
        if text.startswith(name, at)
    ]
    found.sort(key=lambda t: t.start)
    return RuleReader().read(Article(id="a", file="a.txt", sha256="", text=text, published=PUBLISHED), found)


def told(account: Account) -> tuple[str, str, int | None]:
    place = account.place
    name = (place.name or (place.anchors or ("",))[0]) if place else ""
    tolls = (c for c in account.claims if c.kind == "toll" and c.detail["group"] == "killed")
    killed = (c.value for c in tolls if not c.detail.get("of"))
    return name, account.date.edtf if account.date else "", next((v for v in killed if isinstance(v, int)), None)


def primary(text: str) -> list[tuple[str, str, int | None]]:
    return [told(a) for a in read(text).accounts if a.role == "primary"]


def test_what_a_lede_sums_up_in_a_country_dates_what_is_told_one_by_one() -> None:
    text = """Bombs kill at least 20 in Exampleland

CAPITAL, May 12 (Wire) - A series of car bombs and shootings killed at least 20 people across Exampleland on Tuesday.

In the deadliest attack, a van blew up beside a bakery in Alphaville, killing nine people and wounding 31.

Gunmen broke into a house in Betaville and shot dead four people, police said.

Separately, a roadside bomb in Gammatown killed six farmers. Troops had closed the road there on Monday."""
    assert primary(text) == [
        ("Alphaville", "2021-05-11", 9),
        ("Betaville", "2021-05-11", 4),
        ("Gammatown", "2021-05-11", 6),
    ]
    assert {(s.kind, s.value) for s in read(text).set_aside if s.value == 20} == {("subtotal", 20)}


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("in several regions over the past day, officials said on Wednesday", "2021-05-11/2021-05-12"),
        ("across Exampleland since early Wednesday, officials said", "2021-05-12"),
    ],
)
def test_a_lede_over_the_past_day_dates_what_it_sums_up(when: str, day: str) -> None:
    text = f"""Attacks killed nine people {when}.

Six people were killed by shells in Alphaville, a medic said.

Three others lost their lives in a strike on a car in Betaville."""
    assert primary(text) == [("Alphaville", day, 6), ("Betaville", day, 3)]


def test_an_event_that_was_taken_for_its_lede_is_told_all_the_same() -> None:
    text = """Shelling, air raids kill 17 in Exampleland

CAPITAL, May 12 (Wire) - Air raids and artillery fire killed 17 civilians in Exampleland on Tuesday, rescuers said.

Nine of them died when planes bombed a queue in Alphaville, a medic said.

A further five civilians, among them two sisters, were killed by shelling in Betaville.

In Gammatown, a missile killed three members of a family as they slept."""
    assert primary(text) == [
        ("Alphaville", "2021-05-11", 9),
        ("Betaville", "2021-05-11", 5),
        ("Gammatown", "2021-05-11", 3),
    ]


@pytest.mark.parametrize("dash", ["-", "--", "\u2014"])
def test_a_dateline_dates_no_event(dash: str) -> None:
    text = f"CAPITAL, May 12 (Wire) {dash} Two strikes on Alphaville killed four people on Monday, a medic said."
    assert primary(text) == [("Alphaville", "2021-05-10", 4)]


def test_a_headline_that_its_lede_calls_a_sum_is_none_of_the_events() -> None:
    text = """Gunmen kill 17 in Northern Province

CAPITAL, May 12 (Wire) - Gunmen killed 17 people in two attacks in Northern Province over the weekend, officials said.

On Saturday night, raiders stormed Alphaville, where 11 bodies were recovered.

On Sunday, six people were shot dead at a wedding in Betaville."""
    assert primary(text) == [("Alphaville", "2021-05-08", 11), ("Betaville", "2021-05-09", 6)]


@pytest.mark.parametrize("on", ["on the market of Alphaville", "against Alphaville"])
def test_two_strikes_on_one_place_are_one_event(on: str) -> None:
    assert primary(f"At least 12 people were killed in two strikes {on} on Monday.") == [
        ("Alphaville", "2021-05-10", 12)
    ]


def test_a_headline_on_two_kinds_of_acts_sums_up_both() -> None:
    text = """Air strike, shelling kill 15 in Alphaville

An air strike hit a minibus in Alphaville late Monday, killing at least 9 people, medics said. It happened at a bridge.

Hours earlier, a shell landed on a house in Betaville, killing six members of one family."""
    assert primary(text) == [("Alphaville", "2021-05-10", 9), ("Betaville", "2021-05-09/2021-05-10", 6)]


def test_the_worst_of_several_attacks_is_no_sum_of_them() -> None:
    text = """CAPITAL, May 12 (Wire) - Bombardment killed 14 civilians in Exampleland on Tuesday, a monitor said.

The heaviest toll was in Alphaville, where planes hit a market. Eight people were killed there.

In Betaville, four women and two boys were killed when a house was shelled."""
    assert primary(text) == [("Alphaville", "2021-05-11", 8), ("Betaville", "2021-05-11", 6)]


def test_a_day_in_the_week_of_a_lede_is_its_event_s_and_what_came_hours_before_counts_from_it() -> None:
    text = """The number of people killed in a strike on a mill in Alphaville this week has risen to 14, medics said.

The dead from Monday's strike on Alphaville include five children.

It came hours after a bomb destroyed a home in Betaville and killed six people.

On Tuesday the bombing moved south. Six people, all of one family, were killed in Gammatown when a rocket hit a barn."""
    assert primary(text) == [
        ("Alphaville", "2021-05-10", 14),
        ("Betaville", "2021-05-09/2021-05-10", 6),
        ("Gammatown", "2021-05-11", 6),
    ]


def test_the_shelling_of_another_town_is_another_shelling() -> None:
    text = """On Tuesday, artillery fire in Alphaville killed one person and wounded three.

Two people died in the shelling of Betaville, across the river."""
    assert [place for place, _, _ in primary(text)] == ["Alphaville", "Betaville"]


def test_the_worst_attack_since_a_day_is_one_attack() -> None:
    text = """On Monday, a strike killed three people in Alphaville.

In April, air strikes on a market in Betaville killed 39 people, in one of the deadliest attacks since the war began."""
    assert ("Betaville", "2021-04", 39) in [told(a) for a in read(text).accounts]


FIRST = "On Monday, a strike on a mill killed five people in Alphaville. "


@pytest.mark.parametrize(
    "aside",
    [
        "The rebels fired a missile at the city of Betaville on Tuesday. It was intercepted and no one was hurt.",
        "The army said it had struck 40 targets and killed 30 militants in Betaville.",
        "It came ten days after an ambush near Betaville in which five soldiers were killed.",
        "The war began when gunmen stormed Betaville on March 7, killing some 1,200 people.",
    ],
)
def test_what_harms_no_civilian_beside_an_event_is_none(aside: str) -> None:
    assert primary(FIRST + aside) == [("Alphaville", "2021-05-10", 5)]


@pytest.mark.parametrize(
    ("text", "of", "value"),
    [
        ("Seven people were killed and 14 wounded; three of the dead were women waiting for a nurse.", "women", 3),
        ("Seven people died, a medic said. Rescuers told a reporter that two of them were girls.", "children", 2),
        ("Seven people died. A spokesman said they included a pregnant woman.", "women", 1),
        ("Four people died when a rocket hit a shop. All of the victims were women.", "women", 4),
        ("Three teachers, all of them women, were killed.", "women", 3),
    ],
)
def test_who_the_dead_were_is_counted(text: str, of: str, value: int) -> None:
    (account,) = read("On Monday a strike hit a clinic in Alphaville. " + text).accounts
    parts = [c for c in account.claims if c.kind == "toll" and c.detail.get("of") == of]
    assert [(c.detail["group"], c.value) for c in parts] == [("killed", value)]


def test_what_a_force_admits_in_all_is_no_count_of_the_one_event_told() -> None:
    (account,) = read(FIRST + "\n\nThe army has so far accepted that it killed over 700.").accounts
    assert [c.value for c in account.claims if c.kind == "toll"] == [5]


def test_a_list_between_dashes_spells_out_whom_it_counts() -> None:
    text = "On Monday, bombs killed three civilians -- a man, his wife and their son -- in the town of Alphaville."
    assert primary(text) == [("Alphaville", "2021-05-10", 3)]


def test_those_taken_to_a_hospital_are_injured() -> None:
    (account,) = read(FIRST + "Another 17 were taken to a hospital in Betaville, a doctor said.").accounts
    assert [c.value for c in account.claims if c.kind == "toll" and c.detail["group"] == "injured"] == [17]
