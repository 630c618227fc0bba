from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.reading.page import open_page
from mapper.reading.tolls.casualties import read_tolls
from mapper.reading.tolls.stated import TollReading
from mapper.reading.vocabulary import vocabulary

Short = tuple[str, str, int | None, int | None]


def tolls(text: str) -> list[TollReading]:
    page = open_page(text, vocabulary())
    return [toll for i in range(len(page.sentences)) for toll in read_tolls(page, i, ())[0]]


def read(text: str) -> set[Short]:
    return {(t.group, t.of, t.count.minimum, t.count.maximum) for t in tolls(text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The blast killed 12 people.", {("killed", "", 12, 12)}),
        ("Twelve people were killed.", {("killed", "", 12, 12)}),
        ("The blast left 12 people dead and 30 wounded.", {("killed", "", 12, 12), ("injured", "", 30, 30)}),
        ("It killed 12 and injured 30.", {("killed", "", 12, 12), ("injured", "", 30, 30)}),
        ("Five killed, 12 wounded in air raid", {("killed", "", 5, 5), ("injured", "", 12, 12)}),
        ("A raid resulted in the deaths of dozens of civilians.", {("killed", "", 24, None)}),
        ("The strike caused four deaths and several injuries.", {("killed", "", 4, 4), ("injured", "", 2, None)}),
        ("An entire family of six was killed.", {("killed", "", 6, 6)}),
        ("Nine members of the Example family were killed.", {("killed", "", 9, 9)}),
        ("The death toll rose from four to six.", {("killed", "", 6, 6)}),
        ("The number of injured is 12.", {("injured", "", 12, 12)}),
        ("A strike caused injuries.", {("injured", "", 2, None)}),
    ],
)
def test_killed_and_injured_are_kept_apart(text: str, expected: set[Short]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 13 villagers died, at least five of them children.",
            {("killed", "", 13, None), ("killed", "children", 5, None)},
        ),
        (
            "Killed were 20 people. Those killed included six women and a child.",
            {("killed", "women", 6, 6), ("killed", "children", 1, 1)},
        ),
        (
            "Five women and nine children were among the dead.",
            {("killed", "women", 5, 5), ("killed", "children", 9, 9)},
        ),
        (
            "At least four people, two of them children, were killed and 12 others were injured.",
            {("killed", "", 4, None), ("killed", "children", 2, 2), ("injured", "", 12, 12)},
        ),
        (
            "It killed seven civilians and injured up to 50 others, including 20 children.",
            {("killed", "", 7, 7), ("injured", "", None, 50), ("injured", "children", 20, 20)},
        ),
        (
            "Over 150 people were killed, mainly women and children.",
            {("killed", "", 151, None), ("killed", "women", None, None), ("killed", "children", None, None)},
        ),
        ("Three women died.", {("killed", "", 3, 3), ("killed", "women", 3, 3)}),
        ("A child was killed.", {("killed", "", 1, 1), ("killed", "children", 1, 1)}),
    ],
)
def test_women_and_children_are_parts_and_never_added(text: str, expected: set[Short]) -> None:
    assert expected <= read(text)
    wholes = [t for t in tolls(text) if not t.of]
    assert len(wholes) == len({(t.group) for t in wholes})


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("The blast killed a man and his wife.", 2),
        ("Two civilians, a writer and a child, were killed.", 2),
        ("A farmer, his wife and their three children were killed.", 5),
        ("Adam Beta, Karim Beta, and Omar Beta were killed in their home.", 3),
        ("Salim Adel Beta and his wife Mona Beta were killed.", 2),
        ("Groups including Airwars reported as many as 15 civilians were killed.", 15),
        ("Residents said that five people in a house of two brothers were killed.", 5),
    ],
)
def test_a_list_of_people_is_counted_once(text: str, killed: int) -> None:
    whole = [t for t in tolls(text) if t.group == "killed" and not t.of]
    assert [t.count.value for t in whole] == [killed]


def test_fighters_stand_apart_from_civilians() -> None:
    found = {(t.population, t.count.value) for t in tolls("Nineteen civilians and nine fighters died.") if not t.of}
    assert found == {("civilians", 19), ("fighters", 9)}


@pytest.mark.parametrize(
    "text",
    [
        "The bombs killed more civilians than any other weapon.",
        "They want to avoid harming civilians.",
        "The 12 families were sheltering in a school.",
        "He had three sisters.",
    ],
)
def test_no_toll_is_read_where_none_is_told(text: str) -> None:
    assert [t for t in tolls(text) if not t.plural_only] == []


@given(st.text(alphabet="abc killed injured 0123 ,.and including children were ", max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    page = open_page(text, vocabulary())
    for toll in tolls(text):
        assert 0 <= toll.first < toll.last <= len(page.words)
