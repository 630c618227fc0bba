"""Places in news, with the default world alone: each rule on a sentence of our own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mapper.errors import Problem
from mapper.model import Article, Place
from mapper.places.finding.finder import Finder
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.resolving.batch import places_in
from mapper.places.resolving.resolver import Resolver


@pytest.fixture(scope="module")
def parts() -> tuple[Finder, Resolver]:
    problems: list[Problem] = []
    gazetteer = Gazetteer.open((), report=problems.append)
    return Finder(gazetteer), Resolver(gazetteer)


def found(parts: tuple[Finder, Resolver], text: str) -> dict[str, dict[str, Any]]:
    article = Article(id="a", file="a.txt", sha256="", text=text)
    return {row["quote"]: row for row in places_in(article, *parts)}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("The report was read by Jackson Reed, a spokesman for the port.", "Jackson"),
        ("Reporters asked Paris Hilton about the film.", "Paris"),
        ("After the break Jordan Smith scored again.", "Jordan"),
        ("The firm was founded by John Lincoln in a garage.", "Lincoln"),
        ("Driver Denver Cole was unhurt, the family said.", "Denver"),
        ("The bookkeeper, Savannah Moore, kept two sets of books.", "Savannah"),
        ("An investor called Georgia Klein bought the rest.", "Georgia"),
    ],
)
def test_people_are_not_the_places_they_are_named_after(parts: tuple[Finder, Resolver], text: str, person: str) -> None:
    assert person not in found(parts, text)


def test_a_day_after_a_name_is_no_surname(parts: tuple[Finder, Resolver]) -> None:
    assert "Denver" in found(parts, "Police arrested two men in Denver Monday.")


def test_a_university_is_not_its_state(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "She lives in Kentucky and was a student at the University of Kentucky hospital in Paducah.")
    assert rows["Kentucky"]["start"] == len("She lives in ")


def test_an_owner_inside_a_name_does_not_part_it(parts: tuple[Finder, Resolver]) -> None:
    row = found(parts, "The storm reached Cox's Bazar in Bangladesh at noon.")["Cox's Bazar"]
    assert abs(row["latitude"] - 21.4) < 0.5
    rows = found(parts, "A ship left Abidjan, Côte d\u2019Ivoire; a truck left Coeur d'Alene, Idaho, at noon.")
    assert abs(rows["Côte d\u2019Ivoire"]["latitude"] - 8) < 1
    assert rows["Coeur d'Alene"]["longitude"] < -110


def test_the_state_of_an_article_decides_between_towns(parts: tuple[Finder, Resolver]) -> None:
    text = (
        "PEORIA, Ill. - A man from Decatur, Illinois, was sentenced in Pekin on Friday. He had also broken into "
        "houses in Geneva and in Canton, and was arrested in Galesburg."
    )
    rows = found(parts, text)
    for name in ("Decatur", "Geneva", "Canton", "Galesburg"):
        assert 36.9 < rows[name]["latitude"] < 42.6
        assert -91.6 < rows[name]["longitude"] < -87.4


def test_a_list_of_countries_is_no_chain_of_containers(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "Leaders of Colombia, Brazil and Argentina met. Funds came from Stockholm, Zurich and Oslo.")
    assert rows["Colombia"]["latitude"] == pytest.approx(4, abs=2)
    assert rows["Stockholm"]["latitude"] == pytest.approx(59.3, abs=0.5)


@pytest.mark.parametrize(
    ("text", "name", "longitude", "latitude"),
    [
        ("A seamstress from the Wellington district of Freetown fell ill in Sierra Leone.", "Wellington", -13.2, 8.4),
        ("The herd came from Paris, a village in the state of Chiapas, on Monday.", "Paris", -92.5, 16.5),
        ("Two calves were born in Salem, south of Seoul, on Monday.", "Salem", 127.0, 37.5),
    ],
)
def test_what_is_said_to_lie_in_or_by_a_place_lies_there(
    parts: tuple[Finder, Resolver], text: str, name: str, longitude: float, latitude: float
) -> None:
    row = found(parts, text)[name]
    assert row["longitude"] == pytest.approx(longitude, abs=1)
    assert row["latitude"] == pytest.approx(latitude, abs=1)


@pytest.mark.parametrize(
    ("text", "name", "longitude"),
    [
        ("Officials spoke on Monday about trade in the Netherlands.", "Netherlands", 5.8),
        ("Officials spoke on Monday about trade in Latin America.", "Latin America", -70.0),
        ("Officials spoke on Monday about storms in the Pacific.", "Pacific", -160.0),
        ("Officials spoke on Monday about trade in Cape Verde.", "Cape Verde", -24.0),
        ("Officials spoke on Monday about trade in Granada.", "Granada", -3.6),
        ("Officials spoke on Monday about trade in Santiago.", "Santiago", -70.6),
        ("Officials spoke on Monday about trade in Bombay.", "Bombay", 72.9),
    ],
)
def test_names_that_all_the_world_knows_mean_what_it_means_by_them(
    parts: tuple[Finder, Resolver], text: str, name: str, longitude: float
) -> None:
    assert found(parts, text)[name]["longitude"] == pytest.approx(longitude, abs=1)


@pytest.mark.parametrize("name", ["Marburg", "Newcastle", "Zaire"])
def test_an_illness_is_not_the_place_that_it_is_called_after(parts: tuple[Finder, Resolver], name: str) -> None:
    assert name not in found(parts, f"Tests for the {name} virus began in Kampala.")
    assert name in found(parts, f"Tests for a new virus began in {name}.")


def test_first_names_of_a_family_are_no_places(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "She leaves two daughters, Sydney of Toledo, Ohio, and Florence of Dayton, Ohio.")
    assert "Toledo" in rows
    assert not {"Sydney", "Florence"} & set(rows)


def test_a_hamlet_that_no_list_has_is_no_namesake_at_the_other_end_of_the_country(
    parts: tuple[Finder, Resolver],
) -> None:
    text = (
        "OTTUMWA, Iowa - Crews from Ottumwa, Albia and Fairfield were at the fire, and some came from Mystic. "
        "Iowa has had few such fires, and Ottumwa none."
    )
    row = found(parts, text)["Mystic"]
    assert (row["longitude"], row["latitude"]) == (pytest.approx(-92.5, abs=1.5), pytest.approx(41, abs=1))
    assert (row["place"], row["precision"]) == ("", "near")


def test_a_county_lies_where_it_is(parts: tuple[Finder, Resolver]) -> None:
    text = "A body was found near Evanston, Illinois. The Cook County medical examiner will report on Monday."
    row = found(parts, text)["Cook County"]
    assert row["latitude"] == pytest.approx(42.04, abs=0.3)
    assert row["longitude"] == pytest.approx(-87.7, abs=0.3)


def test_a_city_keeps_its_name_against_another_city_that_also_has_it(parts: tuple[Finder, Resolver]) -> None:
    row = found(parts, "Islamabad condemned the blast in Kabul.")["Islamabad"]
    assert row["longitude"] == pytest.approx(73.1, abs=0.5)


def test_demonyms_name_no_place(parts: tuple[Finder, Resolver]) -> None:
    assert set(found(parts, "Syrian troops and French aid workers left Aleppo.")) == {"Aleppo"}


def test_front_matter_is_not_read(parts: tuple[Finder, Resolver]) -> None:
    text = "---\ntitle: Rain in Berlin\n---\nSnow fell in Oslo."
    rows = found(parts, text)
    assert set(rows) == {"Oslo"}
    assert text[rows["Oslo"]["start"] : rows["Oslo"]["end"]] == "Oslo"


def test_a_rule_across_the_page_is_no_front_matter(parts: tuple[Finder, Resolver]) -> None:
    assert "Berlin" in found(parts, "---\nRain fell in Berlin.")


@pytest.mark.parametrize(
    ("text", "name", "latitude"),
    [
        ("LEBANON, Tenn. - The council met on Monday. Lebanon will vote again in May.", "Lebanon", 36.2),
        ("She is a native of Lima, Ohio, and a farmer.", "Lima", 40.7),
        ("The team travels to Delaware, Ohio, on Saturday.", "Delaware", 40.3),
        ("A barn burned in Norfolk, England, on Friday.", "Norfolk", 52.7),
        ("Envoys from Israel, Jordan, Lebanon and Syria met.", "Lebanon", 33.8),
        ("They opened shops in Boston, New York and Chicago.", "Boston", 42.4),
    ],
)
def test_what_follows_a_comma_contains_a_name_or_goes_on_a_list(
    parts: tuple[Finder, Resolver], text: str, name: str, latitude: float
) -> None:
    assert found(parts, text)[name]["latitude"] == pytest.approx(latitude, abs=0.5)


def test_a_city_and_its_state_are_told_apart(parts: tuple[Finder, Resolver]) -> None:
    assert found(parts, "He lives in Buffalo, New York.")["New York"]["place_id"] == "geonames:5128638"
    assert found(parts, "Talks between Brussels and Washington failed.")["Washington"]["latitude"] < 40
    rows = found(parts, "Snow fell on Seattle, Tacoma and the rest of Washington. Spokane stayed dry.")
    assert rows["Washington"]["latitude"] > 47


def test_a_capital_is_that_of_the_country_spoken_of(parts: tuple[Finder, Resolver]) -> None:
    text = "A player from Seychelles died in Madagascar. The team has returned to Victoria from Antananarivo."
    assert found(parts, text)["Victoria"]["latitude"] == pytest.approx(-4.6, abs=0.3)


def test_all_small_towns_of_an_article_are_in_one_state(parts: tuple[Finder, Resolver]) -> None:
    text = (
        "The road between Antwerp and Payne will be closed. Crews from Paulding and Hicksville will work in "
        "Defiance, and buses to Bryan leave from Van Wert."
    )
    rows = found(parts, text)
    for name in ("Antwerp", "Hicksville", "Bryan", "Van Wert"):
        assert rows[name]["latitude"] == pytest.approx(41.2, abs=0.6), name
        assert rows[name]["longitude"] == pytest.approx(-84.6, abs=0.6), name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("I've lived in Ontario, and I'd never leave.", "I've"),
        ("State Sen. Laura Moore of Wisconsin will not run again.", "Sen."),
        ("The back scored twice for Ohio State on Saturday.", "Ohio"),
        ("He died of his wounds at Lancaster General Hospital two days later.", "Lancaster"),
        ("She has been teaching music at Davidson High School since the war.", "Davidson"),
        ("Surviving are a son, Dale, and two sisters.", "Dale"),
        ("The twins were born to Wayne and Florence Cole of Toledo.", "Wayne"),
        ("Crews closed a lane of U.S. 71 near Lecompte.", "U.S."),
        ("Gravel trucks rattle along Hartsville Pike at night.", "Hartsville"),
        ("MERS cases were found in Seoul.", "MERS"),
        ("The Kansas City Star asked for the records.", "Star"),
        ("Fri 09:00 The bridge in Toledo is open again.", "Fri"),
    ],
)
def test_what_is_no_place_is_not_found(parts: tuple[Finder, Resolver], text: str, name: str) -> None:
    assert name not in found(parts, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Nebraska State Patrol closed the road for six hours.", "Nebraska"),
        ("He held up a bank in Hope with a toy, police in Arkansas said.", "Hope"),
        ("After the attack in Nice the French cabinet met.", "Nice"),
        ("Cases were reported in the United States (40), Canada (6) and Spain (1).", "United States"),
        ("Washington and Moscow disagreed; an official said Tehran was ready.", "Tehran"),
        ("The Kabul-Jalalabad road was closed.", "Jalalabad"),
    ],
)
def test_what_looks_like_something_else_is_still_a_place(parts: tuple[Finder, Resolver], text: str, name: str) -> None:
    assert name in found(parts, text)


def test_a_name_that_no_gazetteer_has_lies_near_the_places_named_with_it(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "The buses will leave Ballina and stop in Glenzabrush, in County Mayo, at noon.")
    row = rows["Glenzabrush"]
    assert row["precision"] == "near"
    assert row["score"] < 0.5
    assert row["latitude"] == pytest.approx(54, abs=0.5)
    assert found(parts, "The buses will stop in Glenzabrush at noon.")["Glenzabrush"]["longitude"] is None


def test_a_province_is_not_the_city_that_is_called_city(parts: tuple[Finder, Resolver]) -> None:
    assert found(parts, "A mill closed in Quebec last week, the owner said.")["Quebec"]["latitude"] > 50
    assert found(parts, "A mill closed in Quebec City last week, he said.")["Quebec City"]["latitude"] < 47


def test_a_namesake_far_from_all_other_places_is_not_meant(parts: tuple[Finder, Resolver]) -> None:
    text = (
        "Snow closed schools in Concord, New Hampshire, and in Nashua. No train ran between Portland and Boston, "
        "and Manchester lost power. Crews came from Lowell and Worcester."
    )
    assert found(parts, text)["Portland"]["latitude"] == pytest.approx(43.7, abs=0.3)


def test_who_speaks_is_the_mayor_and_not_the_town_that_has_one(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "The mayor of Norfolk said that the ferry would run. Trucks go by Suffolk, Va., he said.")
    assert "Norfolk" in rows


@pytest.mark.parametrize(
    "text",
    [
        "It rained all night. The mill was closed on Tuesday.",
        "A branch of Wells Fargo has closed, the manager said.",
        "The novel was praised by Nevada Hale, whose mother kept the shop.",
        "The cup went to Israel Santiago at last.",
        'The keeper was angry. "Not me," said Kent, who had let in three goals.',
    ],
)
def test_what_only_looks_like_a_place_stays_out(parts: tuple[Finder, Resolver], text: str) -> None:
    assert not found(parts, text)


def test_the_number_of_a_chapter_is_no_place(tmp_path: Path) -> None:
    district = Place(id="x:1", name="Ii", longitude=43.1, latitude=36.3, kind="district", country="IQ")
    finder = Finder(Gazetteer.open((district,), world=False, cache=tmp_path, report=lambda _: None))
    assert [t.text for t in finder.find("He moved to Ii, near the river.")] == ["Ii"]
    assert finder.find("II. Air raids in the north") == []


def test_a_score_behind_a_name_is_no_age(parts: tuple[Finder, Resolver]) -> None:
    assert "Modena" in found(parts, "The visitors fought hard to beat Modena, 27-24, on Saturday.")


def test_a_short_name_of_two_words_is_one_name(parts: tuple[Finder, Resolver]) -> None:
    assert [*found(parts, "Farmers all over Great Britain were warned.")] == ["Great Britain"]


def _is_near(row: dict[str, Any], longitude: float, latitude: float) -> bool:
    return bool(abs(row["longitude"] - longitude) < 1.5 and abs(row["latitude"] - latitude) < 1.5)


def test_a_paper_that_never_names_its_state_is_placed_by_its_small_towns(parts: tuple[Finder, Resolver]) -> None:
    """Milan and Paris have namesakes there, which the small towns beside them tell from the cities."""
    text = (
        "A pickup burned near Milan on Monday. Crews came from Puryear, McKenzie and Trenton, and one from Paris. The "
        "owner lives in Huntingdon and had left it there on his way to Dresden, a deputy from Camden wrote."
    )
    rows = found(parts, text)
    assert all(_is_near(rows[name], -88.6, 36.1) for name in ("Milan", "Paris", "Dresden", "Puryear", "McKenzie"))


def test_world_news_has_no_home_for_its_capitals(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "Envoys from Paris, Moscow, Rome, Athens and Berlin met in Dublin. Talks go on in Vienna.")
    assert _is_near(rows["Paris"], 2.35, 48.85)
    assert _is_near(rows["Athens"], 23.7, 38.0)
    assert _is_near(rows["Berlin"], 13.4, 52.5)


def test_a_county_that_all_the_country_knows_is_meant_in_its_country(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "Hens were culled near Diss in England. A zone of ten kilometres reaches into Norfolk.")
    assert _is_near(rows["Norfolk"], 1.0, 52.7)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He leaves a son, Chad, of Milan, and a niece.", "Chad"),
        ("She was the daughter of Israel and Charlotte Pruitt.", "Israel"),
        ("She was the daughter of Israel and Charlotte Pruitt.", "Charlotte"),
        ("The lanes of Interstate 70 and Illinois 146 will close.", "Illinois"),
        ("The band plays at Texas A&M tonight.", "Texas"),
        ("On Saturday it beat Auburn 24-20.", "Auburn"),
        ("The mayor told the Cuba Free Press so.", "Cuba"),
        ("The pupils of Jefferson Elementary sang for their parents on Friday.", "Jefferson"),
        ("Two died of Middle East respiratory syndrome.", "Middle East"),
        ("It is a cousin of the Marburg and Lassa viruses.", "Marburg"),
        ("The liner Bright Star followed the Diamond Adelaide, which had left first.", "Adelaide"),
        ("Ten years after the flood, the school is open.", "Ten"),
        ("BERLIN, Jan. 9 (Reuters) - Snow fell.", "Jan"),
        ("She lives between Court and Lancaster streets.", "Lancaster"),
    ],
)
def test_names_of_kin_roads_teams_papers_illnesses_and_ships_are_no_places(
    parts: tuple[Finder, Resolver], text: str, name: str
) -> None:
    assert name not in found(parts, text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Israel and Jordan Valley farmers signed.", "Israel"),
        ("Police in Illinois said 146 people were hurt.", "Illinois"),
        ("He flew to Sydney and Perth Monday.", "Sydney"),
        ("The mosquitoes of Chad, a country in Africa, carry it.", "Chad"),
    ],
)
def test_what_looks_like_kin_or_roads_is_still_a_place(parts: tuple[Finder, Resolver], text: str, name: str) -> None:
    assert name in found(parts, text)


def test_a_capital_abroad_does_not_speak_for_itself_in_a_county_s_paper(parts: tuple[Finder, Resolver]) -> None:
    local = (
        "A Moscow man was arrested near Troy, the Latah County sheriff said. He had driven from Pullman, Wash., "
        "to Lewiston, and was held in Kendrick, Idaho."
    )
    assert found(parts, local)["Moscow"]["longitude"] < -100
    world = "Moscow recalled its envoys from Paris, Rome and Madrid on Monday."
    assert found(parts, world)["Moscow"]["longitude"] > 0


def test_a_village_of_no_list_is_no_town_of_its_name_in_a_country_that_nothing_speaks_of(
    parts: tuple[Finder, Resolver],
) -> None:
    rows = found(parts, "The towns of Voinjama and Foya in Lofa County, Liberia, were cut off from Monrovia.")
    assert abs(rows["Foya"]["longitude"] + 10) < 2
    assert found(parts, "She moved from Delft to a farm in Kenya.")["Delft"]["longitude"] > 4


def test_what_a_sentence_opens_with_contains_what_it_tells_of(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "In South Sudan, Bor and Malakal were under water.")
    assert 4 < rows["Bor"]["latitude"] < 8
    abroad = found(parts, "In Germany, Paris is thought of as a friend.")
    assert abroad["Paris"]["longitude"] < 5


def test_an_unknown_quarter_lies_in_the_city_that_it_is_said_to_be_of(parts: tuple[Finder, Resolver]) -> None:
    rows = found(parts, "The firm left Toronto for the Quorndale district of Tokyo.")
    assert rows["Quorndale"]["longitude"] > 130


def test_the_county_that_a_fair_is_named_after_says_where_its_towns_are(parts: tuple[Finder, Resolver]) -> None:
    text = "The Grady County Agricultural Center in Cairo sold tickets to people from Pelham and Thomasville."
    assert found(parts, text)["Cairo"]["longitude"] < -80
