"""The fallback geocoder: what is asked, what is made of answers, how it is configured."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from geocoding import CONTEXT, HIT, Service, made, reference

from mapper.errors import (
    GazetteerError,
    LookupFailedError,
    Problem,
    ServiceRefusedError,
)
from mapper.model import PlaceContext
from mapper.places.geocoders import GeocoderConfig, config_for
from mapper.places.geocoders.answers import UnusableAnswerError, candidates_of

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
