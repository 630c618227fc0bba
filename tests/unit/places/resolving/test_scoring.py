"""What speaks for a candidate, and for none of them: of invented places."""

from dataclasses import asdict, replace

import pytest

from mapper.model import Place, PlaceContext, PlaceReference
from mapper.places.names.keys import fold
from mapper.places.names.ranking import Match, compared
from mapper.places.resolving.peers import districts_of
from mapper.places.resolving.scoring import Surroundings, doubts, evidence, looked_closer
from mapper.places.resolving.weights import FEATURES, WEIGHTS, energy, probabilities

VILLAGE = Place(
    id="x:1", name="Talmufa", longitude=39.0, latitude=36.0, kind="village", country="SY", aliases=("Tallmoufa",)
)


def match(place: Place, asked: str, name: str = "") -> Match:
    how, similarity = compared(fold(asked), fold(name or place.name))
    return Match(place=place, name=name or place.name, layer=1, how=how, similarity=similarity)


def weigh(*matches: Match, asked: str) -> list[dict[str, float]]:
    reference = PlaceReference(name=asked, start=0, end=len(asked))
    found = evidence(matches, reference, Surroundings(), PlaceContext())
    return looked_closer(matches, found, asked, doubts(asked))


def test_a_place_of_its_own_name_is_likelier_than_one_that_borrows_it() -> None:
    lender = replace(VILLAGE, id="x:2", name="Birkuna", aliases=("Barkouna", "Talmufa"))
    own, borrowed = weigh(match(VILLAGE, "Talmufa"), match(lender, "Talmufa", "Talmufa"), asked="Talmufa")
    assert own["support"] > borrowed["support"]
    assert borrowed["borrowed"] > own["borrowed"] == 0.0
    assert energy(own) > energy(borrowed)


def test_the_place_that_goes_by_a_name_shadows_one_that_has_it_too() -> None:
    """However many other names the second has, and though it is the only one of them in the text's own spelling."""
    other = replace(VILLAGE, id="x:2", name="Birkuna", aliases=("Talmufa", "Barkouna", "Birkoune"))
    own, shadowed = weigh(match(VILLAGE, "Talmufa"), match(other, "Talmufa", "Talmufa"), asked="Talmufa")
    [alone] = weigh(match(other, "Talmufa", "Talmufa"), asked="Talmufa")
    assert not own.get("shadowed")
    assert not alone["shadowed"]
    assert shadowed["shadowed"] == 1.0


def test_rows_of_one_place_are_not_likelier_than_one() -> None:
    twin = replace(VILLAGE, id="x:2", longitude=39.004)
    namesake = replace(VILLAGE, id="x:3", longitude=39.4)
    one, other, apart = weigh(*(match(place, "Talmufa") for place in (VILLAGE, twin, namesake)), asked="Talmufa")
    assert one["twins"] == other["twins"] > apart["twins"] == 0.0
    assert energy(one) < energy(apart)


def test_the_seat_of_a_district_is_meant_rather_than_a_namesake_far_from_it() -> None:
    district = replace(VILLAGE, id="x:2", kind="district", longitude=39.1)
    namesake = replace(VILLAGE, id="x:3", longitude=41.0)
    matches = [match(place, "Talmufa") for place in (VILLAGE, namesake, district)]
    reference = PlaceReference(name="Talmufa", start=0, end=7)
    around = Surroundings(districts=districts_of(matches))
    seat, other, _ = evidence(matches, reference, around, PlaceContext())
    assert seat["seat"] == 1.0
    assert "seat" not in other


def test_a_name_with_an_article_that_the_place_has_not_is_less_like_it() -> None:
    with_article = replace(VILLAGE, id="x:2", name="Al Talmufa", aliases=())
    same, other = weigh(match(with_article, "al-Talmoufa"), match(VILLAGE, "al-Talmoufa"), asked="al-Talmoufa")
    assert "wordy" not in same
    assert other["wordy"] == 1.0


def test_of_places_where_nobody_counted_the_one_of_many_names_is_likelier() -> None:
    known = replace(VILLAGE, id="x:2", aliases=tuple(f"Talmufa{vowel}" for vowel in "aeiouy"))
    counted = replace(VILLAGE, id="x:3", population=3_000)
    few, many, people = weigh(*(match(place, "Talmufa") for place in (VILLAGE, known, counted)), asked="Talmufa")
    assert few["obscure"] > many["obscure"] > 0.0
    assert "obscure" not in people


def test_a_long_name_agrees_less_by_chance() -> None:
    def lead(name: str) -> float:
        place = replace(VILLAGE, name=name, aliases=())
        return energy(weigh(match(place, name), asked=name)[0]) - energy(doubts(name))

    assert lead("Talmufa al-Birkuna") > lead("Mufa")


def test_where_many_places_share_the_consonants_the_right_one_may_be_one_more() -> None:
    matches = [match(replace(VILLAGE, id=f"x:{n}"), "Talmofa") for n in range(9)]
    assert energy(doubts("Talmofa", matches)) > energy(doubts("Talmofa", matches[:1]))
    assert doubts("Talmofa", matches, {"SY"}) == doubts("Talmofa", matches)
    assert doubts("Talmofa", matches, {"IQ"}) == doubts("Talmofa")


def test_a_habit_of_writers_speaks_for_a_place_more_than_odd_vowels() -> None:
    odd = replace(VILLAGE, id="x:2", name="Tulmoufeh", aliases=())
    usual, strange = weigh(match(VILLAGE, "Talmoofa"), match(odd, "Talmoofa"), asked="Talmoofa")
    assert usual["rendering"] > strange["rendering"] > 0.0


def test_candidates_and_none_share_one_probability() -> None:
    shares = probabilities([3.0, 1.0], none=2.0)
    assert shares[0] > shares[1]
    assert 0 < 1 - sum(shares) < shares[0]


def test_all_evidence_has_a_weight() -> None:
    found = weigh(match(VILLAGE, "Tolmoofa"), asked="Tolmoofa")[0] | doubts("Tolmoofa")
    assert set(found) <= set(FEATURES) == set(asdict(WEIGHTS))
    with pytest.raises(KeyError):
        energy({"fame of another kind": 1.0})
