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


def hamlets(*longitudes: float) -> list[Weighed]:
    share = 0.98 / len(longitudes)
    return [
        Weighed(
            Match(
                Place(id=f"g:{n}", name="Zalmin", longitude=at, latitude=36.0, kind="village"),
                "Zalmin",
                2,
                "exact",
                1.0,
            ),
            share,
        )
        for n, at in enumerate(longitudes)
    ]


def test_namesakes_in_one_small_circle_are_answered_with_the_circle() -> None:
    """Two hamlets 11 km apart: the middle is near both, and says so."""
    found = answer(hamlets(38.0, 38.122), contained=True)
    assert (found.status, found.precision, found.needs_review) == ("resolved", "near", True)
    assert found.longitude == pytest.approx(38.061, abs=0.001)
    assert found.uncertainty_m is not None
    assert found.uncertainty_m > 5_000
    assert len(found.candidates) == 2


@pytest.mark.parametrize("longitudes", [(38.0, 38.2), (38.0, 38.122, 39.0)])
def test_namesakes_farther_apart_stay_ambiguous(longitudes: tuple[float, ...]) -> None:
    assert answer(hamlets(*longitudes), contained=True).status == "ambiguous"


def test_a_name_in_its_own_letters_needs_less_to_be_sure_of() -> None:
    likely = weighed("exact", probability=0.62)
    assert answer([likely], contained=True).status == "ambiguous"
    assert answer([likely], contained=True, in_arabic=True).status == "resolved"
