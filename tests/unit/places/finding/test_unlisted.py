"""Names that no gazetteer has: found by what is said of them, and by nothing less."""

from __future__ import annotations

import pytest

from mapper.model import Toponym
from mapper.places.finding.unlisted import UNLISTED, unlisted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Two barns burned near Quorndale on Friday. In winter Quorndale is cut off.", ["Quorndale", "Quorndale"]),
        ("The village of Zemberu was empty.", ["Zemberu"]),
        ("They walked to Orrinvale, a small town on the lake.", ["Orrinvale"]),
        ("Troops left the Korvath district at dawn.", ["Korvath"]),
        ("The trial of Velmar Trask began in Grubeck.", ["Grubeck"]),
        ("Fog lay south of Orrinvale all day.", ["Orrinvale"]),
        ("The flood took half of Quorndale Island.", ["Quorndale Island"]),
        ("They drove to Zemberu at night.", ["Zemberu"]),
        ("Guests travelled from Quorndale, Orrinvale and Zem Beru.", ["Quorndale", "Orrinvale", "Zem Beru"]),
    ],
)
def test_names_are_found_by_what_is_said_of_them(text: str, names: list[str]) -> None:
    found = unlisted(text, [])
    assert [toponym.text for toponym in found] == names
    assert {toponym.kind for toponym in found} == {UNLISTED}
    assert all(text[toponym.start : toponym.end] == toponym.text for toponym in found)


@pytest.mark.parametrize(
    "text",
    [
        "She believed in Trasker, and Trasker said she was right.",
        "The story was told in English in August.",
        "The plan was made in NATO and in Parliament.",
        "He was treated in Korvath General Hospital.",
        "The letter to Trasker came from Velmar Trask.",
        "Shares fell, and Mr Quorndale was seen near Quorndale House.",
    ],
)
def test_people_words_and_houses_stay_out(text: str) -> None:
    assert unlisted(text, []) == []


def test_a_list_of_places_goes_on() -> None:
    text = "Boats left Digby, Meteghyl and Halifax."
    places = [
        Toponym(start=text.index(name), end=text.index(name) + len(name), text=name) for name in ("Digby", "Halifax")
    ]
    assert [toponym.text for toponym in unlisted(text, places)] == ["Meteghyl"]
    assert [toponym.text for toponym in unlisted(text.replace("Meteghyl", "Cole Smith"), places[:1])] == []


def test_a_name_that_the_gazetteer_has_and_is_hardly_meant_may_be_another_one() -> None:
    text = "Snow fell in Orrinvale."
    for sure, names in ((0.4, ["Orrinvale"]), (0.9, [])):
        known = Toponym(start=13, end=22, text="Orrinvale", sure=sure)
        assert [toponym.text for toponym in unlisted(text, [known])] == names
