"""What weighed candidates amount to."""

from __future__ import annotations

import pytest

from mapper.model import Place
from mapper.places.names.ranking import How, Match
from mapper.places.resolving.answers import Weighed, answer


def weighed(how: How, *, layer: int = 2, probability: float = 0.97) -> Weighed:
    town = Place(id="w:1", name="Kirumba", longitude=29.1, latitude=-0.5, kind="town", country="CD", admin1="North")
    return Weighed(Match(place=town, name="Kirumba", layer=layer, how=how, similarity=0.9), probability)


@pytest.mark.parametrize("how", ["skeleton", "edit"])
def test_a_town_only_like_the_name_is_no_answer_in_a_country_without_its_villages(how: How) -> None:
    found = answer([weighed(how)], contained=True)
    assert found.status == "ambiguous"
    assert [c.place.id for c in found.candidates] == ["w:1"]
    assert answer([weighed(how)], contained=True, at_hand=frozenset({"CD"})).status == "resolved"
    assert answer([weighed(how, layer=0)], contained=True).status == "resolved"


@pytest.mark.parametrize("how", ["exact", "folded", "sound"])
def test_the_name_itself_or_its_sound_is_an_answer_anywhere(how: How) -> None:
    assert answer([weighed(how)], contained=True).status == "resolved"
