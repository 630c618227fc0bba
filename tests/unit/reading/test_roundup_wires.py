"""Agencies' stories and papers' round-ups: sums of two kinds of attacks, headlines, verdicts, companions."""

from __future__ import annotations

import pytest

from mapper.reading.page import open_page
from mapper.reading.tolls.casualties import read_tolls
from mapper.reading.vocabulary import vocabulary
from tests.unit.reading.test_ledes import primary, read


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("14 civilians from two families were killed when a shell hit a house.", [(14, "=")]),
        ("Seven members of three families died.", [(7, "=")]),
        ("From two to five people were killed.", [(2, "=")]),
        ("More than 40 civilians reported killed as forces near the town", [(40, ">")]),
        ("Gunmen killed a tribal elder, Exampla Khan, and his bodyguard in the market.", [(2, "=")]),
        ("Men stormed the house of a judge and killed him along with his wife and two sons.", [(4, "=")]),
        ("Men stormed the house of a judge and killed him and fled.", []),
        ("Men stormed the house of a judge and killed him.", []),
    ],
)
def test_who_is_counted(text: str, killed: list[tuple[int, str]]) -> None:
    tolls, _ = read_tolls(open_page(text, vocabulary()), 0, ())
    assert [(t.count.value, t.count.op) for t in tolls if t.group == "killed" and not t.of] == killed


def test_a_lede_over_a_country_that_lists_two_kinds_of_attacks_is_a_sum() -> None:
    text = """At least 20 people were killed in Exampleland on Tuesday in air strikes and a missile attack, medics said.

Ten of them died when an air strike hit a fuel station in Alphaville on Tuesday afternoon.

In Betaville a house was hit. Five members of one family were killed, said an official."""
    assert [(name, killed) for name, _, killed in primary(text)] == [("Alphaville", 10), ("Betaville", 5)]


def test_a_headline_that_rounds_the_sum_of_the_lede_is_no_event() -> None:
    text = """More than 40 civilians reported killed as forces near Alphaville

At least 43 civilians were reported killed in Exampleland in the first week of May in strikes by the army.

The worst came on May 4 in Alphaville. Eleven civilians were killed when aircraft struck a house.

On May 6 a strike on Betaville killed eight people."""
    assert primary(text) == [("Alphaville", "2021-05-04", 11), ("Betaville", "2021-05-06", 8)]


def test_the_story_is_more_exact_than_its_headline() -> None:
    text = """Nine killed in Alphaville blast

At least nine people were killed and 20 injured when a device exploded near a stop in Alphaville on Tuesday."""
    (account,) = read(text).accounts
    counts = {
        (c.op, bool(c.detail.get("provisional")))
        for c in account.claims
        if c.kind == "toll" and c.detail["group"] == "killed"
    }
    assert counts == {("=", True), (">=", False)}


def test_what_somebody_is_tried_for_is_no_event() -> None:
    text = """Former guard on trial

A court in Alphaville last month convicted another man of complicity in 27 murders.

The attack took place on 4 March 2014, when shells hit a market in Betaville. Eighteen people were killed."""
    assert {s.value for s in read(text).set_aside} >= {27}
    assert all(killed != 27 for _, _, killed in primary(text))


def test_the_number_that_an_act_brings_a_year_to_is_no_toll_of_it() -> None:
    text = (
        "Two shopkeepers were shot dead in Alphaville on Tuesday, "
        "taking the number of victims of targeted killings in the city this year to 140."
    )
    assert primary(text) == [("Alphaville", "2021-05-11", 2)]
    assert {(s.kind, s.value) for s in read(text).set_aside} == {("cumulative", 140)}


def test_a_day_on_which_it_happened_again_begins_another_event() -> None:
    text = """On 3 May a bomb went off outside a cafe in Alphaville. Eight people were killed.

Then on 9 May it happened again. Three mortar rounds fell on a street in Alphaville. Five people were killed."""
    assert primary(text) == [("Alphaville", "2021-05-03", 8), ("Alphaville", "2021-05-09", 5)]


def test_where_attackers_came_from_is_not_where_they_killed() -> None:
    text = "On Tuesday gunmen shot dead a farmer. The mayor said about 30 men came from the direction of Betaville."
    assert [name for name, _, _ in primary(text)] == [""]
