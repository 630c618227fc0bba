"""The fallback geocoder against a real Nominatim on this machine.

``sh tests/integration/install_nominatim.sh`` installs the server. Here it gets a
database of its own with a dozen invented villages, is started on a free port
of the loopback, and is asked for what no gazetteer has.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from mapper.errors import LookupFailedError, Problem
from mapper.geo import distance_m
from mapper.model import PlaceContext, PlaceReference
from mapper.places.gazetteer import own
from mapper.places.geocoders import Fallback, GeocoderConfig, open_geocoder, quarantine

ROOT = Path(__file__).resolve().parents[2]
HOME = Path(os.environ.get("MAPPER_NOMINATIM") or ROOT / ".ci" / "cache" / "nominatim")
NOMINATIM = HOME / "bin" / "nominatim"
INSTALL = "sh tests/integration/install_nominatim.sh installs it"
SYRIA = PlaceContext(countries={"SY": 1.0})
READY_S = 60


def _missing() -> str:
    """Say what is missing for these tests; empty if nothing is."""
    if not NOMINATIM.exists():
        return f"no Nominatim in {HOME.name}: {INSTALL}"
    if shutil.which("psql") is None or shutil.which("osm2pgsql") is None:
        return f"no PostgreSQL or osm2pgsql: {INSTALL}"
    asked = subprocess.run(["psql", "-qd", "postgres", "-c", "SELECT 1"], capture_output=True, check=False)
    return "" if asked.returncode == 0 else f"PostgreSQL is not running, or not for this user: {INSTALL}"


pytestmark = [
    pytest.mark.integration,
    pytest.mark.skipif(bool(_missing()), reason=_missing()),
    pytest.mark.xdist_group("nominatim"),
]


@dataclass(frozen=True)
class Village:
    """A village of our own making."""

    number: int
    longitude: float
    latitude: float
    name: str
    arabic: str
    english: str
    kind: str = "village"


VILLAGES = [
    Village(1, 36.50, 35.80, "المثلوبة", "المثلوبة", "Al Mathluba"),
    Village(2, 36.60, 35.90, "تل الورقان", "تل الورقان", "Tell al-Warqan"),
    # Two of one name, 40 km apart.
    Village(3, 36.40, 36.00, "خربة الشمعون", "خربة الشمعون", "Khirbat al-Shamun"),
    Village(4, 36.70, 35.70, "خربة الشمعون", "خربة الشمعون", "Khirbat al-Shamun"),
    Village(5, 36.55, 35.85, "الزنبورية", "الزنبورية", "Zanburiya", "town"),
    *(Village(10 + n, 36.45 + n * 0.03, 35.75, f"قرية {n}", f"قرية {n}", f"Qarya Raqm {n}") for n in range(6)),
]
GOVERNORATE = (36.3, 35.6, 36.8, 36.1)


def osm_file() -> str:
    """Write the villages and the governorate around them as OpenStreetMap's XML."""
    stamp = 'version="1" timestamp="2024-01-01T00:00:00Z"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']

    def tag(key: str, value: str) -> str:
        return f"<tag k={quoteattr(key)} v={quoteattr(value)}/>"

    for v in VILLAGES:
        tags = [tag("place", v.kind), tag("name", v.name), tag("name:ar", v.arabic), tag("name:en", v.english)]
        at = f'lon="{v.longitude:.6f}" lat="{v.latitude:.6f}"'
        lines.append(f'<node id="{v.number}" {stamp} {at}>{"".join(tags)}</node>')
    west, south, east, north = GOVERNORATE
    corners = [(west, south), (east, south), (east, north), (west, north)]
    for number, (longitude, latitude) in enumerate(corners, start=101):
        lines.append(f'<node id="{number}" {stamp} lon="{longitude}" lat="{latitude}"/>')
    refs = "".join(f'<nd ref="{number}"/>' for number in (101, 102, 103, 104, 101))
    lines.append(f'<way id="201" {stamp}>{refs}</way>')
    tags = [tag("type", "boundary"), tag("boundary", "administrative"), tag("admin_level", "4")]
    tags += [tag("name", "محافظة المثال"), tag("name:en", "Mithal Governorate"), tag("name:ar", "محافظة المثال")]
    lines.append(f'<relation id="301" {stamp}><member type="way" ref="201" role="outer"/>{"".join(tags)}</relation>')
    return "\n".join([*lines, "</osm>"])


@dataclass
class Running:
    """A server under way."""

    endpoint: str
    process: subprocess.Popen[bytes]
    log: Path

    def questions(self) -> int:
        """Count the questions that its log tells of."""
        return self.log.read_bytes().count(b"/search")


def _run(command: list[str], folder: Path, **environment: str) -> None:
    path = f"{HOME / 'bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command, cwd=folder, env=os.environ | {"PATH": path} | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("nominatim")
    database = f"mapper_test_{os.getpid()}"
    (folder / "villages.osm").write_text(osm_file(), encoding="utf-8")
    settings = {
        "NOMINATIM_DATABASE_DSN": f"pgsql:dbname={database}",
        "NOMINATIM_DATABASE_WEBUSER": "www-data",
        "NOMINATIM_TOKENIZER": "icu",
        "NOMINATIM_IMPORT_STYLE": "admin",
    }
    (folder / ".env").write_text("".join(f'{name}="{value}"\n' for name, value in settings.items()))
    command = [str(NOMINATIM), "import", "--osm-file", "villages.osm", "--threads", "2", "--osm2pgsql-cache", "200"]
    try:
        _run([*command, "--no-updates", "--offline"], folder)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        endpoint, log = f"http://127.0.0.1:{port}", folder / "server.log"
        uvicorn = [str(HOME / "bin" / "uvicorn"), "--factory", "nominatim_api.server.falcon.server:run_wsgi"]
        with (
            log.open("wb") as stream,
            subprocess.Popen(
                [*uvicorn, "--host", "127.0.0.1", "--port", str(port)], cwd=folder, stdout=stream, stderr=stream
            ) as process,
        ):
            try:
                _wait_until_ready(endpoint, process, log)
                yield Running(endpoint, process, log)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(20)
    finally:
        subprocess.run(["dropdb", "--if-exists", "--force", database], check=True)


def _wait_until_ready(endpoint: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{endpoint}/status?format=json", timeout=5) as answer:
                if json.load(answer)["status"] == 0:
                    return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def geocoder(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fallback:
    return opened(server, tmp_path, monkeypatch, interval_s=0.0)


def opened(
    server: Running,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    **changes: Any,  # noqa: ANN401 - handed on
) -> Fallback:
    monkeypatch.setenv("MAPPER_CACHE", str(folder / "cache"))
    config = GeocoderConfig(**{"service": "nominatim", "endpoint": server.endpoint, **changes})
    return open_geocoder("nominatim", report=unexpected, config=config)


def unexpected(problem: Problem) -> None:
    pytest.fail(f"unexpected: {problem}")


def reference(name: str) -> PlaceReference:
    return PlaceReference(name=name, start=0, end=len(name))


@pytest.mark.parametrize("village", VILLAGES[:2] + VILLAGES[4:5], ids=lambda v: v.english)
def test_a_village_is_found_by_its_english_and_its_arabic_name(geocoder: Fallback, village: Village) -> None:
    for name in (village.english, village.arabic):
        (found,) = geocoder.lookup(reference(name), SYRIA)
        place = found.place
        assert distance_m(place.longitude, place.latitude, village.longitude, village.latitude) < 100
        assert (place.kind, place.country, place.admin1) == (village.kind, "SY", "Mithal Governorate")
        assert place.id == f"osm:node/{village.number}"
        assert village.arabic in (place.name, *place.aliases)
        assert "ODbL" in place.source
        assert found.score >= 0.9


def test_homonyms_are_all_candidates(geocoder: Fallback) -> None:
    found = geocoder.lookup(reference("Khirbat al-Shamun"), SYRIA)
    assert {c.place.id for c in found} == {"osm:node/3", "osm:node/4"}
    assert found[0].score == found[1].score


def test_what_is_not_there_is_not_found_and_not_failed(geocoder: Fallback) -> None:
    assert geocoder.lookup(reference("Bayt al-Ghurab al-Abyad"), SYRIA) == ()


def test_countries_are_passed_on(geocoder: Fallback) -> None:
    assert geocoder.lookup(reference("Al Mathluba"), PlaceContext(countries={"YE": 1.0})) == ()
    assert geocoder.lookup(reference("Al Mathluba"), PlaceContext())


def test_the_language_is_passed_on(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = opened(server, tmp_path, monkeypatch, interval_s=0.0, language="ar").lookup(
        reference("Al Mathluba"), SYRIA
    )
    assert (found.place.name, found.place.admin1) == ("المثلوبة", "محافظة المثال")


def test_nobody_is_asked_twice(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = server.questions()
    for _ in range(3):
        opened(server, tmp_path, monkeypatch, interval_s=0.0).lookup(reference("Zanburiya"), SYRIA)
    assert server.questions() == before + 1


def test_questions_come_one_a_second(server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    geocoder = opened(server, tmp_path, monkeypatch)
    began = time.monotonic()
    for number in range(3):
        assert geocoder.lookup(reference(f"Qarya Raqm {number}"), SYRIA)
    assert time.monotonic() - began >= 2.0


def test_the_commands_ask_it_only_when_told_and_mark_its_answers(server: Running, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name,context,country\nAl Mathluba,,SY\nBayt al-Ghurab al-Abyad,,SY\n", encoding="utf-8")
    told = {"MAPPER_GEOCODER_ENDPOINT": server.endpoint, "MAPPER_CACHE": str(tmp_path / "cache")}

    def resolve(*options: str) -> list[dict[str, str]]:
        output = tmp_path / "out.csv"
        command = [sys.executable, "-m", "mapper.cli", "resolve", str(names), "--output", str(output)]
        command += ["--no-world", "--own-gazetteer", str(tmp_path / "none")]
        done = subprocess.run(
            [*command, *options], env=os.environ | told, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode in {0, 1}, done.stderr
        with output.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))

    before = server.questions()
    assert [row["method"] for row in resolve()] == ["", ""]
    assert [row["method"] for row in resolve("--geocoder", "nominatim", "--offline")] == ["", ""]
    assert server.questions() == before
    first, second = resolve("--geocoder", "nominatim")
    assert (first["status"], first["method"], first["longitude"][:4]) == ("resolved", "geocoder", "36.5")
    assert second["status"] == "not_found"
    assert server.questions() == before + 2
    assert resolve("--geocoder", "nominatim") == [first, second]
    assert server.questions() == before + 2


def test_an_answer_is_accepted_into_the_gazetteer(geocoder: Fallback, tmp_path: Path) -> None:
    geocoder.lookup(reference("Tell al-Warqan"), SYRIA)
    (waiting,) = quarantine.pending(unexpected)
    entry = quarantine.accept(waiting.question.key, tmp_path / "own", unexpected, when="2024-05-31")
    assert (entry.geo_source, entry.geo_id, entry.added) == ("nominatim", "osm:node/2", "2024-05-31")
    assert own.check(tmp_path / "own", unexpected) == 1


def test_a_server_that_is_gone_is_a_failure_and_no_absence(
    server: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAPPER_CACHE", str(tmp_path / "cache"))
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        config = GeocoderConfig(service="nominatim", endpoint=endpoint, interval_s=0.0)
        assert endpoint != server.endpoint
        problems: list[Problem] = []
        gone = open_geocoder("nominatim", report=problems.append, config=config)
        with pytest.raises(LookupFailedError):
            gone.lookup(reference("Al Mathluba"), SYRIA)
    assert len(problems) == 1


# The same measures on geopy alone, as most programs use it: each must show what the tests above would catch.


def _geopy(endpoint: str) -> Any:  # noqa: ANN401 - geopy has no types
    from geopy.geocoders import Nominatim

    return Nominatim(user_agent="a test", domain=endpoint.removeprefix("http://"), scheme="http", timeout=10)


def test_the_suite_sees_a_client_without_a_pace(server: Running) -> None:
    alone = _geopy(server.endpoint)
    began = time.monotonic()
    for number in range(3):
        assert alone.geocode(f"Qarya Raqm {number}")
    assert time.monotonic() - began < 2.0


def test_the_suite_sees_a_client_without_a_cache(server: Running) -> None:
    before = server.questions()
    for _ in range(3):
        _geopy(server.endpoint).geocode("Zanburiya")
    assert server.questions() == before + 3


def test_the_suite_sees_a_client_that_takes_the_first_homonym(server: Running) -> None:
    alone = _geopy(server.endpoint)
    found = alone.geocode("Khirbat al-Shamun", exactly_one=False)
    # One point, and no word of the other village of that name: the server itself takes them for one, unless told.
    assert len(found) == 1


def test_the_suite_sees_a_client_that_takes_a_dead_server_for_an_absence() -> None:
    from geopy.extra.rate_limiter import RateLimiter

    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        alone = _geopy(f"http://127.0.0.1:{nobody.getsockname()[1]}")
        limited = RateLimiter(alone.geocode, min_delay_seconds=0, max_retries=0, error_wait_seconds=0)
        assert limited("Al Mathluba") is None
