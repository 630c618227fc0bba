"""Which of two names is the place, and what else names one: headings, "this town", markets and outskirts."""

from __future__ import annotations

import pytest

from mapper.model import Article, PlaceReference, Toponym
from mapper.reading.reader import RuleReader


def _place(text: str, *names: str) -> PlaceReference | None:
    """Read the one event of a text in which some names are known."""
    known = []
    for name in names:
        start = text.index(name)
        known.append(Toponym(start=start, end=start + len(name), text=name, kind="city"))
    known.sort(key=lambda t: t.start)
    article = Article(id="a", file="a.txt", sha256="", text=text, published="")
    accounts = RuleReader().read(article, known).accounts
    assert len(accounts) == 1
    return accounts[0].place


@pytest.mark.parametrize(
    ("where", "name", "container"),
    [
        ("in the Deltaford town of Exampla", "Exampla", "Deltaford"),
        ("in the Deltaford suburb of Exampla", "Exampla", "Deltaford"),
        ("in the southern Deltaford suburb of Exampla", "Exampla", "Deltaford"),
        ("in the Exampla neighbourhood of Deltaford", "Exampla", "Deltaford"),
        ("in Deltaford (Exampla neighbourhood)", "Exampla", "Deltaford"),
        ("at a house in Deltaford, in the Exampla neighbourhood", "Exampla", "Deltaford"),
    ],
)
def test_the_smaller_of_two_names_is_the_place(where: str, name: str, container: str) -> None:
    place = _place(f"On 3 May 2020 shells fell {where}, killing four people.", "Deltaford")
    assert place is not None
    assert (place.name, place.containers) == (name, (container,))


@pytest.mark.parametrize(
    "text",
    [
        "Exampla: five people were killed by shelling on 3 May 2020.",
        "Exampla - five people were killed by shelling of the town on 3 May 2020.",
        "14:07 - Exampla, Deltaland - five people were killed by shelling on 3 May 2020.",
        "On 3 May 2020 rockets hit the market of Exampla, killing five people.",
        "On 3 May 2020 rockets fell at the entrance to Exampla, killing five people.",
    ],
)
def test_a_heading_or_a_market_names_the_place(text: str) -> None:
    place = _place(text)
    assert place is not None
    assert "Exampla" in (place.name, *place.anchors)


@pytest.mark.parametrize(
    "text", ["Medics: five people were killed by shelling.", "MSF: five people were killed by shells."]
)
def test_who_speaks_in_a_heading_is_no_place(text: str) -> None:
    assert _place(f"{text} It happened on 3 May 2020.") is None


def test_a_story_filed_from_this_town_is_about_it() -> None:
    text = (
        "EXAMPLA, Deltaland (Wire) - Soldiers fired on a yard in this farming town on 3 May 2020, killing two brothers."
    )
    place = _place(text, "Deltaland")
    assert place is not None
    assert (place.name, place.kind) == ("EXAMPLA", "town")


def test_a_quarter_lies_in_the_town_that_heads_the_note() -> None:
    place = _place("Deltaford, 3 May 2020: shells hit the Exampla neighbourhood, killing four people.")
    assert place is not None
    assert place.name == "Exampla"


def test_police_in_a_town_speak_for_it() -> None:
    text = "Police in Deltaford said that five people were killed on 3 May 2020 by a bomb in the town of Exampla."
    place = _place(text, "Deltaford")
    assert place is not None
    assert place.name == "Exampla"
