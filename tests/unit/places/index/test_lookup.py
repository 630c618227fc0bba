"""Compiled gazetteers: every name is found, and nothing else than a whole file of this version is read."""

from __future__ import annotations

import itertools
import math
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rapidfuzz.fuzz import ratio

from mapper.errors import GazetteerError, GazetteerIndexError, OutputError
from mapper.geo import distance_m
from mapper.model import Place
from mapper.places.gazetteer.memory import MemoryIndex
from mapper.places.index import entries
from mapper.places.index import format as index_format
from mapper.places.index.buckets import bounding
from mapper.places.index.build import compile_index
from mapper.places.index.lookup import Index
from mapper.places.index.search import Search
from mapper.places.index.skeletons import edited
from mapper.places.names.keys import fold, skeleton_of
from mapper.places.names.ranking import Match
from mapper.places.names.spelling import undoubled


def place(identifier: str, name: str, longitude: float = 40.0, latitude: float = 35.0, **more: object) -> Place:
    fields: dict[str, object] = {"kind": "village", "country": "SY", **more}
    return Place(id=identifier, name=name, longitude=longitude, latitude=latitude, **fields)  # type: ignore[arg-type]


PLACES = (
    place("x:1", "Tell Sample", aliases=("تل سامبل", "Tall Sampil"), admin1="Aleppo", admin2="Centre", population=900),
    place("x:2", "Tell Sample", 45.0, 15.0, country="YE", source="one", radius_m=700, parent="x:9"),
    place("free-text-id", "Qasr Nowhere", 40.01, 35.01, kind="site", source="two"),
    place("x:007", "Big Sample", 41.0, 35.0, kind="city", population=400_000),
    place("x:0", "!?", 179.999999, -89.999999, country=""),
    place(
        "x:12345678901", "Dateline", -179.99, 0.0, kind="town", aliases=tuple(f"Alias number {n}" for n in range(99))
    ),
)


@pytest.fixture
def index(tmp_path: Path) -> Index:
    compile_index(PLACES, tmp_path / "a.index", source="test")
    return Index.open(tmp_path / "a.index", layer=3)


def test_every_place_comes_back_as_it_was(index: Index) -> None:
    assert len(index) == len(PLACES)
    assert index.source == "test"
    assert sorted(map(index.at, range(len(index))), key=lambda p: p.id) == sorted(PLACES, key=lambda p: p.id)


def test_every_name_is_found_exactly(index: Index) -> None:
    for expected in PLACES:
        for name in (expected.name, *expected.aliases):
            if fold(name).plain:
                found = [m for m in index.lookup(name, limit=50) if m.place == expected]
                assert [(m.how, m.similarity, m.layer) for m in found] == [("exact", 1.0, 3)]
                assert fold(found[0].name).plain == fold(name).plain
                assert expected in [index.at(number) for number in index.exact(name)]


def test_the_last_names_of_a_place_that_has_many_are_found_each(tmp_path: Path) -> None:
    names = [f"{first}{second}ib" for first in "bdfhjklmnrst" for second in ("aba", "imi", "unu", "ala", "iri", "usu")]
    many = place("m:1", "Capital", kind="city", aliases=(*names, *(f"{name}a" for name in names)))
    compile_index([many, *PLACES], tmp_path / "many.index", source="x")
    index = Index.open(tmp_path / "many.index")
    for name in many.aliases:
        [best] = index.lookup(name, limit=1)
        assert (best.place, best.name, best.how) == (many, name, "exact")


def test_looking_names_up_loads_no_numpy(tmp_path: Path) -> None:
    firsts = [f"{first}{second}b" for first in "bdfhjklmnrst" for second in ("aba", "imi", "unu", "ala", "iri", "usu")]
    aliases = [f"{name} {name[::-1]}{end}" for name in firsts for end in ("", "a", "i", "in")]
    compile_index([place("m:1", "Capital", aliases=tuple(aliases))], tmp_path / "many.index", source="x")
    program = (
        "import sys; from pathlib import Path; from mapper.places.index.lookup import Index; "
        f"print(len(Index.open(Path(sys.argv[1])).lookup({aliases[-1]!r}, limit=500)), 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, tmp_path / "many.index"], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["1", "False"]


def test_facts_are_those_of_the_places_that_a_look_up_gives(index: Index) -> None:
    memory = MemoryIndex(PLACES, layer=0)
    search = Search([memory, index])
    for name in ("Tell Sample", "Tal Sampel", "Big Sampul", "Qasr", "Alias number 77", "?"):
        for least in (0.8, 0.9, 1.0):
            found = [match for match in search.lookup(name, (), 5, "consonants") if match.similarity >= least]
            assert search.facts(name, 5, "consonants", least) == [
                (p.id, p.kind, p.population, p.country, p.admin1, matched == p.name)
                for p, matched in ((match.place, match.name) for match in found)
            ]


@pytest.mark.parametrize("countries", [(), ("SY",)])
def test_names_in_several_files_are_found_as_in_one(tmp_path: Path, countries: tuple[str, ...]) -> None:
    names = ["".join(letters) for letters in itertools.product("bdkm", "aiu", "rsn", "aiu", "tlf")]
    places = [place(f"z:{n}", name, country="IQ" if n % 7 else "SY") for n, name in enumerate(names)]
    parts = [places[n::3] for n in range(3)]
    indexes = []
    for number, part in enumerate([places, *parts]):
        compile_index(part, tmp_path / f"{number}.index", source="x")
        indexes.append(Index.open(tmp_path / f"{number}.index", layer=number + 1))
    whole, apart = Search(indexes[:1]), Search(indexes[1:])
    for name in ("barat", "Bahrat", "kisut", "mubnal", "Darfat", "dinl"):
        expected = [(m.place.id, m.similarity) for m in whole.lookup(name, countries, 30, "consonants")][:6]
        found = [(m.place.id, m.similarity) for m in apart.lookup(name, countries, 30, "consonants")]
        # Of many that are as much alike, one file may show others than several do.
        assert [similarity for _, similarity in found[:6]] == [similarity for _, similarity in expected]
        assert len({place_id for place_id, _ in found}) == len(found)


def test_the_country_asked_for_stands_first_and_the_reasons_say_so(index: Index) -> None:
    assert [m.place.country for m in index.lookup("Tell Sample", countries=["YE"])][:2] == ["YE", "SY"]
    assert [m.place.country for m in index.lookup("Tell Samble", countries=["YE"], alike="home")] == ["YE"]
    assert index.lookup("Tell Sample", alike="home") == []
    best = index.lookup("Tell Sample", countries=["SY"])[0]
    assert best.reasons == ("same name", "in SY", "village of 900")


@pytest.mark.parametrize(
    ("query", "how"),
    [("al-Tall Sampul", "skeleton"), ("Tel Zample", "edit"), ("Tal Sampel", "sound"), ("تل سامبل", "exact")],
)
def test_other_spellings_are_found(index: Index, query: str, how: str) -> None:
    match = next(m for m in index.lookup(query) if m.place.id == "x:1")
    assert match.how == how
    assert 0.5 < match.similarity <= 1


def test_what_nothing_resembles_is_not_found(index: Index) -> None:
    assert index.lookup("Xylophone Boulevard Orchestra") == []
    assert index.lookup("") == []
    assert index.lookup("Tell Sample", limit=0) == []


def test_near_is_nearest_first_and_crosses_the_date_line(index: Index) -> None:
    assert [p.id for p in index.near(40.009, 35.009, 5_000)] == ["free-text-id", "x:1"]
    assert [p.id for p in index.near(179.99, 0.0, 5_000)] == ["x:12345678901"]
    assert [p.id for p in index.near(0.0, -89.9, 50_000)] == ["x:0"]


def test_within_is_most_prominent_first(index: Index) -> None:
    assert [p.id for p in index.within(39, 34, 42, 36)] == ["x:007", "x:1", "free-text-id"]
    assert [p.id for p in index.within(39, 34, 42, 36, limit=1)] == ["x:007"]
    assert [p.id for p in index.within(179, -1, -179, 1)] == ["x:12345678901"]


@pytest.mark.parametrize("size", [0, 7, 20, 1000, -1])
def test_a_file_cut_short_is_refused_by_name(tmp_path: Path, index: Index, size: int) -> None:
    path = tmp_path / "a.index"
    data = path.read_bytes()
    (tmp_path / "cut.index").write_bytes(data[:size] if size >= 0 else data[:-1])
    with pytest.raises(GazetteerIndexError, match=r"cut\.index"):
        Index.open(tmp_path / "cut.index")
    assert len(index) == len(PLACES)


@pytest.mark.parametrize(("offset", "says"), [(0, "not a compiled"), (8, "another version"), (40, "damaged")])
def test_a_foreign_older_or_damaged_file_is_refused(tmp_path: Path, index: Index, offset: int, says: str) -> None:
    data = bytearray((tmp_path / "a.index").read_bytes())
    data[offset] ^= 0x55
    (tmp_path / "b.index").write_bytes(data)
    with pytest.raises(GazetteerIndexError, match=says):
        Index.open(tmp_path / "b.index")
    with pytest.raises(GazetteerIndexError, match="cannot be read"):
        Index.open(tmp_path / "missing.index")
    assert index.lookup("Tell Sample")


def test_a_compilation_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    compile_index(PLACES[:1], path, source="first")

    def breaking() -> Sequence[Place]:
        raise GazetteerError("broken row")

    with pytest.raises(GazetteerError):
        compile_index(breaking(), path, source="second")
    assert Index.open(path).source == "first"
    assert [p.name for p in tmp_path.iterdir()] == ["a.index"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_told() -> None:
    with pytest.raises(OutputError):
        compile_index(PLACES, Path("/dev/full"), source="x")


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[int] = []
    compile_index((place(f"x:{n}", "A") for n in range(50_001)), tmp_path / "a.index", source="x", progress=told.append)
    assert told == [50_000]


def test_no_places_make_an_index_too(tmp_path: Path) -> None:
    compile_index([], tmp_path / "a.index", source="empty")
    empty = Index.open(tmp_path / "a.index")
    assert len(empty) == 0
    assert empty.lookup("Anything") == []
    assert empty.near(0, 0, 1e7) == []


def test_memory_and_disk_answer_alike(index: Index) -> None:
    memory = MemoryIndex(PLACES, layer=3)
    for query in ("Tell Sample", "Tal Sampel", "Tel Zample", "سامبل تل", "Alias number 77", "Qasr"):
        assert memory.lookup(query, countries=["SY"]) == index.lookup(query, countries=["SY"])
    assert memory.near(40.0, 35.0, 2e5) == index.near(40.0, 35.0, 2e5)
    everywhere = (-180, -90, 180, 90)
    assert set(memory.within(*everywhere)) == set(index.within(*everywhere)) == set(PLACES)


def test_skeletons_that_share_a_hash_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_format, "PRIME", 3)
    names = ("Hajin", "Manbij", "Tell Sample", "Qasr", "Bukamal", "Zalabiya", "Marat", "Sarin", "Rasafa", "Halabiya")
    places = [place(f"h:{n}", name) for n, name in enumerate(names)]
    compile_index(places, tmp_path / "hash.index", source="x")
    index = Index.open(tmp_path / "hash.index")
    memory = MemoryIndex(places)
    for query in (*names, "Hajeen", "Sirin", "Tal Zample", "Raqqa", "Mirat"):
        assert index.lookup(query) == memory.lookup(query)


def test_a_large_file_answers_as_a_small_one_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "_NARROW", 0)
    compile_index(PLACES, tmp_path / "wide.index", source="x")
    monkeypatch.setattr(index_format, "_LARGE", 0)
    index = Index.open(tmp_path / "wide.index")
    assert set(index.all_names()) == {name for expected in PLACES for name in (expected.name, *expected.aliases)}
    for expected in PLACES:
        for name in (expected.name, expected.name.upper(), *expected.aliases):
            if fold(name).plain:
                assert expected in [index.at(number) for number in index.exact(name)]
    assert index.exact("!?") == index.exact("Xylophone") == []


@given(sound=st.text("bdkriau", min_size=1, max_size=12), place=st.integers(0, 12), data=st.data())
def test_no_sound_is_more_alike_than_its_length_and_skeleton_allow(sound: str, place: int, data: st.DataObject) -> None:
    other = sound[:place] + data.draw(st.text("bdkriau", max_size=4)) + sound[place + data.draw(st.integers(0, 2)) :]
    code, near = (index_format.packed(skeleton_of(undoubled(each))) for each in (sound, other))
    costs = {code: 0, **edited(code)}
    if near in costs:
        bounds = bounding(undoubled(sound), code, near, costs[near])
        assert ratio(undoubled(sound), undoubled(other)) <= bounds[len(undoubled(other))] + 1e-9


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    points=st.lists(st.tuples(st.floats(-1, 1), st.floats(-0.4, 0.4)), min_size=1, max_size=60),
    centre=st.tuples(st.sampled_from([0.0, 38.5, 179.9, -180.0]), st.sampled_from([0.0, 35.0, 69.0, -74.0])),
    metres=st.sampled_from([5_000.0, 20_000.0, 49_000.0, 90_000.0]),
    limit=st.integers(1, 8),
)
def test_near_is_what_measuring_every_distance_gives(
    tmp_path_factory: pytest.TempPathFactory,
    points: list[tuple[float, float]],
    centre: tuple[float, float],
    metres: float,
    limit: int,
) -> None:
    def wrapped(longitude: float) -> float:
        return round((longitude + 180.0) % 360.0 - 180.0, 6)

    places = [
        place(f"n:{n}", "A", wrapped(centre[0] + east), round(centre[1] + north, 6))
        for n, (east, north) in enumerate(points)
    ]
    path = tmp_path_factory.mktemp("near") / "a.index"
    compile_index(places, path, source="x")
    found = Index.open(path).near(*centre, metres, limit=limit)
    distances = sorted(distance_m(*centre, p.longitude, p.latitude) for p in places)
    expected = [d for d in distances if d <= metres][:limit]
    assert [distance_m(*centre, p.longitude, p.latitude) for p in found] == expected


def test_names_of_a_damaged_file_are_refused_while_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.index"
    compile_index(PLACES, path, source="x")
    path.write_bytes(path.read_bytes().replace(b"Qasr Nowhere", b"Qasr \xff\xff\xff\xff\xff\xff\xff"))
    with pytest.raises(GazetteerIndexError, match="damaged"):
        list(Index.open(path).all_names())


@given(st.text(max_size=60))
def test_edited_skeletons_differ_by_one_letter(name: str) -> None:
    code = index_format.packed(fold(name).skeleton)
    near = edited(code)
    assert code not in near
    assert len(near) <= 15 * 13 * 2 + 30


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    rows=st.lists(
        st.tuples(names, st.floats(-180, 180), st.floats(-90, 90), st.lists(names, max_size=3)), min_size=1, max_size=30
    ),
    query=st.text(max_size=40),
)
def test_what_is_compiled_is_found(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, float, float, list[str]]], query: str
) -> None:
    places = [
        place(f"p:{n}", name, round(longitude, 6), round(latitude, 6), aliases=tuple(aliases))
        for n, (name, longitude, latitude, aliases) in enumerate(rows)
    ]
    path = tmp_path_factory.mktemp("index") / "a.index"
    compile_index(places, path, source="x")
    index = Index.open(path)
    compiled = {place.id: place for place in map(index.at, range(len(index)))}
    for expected in places:
        found = compiled[expected.id]
        assert math.isclose(found.longitude, expected.longitude, abs_tol=1e-6)
        for name in (expected.name, *expected.aliases):
            if fold(name).plain:
                assert expected.id in {index.at(number).id for number in index.exact(name)}
    index.lookup(query)
    for near in index.near(places[0].longitude, places[0].latitude, 1e5):
        assert distance_m(places[0].longitude, places[0].latitude, near.longitude, near.latitude) <= 1e5


def test_a_name_is_found_among_hundreds_of_the_same_consonants(tmp_path: Path) -> None:
    vowels = ("", "a", "i", "u")
    names = [
        "".join(pair for pairs in zip("bdkmr", between, strict=False) for pair in pairs)
        for between in itertools.product(vowels, repeat=5)
    ]
    places = [place(f"y:{n}", name, country="IQ" if n % 3 else "SY") for n, name in enumerate(names)]
    # Two sounds in one country, one of them twice: numbers of one byte.
    places += [place("y:5000", "Nabad"), place("y:5001", "Nibid"), place("y:5002", "Nabad", country="YE")]
    compile_index(places, tmp_path / "many.index", source="test")
    index = Index.open(tmp_path / "many.index")
    assert len({fold(name).skeleton for name in names}) == 1
    assert len({fold(name).sound for name in names}) > 256
    for expected in places:
        keys = fold(expected.name)
        # Some spellings differ in nothing but what folding forgets, which is not the plain key.
        found = [index.at(number).id for number in index.exact(expected.name)]
        assert found == [other.id for other in places if other.name == expected.name and fold(other.name) == keys]
        assert index.has_sound(keys.sound, index_format.packed(keys.skeleton))
    assert not index.has_sound("nubud", index_format.packed("nbd"))
    for name in (*(f"{name}ab" for name in names[::89]), "Dabkumar"):
        sound = fold(name).sound
        codes = edited(index_format.packed(fold(name).skeleton))
        near = [fold(p.name).sound for p in places if index_format.packed(fold(p.name).skeleton) in codes]
        found = [fold(match.name).sound for match in index.lookup(name, limit=50) if match.how == "edit"]
        assert max(ratio(sound, other) for other in found) == max(ratio(sound, other) for other in near)
    for countries in ((), ("SY",), ("YE", "IQ")):
        for name in (*names[::97], "Nabad"):
            matches = index.lookup(name, countries=countries, limit=5)
            best = max(
                (m for m in MemoryIndex(places).lookup(name, countries=countries, limit=5)), key=_rank(countries)
            )
            assert _rank(countries)(matches[0]) == _rank(countries)(best)


def _rank(countries: Sequence[str]) -> Callable[[Match], tuple[bool, float]]:
    return lambda match: (match.place.country in countries, match.similarity)
