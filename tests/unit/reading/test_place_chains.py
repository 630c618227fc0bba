"""Names that stand together: brackets, chains of divisions, roads, scraps without a verb, labels of forms."""

from __future__ import annotations

import pytest

from mapper.model import Article, PlaceReference, Toponym
from mapper.reading.reader import RuleReader

KINDS = {
    "Deltaford": "town",
    "Omegaville": "town",
    "Gammaland": "governorate",
    "Betaland": "district",
    "Deltaland": "country",
}


def read(text: str) -> list[tuple[PlaceReference | None, str]]:
    known = []
    for name, kind in KINDS.items():
        start = text.find(name)
        while start >= 0:
            known.append(Toponym(start=start, end=start + len(name), text=name, kind=kind))
            start = text.find(name, start + 1)
    known.sort(key=lambda t: t.start)
    article = Article(id="a", file="a.txt", sha256="", text=text, published="2021-06-21")
    return [(a.place, a.date.edtf if a.date else "") for a in RuleReader().read(article, known).accounts]


def place(text: str) -> PlaceReference:
    ((found, _),) = read(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("where", "containers"),
    [
        ("the village of Exampla (Betaland district, Gammaland province)", ("Betaland", "Gammaland")),
        ("Exampla village (Gammaland)", ("Gammaland",)),
        ("Exampla village of the Betaland hromada", ("Betaland",)),
        ("Exampla village, Betaland LGA (Gammaland)", ("Betaland", "Gammaland")),
        ("Exampla village, Betaland locality, Gammaland state", ("Betaland", "Gammaland")),
    ],
)
def test_brackets_and_divisions_contain_a_place(where: str, containers: tuple[str, ...]) -> None:
    text = f"On 3 May 2021 shells fell on {where}, killing four people."
    found = place(text)
    assert found.name == "Exampla"
    assert found.containers == containers
    assert text[found.start : found.end].count("(") == text[found.start : found.end].count(")")


def test_a_chain_from_the_widest_down_ends_with_the_place() -> None:
    found = place("Deltaland, Gammaland Governorate, Exampla village: on 3 May 2021 shelling killed four people.")
    assert (found.name, found.containers) == ("Exampla", ("Gammaland", "Deltaland"))


@pytest.mark.parametrize(
    ("where", "ends"),
    [
        ("on the road between Deltaford and Omegaville", ("Deltaford", "Omegaville")),
        ("on the road between Nowhere and al-Elsewhere", ("Nowhere", "al-Elsewhere")),
        ("between the villages of Deltaford and Nowhere", ("Deltaford", "Nowhere")),
        ("on the road from Deltaford to Omegaville", ("Deltaford", "Omegaville")),
        ("on the Deltaford to Omegaville highway", ("Deltaford", "Omegaville")),
    ],
)
def test_two_towns_bound_a_road(where: str, ends: tuple[str, str]) -> None:
    found = place(f"On 3 May 2021 a mine killed four people {where}.")
    assert (found.relation, found.name, found.anchors) == ("between", "", ends)


def test_a_fight_between_two_is_no_road() -> None:
    found = place("On 3 May 2021 fighting between Deltaford and Omegaville killed four people in Exampla village.")
    assert found.name == "Exampla"


@pytest.mark.parametrize(("where", "bearing"), [("4 km east of Nowhere", 90.0), ("12 kilometres from Nowhere", None)])
def test_a_distance_leads_to_a_name_that_no_gazetteer_knows(where: str, bearing: float | None) -> None:
    found = place(f"On 3 May 2021 a drone killed four people {where}.")
    assert (found.relation, found.anchors, found.bearing) == ("direction", ("Nowhere",), bearing)


@pytest.mark.parametrize(
    ("head", "name", "containers"),
    [
        ("Gammaland governorate, Betaland district.", "Betaland", ("Gammaland",)),
        ("Deltaford, east side.", "Deltaford", ()),
        ("Nowhere, north side.", "Nowhere", ()),
        ("Nowhere, Betaland district.", "Nowhere", ("Betaland",)),
    ],
)
def test_a_scrap_without_a_verb_is_where_it_happened(head: str, name: str, containers: tuple[str, ...]) -> None:
    found = place(f"{head} 3 May 2021. One house gone, four people killed in an air strike.")
    assert (found.name, found.containers) == (name, containers)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On 3 May 2021 a shell hit a dental clinic at Nowhere, killing four people.", "Nowhere"),
        ("3 May 2021. Killed: 3. Injured: 0. Location: Nowhere. A vehicle was hit by a missile.", "Nowhere"),
    ],
)
def test_a_site_or_a_label_leads_to_a_name(text: str, name: str) -> None:
    assert place(text).name == name


def test_a_story_goes_on_from_its_country_to_its_town() -> None:
    found = place(
        "On 3 May 2021 an air strike killed four people in eastern Deltaland, medics said.\n\n"
        "They had been at prayer. The mosque stood in the village of Nowhere."
    )
    assert found.name == "Nowhere"


def test_a_form_gives_its_place_and_what_contains_it() -> None:
    found = place("Governorate: Gammaland\nDistrict: Deltaford\nLocation: Nowhere\nDate: 3 May 2021\nKilled: 3")
    assert (found.name, found.containers) == ("Nowhere", ("Deltaford", "Gammaland"))


def test_the_narrative_under_a_form_gives_its_place_and_day() -> None:
    form = "Assessment: fair. Civilian deaths: 4. Civilian injuries: 8. Cause: air strike."
    story = "What happened: A house in the Nowhere quarter of Deltaford came down on Thursday 3 June."
    assert [(p.name if p else "", day) for p, day in read(f"{form}\n\n{story}")] == [("Nowhere", "2021-06-03")]


def test_a_field_of_a_form_is_no_place() -> None:
    ((found, _),) = read("Assessment: fair. Four people were killed on 3 May 2021 by shelling.")
    assert found is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The mayor of Nowhere said that shelling had killed four people on 3 May 2021.", "Nowhere"),
        ("The mayor of Deltaford said that shelling had killed four people in Nowhere on 3 May 2021.", "Nowhere"),
        ("Nowhere was shelled on 3 May 2021 and four people from Deltaford were killed.", "Nowhere"),
        ("Four people were killed on 3 May 2021 when the al-Nowhere camp in Gammaland was shelled.", "al-Nowhere"),
        ("3 May 2021. Bayt al-Nowhere: four people killed by a drone.", "Bayt al-Nowhere"),
        ("Nowhere, in the hills of Gammaland, was attacked on 3 May 2021; four people were killed.", "Nowhere"),
    ],
)
def test_who_speaks_is_where_it_happened_only_when_nothing_else_is(text: str, name: str) -> None:
    assert place(text).name == name


def test_a_place_without_a_name_near_by_is_not_the_one_named_before() -> None:
    text = "A shell killed two boys in Nowhere on 3 May 2021. On 1 May a raid on a school in {} killed ten people."
    for where in ("a nearby village", "a village nearby", "another town near by"):
        assert [p.name if p else "" for p, _ in read(text.format(where))] == ["Nowhere", ""], where
    assert [p.name for p, _ in read(text.format("the village")) if p] == ["Nowhere", "Nowhere"]


def test_two_places_of_a_dateline_are_none_of_an_event() -> None:
    found = place(
        "Deltaford/Nowhere, 3 May - A clinic in the west of Gammaland was hit from the air. Nine people died."
    )
    assert (found.name or found.anchors[0]) == "Gammaland"
