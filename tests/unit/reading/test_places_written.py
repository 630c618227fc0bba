from __future__ import annotations

from collections.abc import Sequence

import pytest

from mapper.model import Toponym
from mapper.reading.page import open_page
from mapper.reading.places_written import PlaceMention, read_places
from mapper.reading.vocabulary import vocabulary

KINDS = {
    "Hama": "city",
    "Raqqa": "city",
    "Syria": "country",
    "Yemen": "country",
    "Exampla": "village",
    "Deir Ezzor": "governorate",
}


def toponyms(text: str) -> list[Toponym]:
    found = []
    for name, kind in KINDS.items():
        start = text.find(name)
        while start != -1:
            found.append(Toponym(start=start, end=start + len(name), text=name, kind=kind))
            start = text.find(name, start + 1)
    return sorted(found, key=lambda t: t.start)


def places(text: str, known: Sequence[Toponym] | None = None) -> list[PlaceMention]:
    page = open_page(text, vocabulary())
    return read_places(page, 0, toponyms(text) if known is None else known)


def test_a_name_inside_a_larger_one() -> None:
    (place,) = places("A shell fell in Exampla, Hama, Syria.")
    assert place.reference.name == "Exampla"
    assert place.reference.containers == ("Hama", "Syria")
    assert place.located


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("It hit the village of Beit Nowhere.", "Beit Nowhere", "village"),
        ("It hit the Nowhere neighbourhood.", "Nowhere", "neighbourhood"),
        ("It hit the al-Nowhere refugee camp.", "al-Nowhere", "camp"),
        ("A bomb fell near the town of Nowhere.", "", "town"),
        ("A bomb exploded in Nowhere.", "Nowhere", ""),
    ],
)
def test_a_cue_finds_what_no_gazetteer_knows(text: str, name: str, kind: str) -> None:
    (place,) = places(text, ())
    assert (place.reference.name, place.reference.kind) == (name, kind)


def test_a_village_of_a_people_or_a_country_is_not_called_so() -> None:
    text = "Shelling of Syrian village kills nine."
    people = Toponym(start=12, end=18, text="Syrian", kind="country", demonym=True)
    assert places(text, [people]) == []
    (place,) = places("A shell killed two boys in Deir Ezzor village on Monday.")
    assert (place.reference.name, place.reference.kind, place.rank) == ("Deir Ezzor", "region", 2)
    (place,) = places("A shell killed two boys in Exampla village on Monday.")
    assert (place.reference.name, place.reference.kind, place.rank) == ("Exampla", "village", 6)


def test_a_distance_and_a_bearing_from_another_place() -> None:
    (place,) = places("It struck the village of Exampla, 25 miles (40 km) north of Raqqa.")
    reference = place.reference
    assert (reference.name, reference.relation, reference.anchors) == ("Exampla", "direction", ("Raqqa",))
    assert reference.distance_m == pytest.approx(40_234, abs=1)
    assert reference.bearing == 0


def test_a_distance_without_a_name() -> None:
    (place,) = places("Shells fell 10 km east of Hama.")
    reference = place.reference
    assert (reference.name, reference.relation, reference.anchors) == ("", "direction", ("Hama",))
    assert (reference.distance_m, reference.bearing) == (10_000, 90)


@pytest.mark.parametrize(
    ("text", "relation", "anchor"),
    [
        ("A strike near Raqqa killed five.", "near", "Raqqa"),
        ("They hit a boat off the coast of Yemen.", "off_coast", "Yemen"),
        ("Two men who were fishing off Yemen were killed.", "off_coast", "Yemen"),
        ("It fell in eastern Deir Ezzor province.", "part_of", "Deir Ezzor"),
        ("It fell on the outskirts of Hama.", "near", "Hama"),
        ("It fell in the countryside of Hama.", "countryside", "Hama"),
        ("A raid on a village in Deir Ezzor failed.", "part_of", "Deir Ezzor"),
    ],
)
def test_a_relation_alone(text: str, relation: str, anchor: str) -> None:
    (place,) = places(text)
    assert (place.reference.name, place.reference.relation, place.reference.anchors) == ("", relation, (anchor,))


def test_what_a_place_is_near_is_a_prior_and_no_place() -> None:
    (place,) = places("It hit Exampla, near Raqqa.")
    assert place.reference.name == "Exampla"
    assert place.reference.near == ("Raqqa",)
    assert place.reference.relation == "at"


@pytest.mark.parametrize(
    "text",
    [
        "The Hama family fled.",
        "Mr Hama spoke.",
        "Selma Hama, 45, spoke.",
        "Hama Brigade fighters fled.",
        "@Hama wrote it.",
    ],
)
def test_a_person_family_or_unit_is_no_place(text: str) -> None:
    assert places(text) == []


def test_the_town_stands_for_a_place_told_before() -> None:
    (place,) = places("The town was hit.")
    assert place.anaphora == "town"
    (part,) = places("It hit two of the city's eastern neighbourhoods.")
    assert (part.anaphora, part.reference.relation, part.reference.bearing) == ("city", "part_of", 90)


def test_spans_are_the_words() -> None:
    text = "On Monday it hit the village of Exampla, near Raqqa, again."
    (place,) = places(text)
    assert text[place.reference.start : place.reference.end] == "the village of Exampla, near Raqqa"


@pytest.mark.parametrize(
    ("text", "containers", "quote"),
    [
        ("A shell fell in Exampla (Hama, Syria).", ("Hama", "Syria"), "Exampla (Hama, Syria)"),
        ("A shell fell in Exampla village (Hama) at dawn.", ("Hama",), "Exampla village (Hama)"),
        ("A shell fell in Exampla (Hama), Syria.", ("Hama", "Syria"), "Exampla (Hama), Syria"),
    ],
)
def test_what_stands_in_brackets_contains(text: str, containers: tuple[str, ...], quote: str) -> None:
    (place,) = places(text)
    assert (place.reference.name, place.reference.containers) == ("Exampla", containers)
    assert text[place.reference.start : place.reference.end] == quote


@pytest.mark.parametrize("road", ["Hama-Raqqa highway", "Hama \u2013 Raqqa road", "Hama - Raqqa axis"])
def test_a_road_between_two_places_is_near_the_first(road: str) -> None:
    place = places(f"A mine went off on the {road}.")[0]
    assert "Hama" in (*place.reference.anchors, place.reference.name)
    assert place.located
