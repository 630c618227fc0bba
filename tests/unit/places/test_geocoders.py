"""The fallback geocoder's parts: configuration, pace, cache, checks, quarantine."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mapper.errors import (
    EntryRefusedError,
    GazetteerError,
    LookupFailedError,
    OutputError,
    Problem,
    ServiceRefusedError,
)
from mapper.model import Candidate, Place, PlaceContext, PlaceReference
from mapper.places.gazetteer import own
from mapper.places.geocoders import Fallback, GeocoderConfig, config_for, open_geocoder, quarantine
from mapper.places.geocoders.answers import UnusableAnswerError, candidates_of
from mapper.places.geocoders.pace import Pace
from mapper.places.geocoders.store import Answer, Question, Store

CONTEXT = PlaceContext(countries={"SY": 0.9, "US": 0.1})
HIT: dict[str, Any] = {
    "osm_type": "node", "osm_id": 7, "lat": "35.5", "lon": "40.25", "name": "Tell Mithal", "addresstype": "village",
    "address": {"country_code": "sy", "state": "Some Governorate"}, "namedetails": {"name:ar": "تل مثال", "ref": "1"},
}  # fmt: skip


def reference(name: str) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=1)


class Service:
    """Answers from a list, and keeps the questions."""

    def __init__(self, *answers: object) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def ask(self, name: str, countries: tuple[str, ...], timeout: float) -> object:
        assert timeout > 0
        self.asked.append((name, countries))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def made(folder: Path, service: Service, problems: list[Problem] | None = None, **changes: Any) -> Fallback:  # noqa: ANN401
    told = [] if problems is None else problems
    config = GeocoderConfig(**{"service": "nominatim", "endpoint": "http://127.0.0.1:9", "interval_s": 0.0, **changes})
    store = Store(folder / "geocoder.sqlite3", told.append)
    return Fallback(
        config, service, store, folder, told.append, sleep=lambda _: None, today=lambda: "2024-01-01T00:00:00Z"
    )


# Asking


def test_a_hit_becomes_a_candidate_with_its_terms(tmp_path: Path) -> None:
    (found,) = made(tmp_path, Service([HIT])).lookup(reference("Tell Mithal"), CONTEXT)
    place = found.place
    assert (place.id, place.name, place.longitude, place.latitude) == ("osm:node/7", "Tell Mithal", 40.25, 35.5)
    assert (place.kind, place.country, place.admin1, place.aliases) == (
        "village",
        "SY",
        "Some Governorate",
        ("تل مثال",),
    )
    assert "ODbL" in place.source
    assert found.score == 1.0
    assert "not reviewed" in " ".join(found.reasons)


def test_nobody_is_asked_twice_also_for_what_is_not_there(tmp_path: Path) -> None:
    service = Service([HIT], [])
    for _ in range(3):
        assert made(tmp_path, service).lookup(reference("Tell Mithal"), CONTEXT)
        assert made(tmp_path, service).lookup(reference("Nowhere"), CONTEXT) == ()
    assert [name for name, _ in service.asked] == ["Tell Mithal", "Nowhere"]


def test_the_same_name_elsewhere_is_another_question(tmp_path: Path) -> None:
    service = Service([])
    made(tmp_path, service).lookup(reference("Tell Mithal"), CONTEXT)
    made(tmp_path, service).lookup(reference("Tell Mithal"), PlaceContext(countries={"IQ": 1.0}))
    made(tmp_path, service, countries=("YE",)).lookup(reference("Tell Mithal"), CONTEXT)
    assert [countries for _, countries in service.asked] == [("SY",), ("IQ",), ("YE",)]


def test_a_failure_is_not_kept(tmp_path: Path) -> None:
    service = Service(LookupFailedError("x"), LookupFailedError("x"), LookupFailedError("x"), [HIT])
    geocoder = made(tmp_path, service)
    with pytest.raises(LookupFailedError):
        geocoder.lookup(reference("Tell Mithal"), CONTEXT)
    assert geocoder.lookup(reference("Tell Mithal"), CONTEXT)


def test_what_is_cached_is_found_also_after_a_refusal(tmp_path: Path) -> None:
    service = Service([HIT], ServiceRefusedError("no"))
    geocoder = made(tmp_path, service)
    geocoder.lookup(reference("Tell Mithal"), CONTEXT)
    with pytest.raises(ServiceRefusedError):
        geocoder.lookup(reference("Other"), CONTEXT)
    assert geocoder.lookup(reference("Tell Mithal"), CONTEXT)


@pytest.mark.parametrize("name", ["", "  ", "123", "\u202e", "x" * 500, "..."])
def test_what_is_no_name_is_not_asked(name: str, tmp_path: Path) -> None:
    service = Service([HIT])
    assert made(tmp_path, service).lookup(reference(name), CONTEXT) == ()
    assert not service.asked


def test_another_name_is_no_answer(tmp_path: Path) -> None:
    service = Service([HIT | {"name": "Great Windmill", "namedetails": {}}])
    assert made(tmp_path, service).lookup(reference("Tell Mithal"), CONTEXT) == ()


def test_a_cache_folder_that_cannot_be_written_ends_the_asking(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    service, problems = Service([HIT]), list[Problem]()
    with pytest.raises(ServiceRefusedError):
        made(tmp_path / "file" / "folder", service, problems).lookup(reference("Tell Mithal"), CONTEXT)
    assert not service.asked


# Photon and Pelias


def feature(**properties: object) -> dict[str, Any]:
    return {
        "features": [{"geometry": {"coordinates": [40.25, 35.5]}, "properties": {"name": "Tell Mithal", **properties}}]
    }


def test_photon_and_pelias_are_read_alike() -> None:
    photon = feature(osm_type="N", osm_id=7, osm_value="village", countrycode="SY", state="Gov")
    pelias = feature(gid="osm:7", layer="locality", country_code="SY", region="Gov")
    for service, answer, identifier in (("photon", photon, "osm:N/7"), ("pelias", pelias, "osm:7")):
        (found,) = candidates_of(service, answer, "Tell Mithal", ("SY",))
        place = found.place
        assert (place.id, place.kind, place.country, place.admin1) == (identifier, "village", "SY", "Gov")
        assert (place.longitude, place.latitude) == (40.25, 35.5)


@pytest.mark.parametrize("service", ["photon", "pelias"])
@pytest.mark.parametrize(
    "answer", [None, [], 7, {}, {"features": None}, {"features": [{"geometry": {"coordinates": [999, 3]}}]}]
)
def test_strange_answers_of_photon_and_pelias(service: str, answer: object) -> None:
    with pytest.raises(UnusableAnswerError):
        candidates_of(service, answer, "x", ())


def test_each_service_is_asked_in_its_own_words(monkeypatch: pytest.MonkeyPatch) -> None:
    from mapper import net
    from mapper.places.geocoders.services import service_for

    asked: list[tuple[str, Any]] = []

    def fetch(url: str, **options: Any) -> net.Fetched:  # noqa: ANN401
        asked.append((url, options))
        body = b"[]" if "nominatim" in url else b'{"features": []}'
        return net.Fetched(
            url=url, final_url=url, status=200, headers=(), body=body, size=2, sha256="", when="", address=""
        )

    monkeypatch.setattr(net, "fetch", fetch)
    for service in ("nominatim", "photon", "pelias"):
        config = GeocoderConfig(service=service, endpoint=f"https://{service}.example/base", key="canary")
        service_for(config).ask("Tell", ("SY",), 3.0)
    urls = [url for url, _ in asked]
    assert urls[0].startswith("https://nominatim.example/base/search?q=Tell")
    assert "countrycodes=sy" in urls[0]
    assert urls[1].startswith("https://photon.example/base/api?q=Tell")
    assert urls[2].startswith("https://pelias.example/base/v1/search?")
    assert "boundary.country=SY" in urls[2]
    assert not any("canary" in url for url in urls)
    assert [options["secret"] for _, options in asked] == [{"key": "canary"}, {"key": "canary"}, {"api_key": "canary"}]
    assert all(options["same_host"] and options["max_bytes"] == 1_000_000 for _, options in asked)


# Configuration


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "geocoders.toml"
    file.write_text('[nominatim]\nendpoint = "https://one.example/"\nlanguage = "ar"\ncountries = ["sy", "IQ"]\n')
    assert config_for("nominatim", {}, file).endpoint == "https://one.example"
    config = config_for(
        "nominatim", {"MAPPER_GEOCODER_ENDPOINT": "https://two.example", "MAPPER_GEOCODER_COUNTRIES": "ye"}, file
    )
    assert (config.endpoint, config.language, config.countries) == ("https://two.example", "ar", ("YE",))
    assert config_for("nominatim", {}, tmp_path / "none").endpoint == "https://nominatim.openstreetmap.org"


@pytest.mark.parametrize(
    ("service", "text", "environment", "words"),
    [
        ("google", "", {}, "no geocoder is called"),
        ("pelias", "", {}, "no public server"),
        ("photon", "", {"ENDPOINT": "ftp://x"}, "http or https"),
        ("photon", "", {"ENDPOINT": "http://user:pw@x"}, "http or https"),
        ("photon", "", {"COUNTRIES": "Syria"}, "two letters"),
        ("photon", "", {"CONTACT": "a\r\nX-Evil: 1"}, "printable"),
        ("photon", "[photon]\ninterval_s = 0.1", {}, "at most once a second"),
        ("photon", "[photon]\nspeed = 1", {}, "nothing else"),
        ("photon", "[photon]\ncountries = 3", {}, "wrong type"),
        ("photon", '[photon]\nkey = "canary', {}, "cannot be read"),
    ],
)
def test_a_configuration_that_is_no_good(
    tmp_path: Path, service: str, text: str, environment: dict[str, str], words: str
) -> None:
    file = tmp_path / "geocoders.toml"
    file.write_text(text)
    given = {f"MAPPER_GEOCODER_{name}": value for name, value in environment.items()}
    with pytest.raises(GazetteerError, match=words) as caught:
        config_for(service, given, file)
    assert "canary" not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "canary" not in repr(GeocoderConfig(service="photon", endpoint="https://x.example", key="canary"))


# Pace


class Clock:
    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def test_questions_keep_their_distance(tmp_path: Path) -> None:
    clock = Clock()
    pace = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    moments = []
    for _ in range(4):
        assert pace.wait(10.0)
        moments.append(clock.now)
    assert moments == [1_000.0, 1_001.0, 1_002.0, 1_003.0]
    other = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    assert not other.wait(0.5)
    assert other.wait(1.0)
    assert clock.now == 1_004.0


@pytest.mark.parametrize("content", [b"", b"nan", b"soon", b"9" * 400, b"\xff", b"99999999999.0"])
def test_a_damaged_or_future_moment_is_forgotten(tmp_path: Path, content: bytes) -> None:
    clock = Clock()
    pace = Pace(tmp_path, "geo.example", 1.0, clock=clock, sleep=clock.sleep)
    pace.wait(1.0)
    (tmp_path / "pace-geo.example").write_bytes(content)
    assert pace.wait(5.0)
    assert clock.now < 1_010


def test_processes_share_the_pace(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from mapper.places.geocoders.pace import Pace\n"
        "pace = Pace(Path(sys.argv[1]), 'geo.example', 0.15)\n"
        "for _ in range(4): pace.wait(60.0); print(time.time(), flush=True)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    moments = sorted(float(line) for process in running for line in process.communicate(timeout=60)[0].split())
    assert len(moments) == 12
    # What is waited for is a moment, so a late wake-up can bring two closer; never many.
    assert moments[-1] - moments[0] >= 11 * 0.15 - 0.1


# Cache


def answer(name: str = "Tell Mithal", *, found: bool = True) -> Answer:
    place = Place(
        id="osm:node/7", name=name, longitude=40.25, latitude=35.5, kind="village", country="SY", source="nominatim"
    )
    question = Question(service="nominatim", host="geo.example", name=name, countries=("SY",), language="en")
    candidates = (Candidate(place=place, score=0.9, reasons=("because",)),) if found else ()
    return Answer(question=question, asked="2024-01-01T00:00:00Z", licence="ODbL", candidates=candidates)


def test_an_answer_reads_back_the_same(tmp_path: Path) -> None:
    store = Store(tmp_path / "c.sqlite3", print)
    for kept in (answer(), answer("قرية", found=False)):
        store.put(kept)
        assert store.get(kept.question) == kept
    assert store.get(answer("Other").question) is None
    assert [a.question.name for a in store.answers()] == ["Tell Mithal", "قرية"]


def test_a_damaged_entry_is_a_miss_and_never_a_wrong_answer(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    draw = random.Random(7)
    whole = wrong = 0
    for trial in range(60):
        path.unlink(missing_ok=True)
        store = Store(path, lambda _: None)
        store.put(answer())
        data = bytearray(path.read_bytes())
        how = trial % 4
        if how == 0:
            for _ in range(20):
                data[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
        elif how == 1:
            del data[draw.randrange(len(data)) :]
        elif how == 2:
            start = draw.randrange(len(data) - 100)
            data[start : start + 100] = draw.randbytes(100)
        else:
            data = bytearray(draw.randbytes(draw.randrange(5_000)))
        path.write_bytes(bytes(data))
        got = Store(path, lambda _: None).get(answer().question)
        whole += got == answer()
        wrong += got is not None and got != answer()
        again = Store(path, lambda _: None)
        again.put(answer())
        assert again.get(answer().question) == answer()
    assert wrong == 0
    assert whole < 60


@pytest.mark.parametrize(
    "change",
    [
        "places = replace(places, '40.25', '41.25')", "places = '[1]'", "places = 'null'", "places = NULL",
        "places = x'00'", "digest = ''", "countries = 'IQ'", "asked = 7",
    ],
)  # fmt: skip
def test_a_changed_row_is_a_miss(tmp_path: Path, change: str) -> None:
    path = tmp_path / "c.sqlite3"
    store = Store(path, print)
    store.put(answer())
    table = sqlite3.connect(path)
    with table:
        try:
            table.execute(f"UPDATE answer SET {change}")
        except sqlite3.IntegrityError:
            table.execute("UPDATE answer SET places = ''")
    table.close()
    assert store.get(answer().question) is None
    assert store.answers() == []


def test_a_cache_of_another_version_is_made_anew_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite3"
    table = sqlite3.connect(path)
    table.execute("PRAGMA user_version = 99")
    table.close()
    problems: list[Problem] = []
    store = Store(path, problems.append)
    store.put(answer())
    assert store.get(answer().question) == answer()
    assert "made anew" in problems[0].what


# Quarantine


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_an_answer_waits_until_it_is_accepted(cache: Path, tmp_path: Path) -> None:
    store = Store(cache / "geocoder.sqlite3", print)
    store.put(answer())
    store.put(answer("Nothing There", found=False))
    (waiting,) = quarantine.pending(print)
    folder = tmp_path / "gazetteer"
    entry = quarantine.accept(waiting.question.key, folder, print, when="2024-02-03", author="a person")
    assert (entry.place.name, entry.geo_source, entry.geo_id) == ("Tell Mithal", "nominatim", "osm:node/7")
    assert (entry.added, entry.author) == ("2024-02-03", "a person")
    assert "ODbL" in entry.note
    assert quarantine.pending(print) == []
    problems: list[Problem] = []
    assert own.check(folder, problems.append) == 1
    assert not problems
    assert [p.name for p in own.read_places(folder, print)] == ["Tell Mithal"]


def test_a_refused_entry_stays_in_quarantine(cache: Path, tmp_path: Path) -> None:
    Store(cache / "geocoder.sqlite3", print).put(answer("Market"))
    (waiting,) = quarantine.pending(print)
    with pytest.raises(EntryRefusedError, match="common word"):
        quarantine.accept(waiting.question.key, tmp_path, print, when="2024-02-03")
    assert quarantine.pending(print) == [waiting]
    with pytest.raises(GazetteerError, match="choose one"):
        quarantine.accept(waiting.question.key, tmp_path, print, when="2024-02-03", choice=2)
    with pytest.raises(GazetteerError, match="no answer"):
        quarantine.accept("zzz", tmp_path, print, when="2024-02-03")


def test_a_rejected_answer_is_neither_shown_nor_used(cache: Path) -> None:
    geocoder = made(cache, Service([HIT]))
    geocoder.lookup(reference("Tell Mithal"), CONTEXT)
    (waiting,) = quarantine.pending(print)
    quarantine.reject(waiting.question.key, print)
    assert quarantine.pending(print) == []
    assert made(cache, Service([HIT])).lookup(reference("Tell Mithal"), CONTEXT) == ()


def test_opening_makes_no_connection_and_no_file(cache: Path) -> None:
    began = time.perf_counter()
    assert isinstance(open_geocoder("photon", report=print), Fallback)
    assert time.perf_counter() - began < 2
    assert not cache.exists()


def test_a_decision_that_cannot_be_kept_is_said(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(cache / "geocoder.sqlite3", lambda _: None)
    store.put(answer())

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(sqlite3, "connect", refuse)
    with pytest.raises(OutputError, match="could not be written"):
        store.decide(answer().question.key, "rejected")
