"""Place names in text: what is one, what only looks like one. All texts are ours."""

from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapper.model import Article, Place
from mapper.places.finding.finder import Finder
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.index.search import Fact
from mapper.places.names.ranking import Alike
from mapper.places.resolving.batch import places_in
from mapper.places.resolving.companions import SURE
from mapper.places.resolving.resolver import Resolver


def place(id_: str, name: str, country: str, admin1: str, population: int, kind: str = "city", **at: float) -> Place:
    longitude, latitude = at.get("lon", 10.0 + len(id_)), at.get("lat", 40.0)
    return Place(
        id=id_,
        name=name,
        longitude=longitude,
        latitude=latitude,
        kind=kind,
        country=country,
        admin1=admin1,
        population=population,
    )


PLACES = (
    place("w:us", "United States", "US", "", 330_000_000, "country", lon=-98.5, lat=39.8),
    place("w:sy", "Syria", "SY", "", 20_000_000, "country", lon=38.0, lat=35.0),
    place("w:sa", "Saudi Arabia", "SA", "", 34_000_000, "country", lon=45.0, lat=25.0),
    place("w:oh", "Ohio", "US", "Ohio", 0, "governorate", lon=-82.5, lat=40.3),
    place("w:ky", "Kentucky", "US", "Kentucky", 0, "governorate", lon=-85.0, lat=37.5),
    place("w:1", "Reading", "GB", "England", 318_000, lon=-0.97, lat=51.45),
    place("w:2", "Nice", "FR", "South", 342_000, lon=7.26, lat=43.7),
    place("w:3", "Columbus", "US", "Ohio", 900_000, lon=-83.0, lat=39.96),
    place("w:4", "Quellmar", "US", "Ohio", 40_000, lon=-82.9, lat=40.1),
    place("w:5", "Quellmar", "US", "Kentucky", 45_000, lon=-84.5, lat=38.0),
    place("w:6", "Holmby", "US", "Ohio", 900, "village", lon=-82.8, lat=40.2),
    place("w:7", "Jackson", "US", "Mississippi", 150_000, lon=-90.2, lat=32.3),
    place("w:8", "Zarqum", "SY", "North", 300_000, lon=39.0, lat=36.0),
    place("w:9", "Of", "TR", "East", 40_000, "town", lon=40.3, lat=40.9),
    place("w:10", "Police", "PL", "West", 34_000, "town", lon=14.5, lat=53.5),
)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    cache: Path = tmp_path_factory.mktemp("cache")
    return Gazetteer.open(PLACES, world=False, cache=cache, report=lambda _: None)


@pytest.fixture(scope="module")
def finder(gazetteer: Gazetteer) -> Finder:
    return Finder(gazetteer)


def names(finder: Finder, text: str) -> list[str]:
    return [t.text for t in finder.find(text) if t.sure >= SURE and not t.demonym]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crews worked in Columbus and in Reading on Monday.", ["Columbus", "Reading"]),
        ("Reading the letters took hours. Police came. Nice people, all of them. Of course.", []),
        ("She has a house in Nice, and an office at home.", ["Nice"]),
        ("Mr. Jackson said so. Jackson, 45, is a teacher.", []),
        ("The rally in Jackson drew thousands.", ["Jackson"]),
        ("Anna Columbus left. Columbus said she was tired.", []),
        ("The Columbus Dispatch and the University of Columbus disagree.", []),
        ("The fire began in Holmby, Ohio, and reached Columbus.", ["Holmby", "Ohio", "Columbus"]),
        ("A farm in Unheardof, Ohio, was sold.", ["Unheardof", "Ohio"]),
        ("Rain fell on Quellmar, Ky., all night.", ["Quellmar", "Ky."]),
        ("The U.S. and the US-led force left Syria.", ["U.S.", "US", "Syria"]),
        ("COLUMBUS (Reuters) - Voters went to the polls.", ["COLUMBUS"]),
        ("Saudi Arabia sent aid to Zarqum.", ["Saudi Arabia", "Zarqum"]),
        ("We saw it on Columbus Avenue near the Columbus Hotel.", []),
    ],
)
def test_what_is_a_place_and_what_is_not(finder: Finder, text: str, expected: list[str]) -> None:
    assert names(finder, text) == expected


def test_a_capital_that_speaks_stays_a_place_but_less_surely(finder: Finder) -> None:
    speaking = finder.find("Syria denied it.")[0]
    lying = finder.find("They live in Syria now.")[0]
    assert SURE < speaking.sure < lying.sure


def test_demonyms_say_which_country_and_are_marked(finder: Finder) -> None:
    found = finder.find("Two Syrians met an American envoy.")
    assert [(t.text, t.country, t.demonym) for t in found] == [("Syrians", "SY", True), ("American", "US", True)]


def test_a_village_is_believed_where_the_article_plays(finder: Finder) -> None:
    there = finder.find("The council of Columbus, Ohio, met. Children in Holmby stayed home.")
    elsewhere = finder.find("The council of Zarqum met. Children at Holmby stayed home.")
    sure = {t.text: t.sure for t in there}
    assert sure["Holmby"] >= SURE
    assert sure["Holmby"] > max([t.sure for t in elsewhere if t.text == "Holmby"], default=0.0)


def test_curly_quotes_and_odd_spaces_leave_offsets_as_they_are(finder: Finder) -> None:
    text = "\u201cWe left Zarqum\u2019s centre\u00a0for\u00a0Saudi\u00a0Arabia,\u201d he said \U0001f642 in Columbus."
    found = finder.find(text)
    assert [text[t.start : t.end] for t in found] == ["Zarqum", "Saudi\u00a0Arabia", "Columbus"]


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "x" * 5_000, "\u202e\u202d", "🙂" * 50, ". . . ", "A", "'" * 200, "\n" * 9]
)
def test_no_text_is_too_odd(finder: Finder, text: str) -> None:
    assert [t for t in finder.find(text) if t.sure >= SURE] == []


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.sampled_from(
            ["in ", "Columbus", ", ", "Ohio", ". ", "Mr. ", "Nice ", "Syrian ", "U.S.", "\n", "al-", "\u2019s "]
        )
        | st.text(max_size=8),
        max_size=14,
    )
)
def test_names_stand_in_order_and_where_they_say(finder: Finder, pieces: list[str]) -> None:
    text = "".join(pieces)
    found = finder.find(text)
    ends = 0
    for toponym in found:
        assert text[toponym.start : toponym.end].strip()
        assert toponym.start >= ends
        assert 0.0 < toponym.sure <= 1.0
        ends = toponym.end
    assert found == finder.find(text)


def rows(gazetteer: Gazetteer, text: str) -> list[dict[str, object]]:
    article = Article(id="a1", file="a1.txt", sha256="0" * 64, text=text)
    return places_in(article, Finder(gazetteer), Resolver(gazetteer))


def test_each_name_of_an_article_gets_a_row_with_its_own_words(gazetteer: Gazetteer) -> None:
    text = "Syrian troops left Zarqum. Two Syrians stayed."
    found = rows(gazetteer, text)
    assert [(r["quote"], r["place_id"], r["status"]) for r in found] == [
        ("Zarqum", "w:8", "resolved"),
    ]
    assert list(found[0]) == [
        *("article", "start", "end", "quote", "status", "place_id", "place"),
        *("longitude", "latitude", "precision", "score"),
    ]
    for row in found:
        assert text[int(str(row["start"])) : int(str(row["end"]))] == row["quote"]


@pytest.mark.parametrize(("state", "expected"), [("Ohio", "w:4"), ("Kentucky", "w:5")])
def test_the_division_that_is_named_chooses_the_town(gazetteer: Gazetteer, state: str, expected: str) -> None:
    found = rows(gazetteer, f"He was born in Quellmar, {state}. People in Quellmar remember him.")
    assert [r["place_id"] for r in found if r["quote"] == "Quellmar"] == [expected, expected]


@pytest.mark.hostile
@pytest.mark.parametrize("unit", ["Syrian ", "Columbus, ", "U.S. ", "Mr. John ", "in Reading, Ohio. ", "al-", "A "])
def test_time_grows_with_the_text_and_not_with_its_square(finder: Finder, unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        best = float("inf")
        for _ in range(3):
            start = process_time()
            finder.find(text)
            best = min(best, process_time() - start)
        return best

    seconds(2_000)
    assert seconds(80_000) < 4 * max(seconds(40_000), 0.02)


def test_a_word_of_grammar_is_no_city_although_one_is_spelt_so(tmp_path: Path) -> None:
    own = [*PLACES, place("w:99", "As", "CN", "", 4_000_000, lon=120.3, lat=31.6)]
    finder = Finder(Gazetteer.open(own, world=False, cache=tmp_path, report=print))
    found = finder.find("A raid hit Zarqum, Syria. As many as nine people were killed.")
    assert [toponym.text for toponym in found] == ["Zarqum", "Syria"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Zarkum Smith said so. Anna Zarkum left.", False),
        ("Mr. Zarkum Smith said so. A raid hit the village of Zarkum.", True),
    ],
)
def test_what_sounds_like_a_name_is_looked_up_only_where_it_may_be_a_place(
    text: str, *, expected: bool, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To look names up is the most that finding them costs, and reports are full of people's."""
    asked: list[str] = []
    look_up = gazetteer.facts

    def facts(name: str, *, limit: int = 20, alike: Alike = "consonants", least: float = 0.0) -> list[Fact]:
        asked.append(name)
        return look_up(name, limit=limit, alike=alike, least=least)

    monkeypatch.setattr(gazetteer, "facts", facts)
    found = Finder(gazetteer).find(text)
    assert ("Zarkum" in asked) is expected
    assert ("Zarkum" in [toponym.text for toponym in found]) is expected
