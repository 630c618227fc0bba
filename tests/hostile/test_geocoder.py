"""A geocoder that misbehaves in every way: no traceback, no unchecked point, an end in time.

A server on this machine answers each question wrongly in another way. What our
fallback makes of it is counted; a trusting client, geopy as it is, must fail the same count.
"""

from __future__ import annotations

import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from mapper.errors import LookupFailedError, Problem, ServiceRefusedError
from mapper.geo import coordinate_fault
from mapper.model import PlaceContext, PlaceReference
from mapper.places.geocoders import Fallback, GeocoderConfig
from mapper.places.geocoders.services import service_for
from mapper.places.geocoders.store import Store

pytestmark = pytest.mark.hostile

REFERENCE = PlaceReference(name="Tell Mithal", start=0, end=11)
CONTEXT = PlaceContext(countries={"SY": 1.0})
TRUTH = (40.25, 35.5)
GOOD: dict[str, Any] = {
    "osm_type": "node", "osm_id": 7, "lat": "35.5", "lon": "40.25", "name": "Tell Mithal",
    "display_name": "Tell Mithal, Syria", "addresstype": "village",
    "address": {"country_code": "sy", "state": "Deir ez-Zor"}, "licence": "ODbL",
}  # fmt: skip


def http(body: bytes, status: str = "200 OK", *headers: str, kind: str = "application/json") -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"content-type: {kind}",
        f"content-length: {len(body)}",
        "connection: close",
        *headers,
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def hits(*items: object) -> bytes:
    return http(json.dumps(list(items)).encode())


def drip(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5000\r\n\r\n")
    for _ in range(600):
        line.sendall(b" ")
        time.sleep(0.05)


def endless(line: socket.socket) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[")
    while True:
        line.sendall(b'{"lat":"35.5"},' * 5_000)


def without(*names: str) -> dict[str, Any]:
    return {key: value for key, value in GOOD.items() if key not in names}


FAILED, REFUSED, NOT_FOUND = "failed", "refused", "not found"
Behaviour = bytes | Callable[[socket.socket], None]
BEHAVIOURS: dict[str, tuple[Behaviour, str]] = {
    "silence": (lambda _: time.sleep(20), FAILED),
    "slow drip": (drip, FAILED),
    "401": (http(b"{}", "401 Unauthorized"), REFUSED),
    "403": (http(b"{}", "403 Forbidden"), REFUSED),
    "429 without Retry-After": (http(b"{}", "429 Too Many Requests"), FAILED),
    "429 with a short Retry-After": (http(b"{}", "429 Too Many Requests", "retry-after: 2"), FAILED),
    "429 with a long Retry-After": (http(b"{}", "429 Too Many Requests", "retry-after: 86400"), REFUSED),
    "500": (http(b"oops", "500 Internal Server Error"), FAILED),
    "503": (http(b"", "503 Service Unavailable", "retry-after: never"), FAILED),
    "redirect to another host": (http(b"", "302 Found", "location: http://localhost:9/steal"), FAILED),
    "redirect in a circle": (http(b"", "302 Found", "location: /search"), FAILED),
    "redirect to a file": (http(b"", "302 Found", "location: file:///etc/passwd"), FAILED),
    "huge body": (endless, FAILED),
    "wrong content type": (http(json.dumps([GOOD]).encode(), kind="image/png"), FAILED),
    "page of HTML": (http(b"<html>Sign in</html>", kind="text/html"), FAILED),
    "HTML called JSON": (http(b"<html>Sign in</html>"), FAILED),
    "truncated JSON": (http(json.dumps([GOOD]).encode()[:-20]), FAILED),
    "null": (http(b"null"), FAILED),
    "a number": (http(b"7"), FAILED),
    "an object": (http(b'{"hits": []}'), FAILED),
    "an error as an object": (http(b'{"error": "boom"}'), FAILED),
    "nesting without end": (http(b"[" * 100_000), FAILED),
    "NaN": (http(b'[{"lat": NaN, "lon": NaN, "name": "Tell Mithal"}]'), FAILED),
    "coordinates missing": (hits(without("lat", "lon")), FAILED),
    "coordinates null": (hits(GOOD | {"lat": None, "lon": None}), FAILED),
    "coordinates empty": (hits(GOOD | {"lat": "", "lon": ""}), FAILED),
    "0, 0": (hits(GOOD | {"lat": "0", "lon": "0"}), FAILED),
    "longitude 999": (hits(GOOD | {"lon": "999"}), FAILED),
    "latitude 91": (hits(GOOD | {"lat": 91}), FAILED),
    "coordinates swapped": (hits(GOOD | {"lat": "40.25", "lon": "15.5", "address": {"country_code": "ye"}}), FAILED),
    "coordinates in another country": (hits(GOOD | {"lat": "48.85", "lon": "2.35"}), FAILED),
    "outside its own bounds": (hits(GOOD | {"boundingbox": ["33", "34", "36", "37"]}), FAILED),
    "coordinates are lists": (hits(GOOD | {"lat": [35.5], "lon": {"x": 40.25}}), FAILED),
    "a coordinate of 10,000 digits": (hits(GOOD | {"lat": "3" * 10_000}), FAILED),
    "markup for a name": (hits(GOOD | {"name": "<script>alert(1)</script>"}), FAILED),
    "hits that are no objects": (hits(None, 3, "x", []), FAILED),
    "thousands of hits": (hits(*[GOOD | {"lat": "95"}] * 3_000), FAILED),
    "disconnect": (b"", FAILED),
    "disconnect in the head": (b"HTTP/1.1 200", FAILED),
    "disconnect in the body": (http(json.dumps([GOOD]).encode())[:-30], FAILED),
    "no HTTP": (b"\x00\x01\x02\x03" * 100, FAILED),
    "a head without end": (b"HTTP/1.1 200 OK\r\n" + b"x-a: b\r\n" * 10_000, FAILED),
    "no hits": (hits(), NOT_FOUND),
}


@dataclass
class Server:
    """Answers every question in the way it is told to, and keeps the questions."""

    behaviour: Behaviour = b""
    asked: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        outer = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    head = self.request.recv(65_536).decode("latin-1")
                    outer.asked.append(head)
                    outer.times.append(time.monotonic())
                    if isinstance(outer.behaviour, bytes):
                        self.request.sendall(outer.behaviour)
                    else:
                        outer.behaviour(self.request)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()


class Clock:
    """Time that passes as fast as it is waited for."""

    def __init__(self) -> None:
        self.waited = 0.0
        self._began = time.monotonic()

    def __call__(self) -> float:
        return 1_000_000.0 + self.waited + time.monotonic() - self._began

    def sleep(self, seconds: float) -> None:
        self.waited += seconds


def fallback(
    server: Server,
    folder: Path,
    problems: list[Problem],
    **changes: Any,  # noqa: ANN401 - handed on
) -> tuple[Fallback, Clock]:
    options: dict[str, Any] = {
        "service": "nominatim",
        "endpoint": server.endpoint,
        "try_s": 0.4,
        "lookup_s": 15.0,
        **changes,
    }
    config = GeocoderConfig(**options)
    clock = Clock()
    store = Store(folder / "geocoder.sqlite3", problems.append)
    made = Fallback(
        config,
        service_for(config),
        store,
        folder,
        problems.append,
        clock=clock,
        sleep=clock.sleep,
        today=lambda: "2024",
    )
    return made, clock


@dataclass
class Outcome:
    """What came of a question."""

    word: str
    points: list[tuple[float, float]] = field(default_factory=list)
    traceback: str = ""


def ask_ours(geocoder: Fallback) -> Outcome:
    try:
        found = geocoder.lookup(REFERENCE, CONTEXT)
    except ServiceRefusedError:
        return Outcome(REFUSED)
    except LookupFailedError:
        return Outcome(FAILED)
    except Exception as fault:  # noqa: BLE001 - counting what gets out is the test
        return Outcome("traceback", traceback=repr(fault))
    return Outcome("found" if found else NOT_FOUND, [(c.place.longitude, c.place.latitude) for c in found])


def ask_trusting(server: Server) -> Outcome:
    """Ask as many a script does: geopy as it is, its errors caught, its points believed."""
    import geopy.adapters
    import geopy.exc
    import geopy.geocoders

    client = geopy.geocoders.Nominatim(
        domain=server.endpoint.removeprefix("http://"),
        scheme="http",
        user_agent="mapper-tests",
        timeout=0.4,
        adapter_factory=geopy.adapters.URLLibAdapter,
        proxies={},
    )
    try:
        location = client.geocode(REFERENCE.name)
    except geopy.exc.GeopyError:
        return Outcome(FAILED)
    except Exception as fault:  # noqa: BLE001 - counting what gets out is the test
        return Outcome("traceback", traceback=repr(fault))
    return Outcome("found", [(location.longitude, location.latitude)]) if location else Outcome(NOT_FOUND)


def is_false(point: tuple[float, float]) -> bool:
    return coordinate_fault(*point) is not None or abs(point[0] - TRUTH[0]) > 0.1 or abs(point[1] - TRUTH[1]) > 0.1


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_misbehaving_server_gives_no_point_and_no_traceback(name: str, server: Server, tmp_path: Path) -> None:
    server.behaviour, expected = BEHAVIOURS[name]
    problems: list[Problem] = []
    geocoder, clock = fallback(server, tmp_path, problems)
    outcome = ask_ours(geocoder)
    assert outcome.traceback == ""
    assert outcome.points == []
    assert outcome.word == expected
    assert len(server.asked) <= 3 or "circle" in name
    assert clock.waited <= 15.0
    if expected == FAILED:
        assert len(problems) == 1
        assert "\n" not in str(problems[0])
    # What failed was not kept as an answer.
    server.behaviour = hits(GOOD)
    if expected == FAILED:
        assert ask_ours(geocoder).points == [TRUTH]


def test_the_count_of_all_misbehaviours(server: Server, tmp_path: Path, figure: Callable[..., None]) -> None:
    tracebacks = false_points = wrong_words = 0
    longest = 0.0
    for number, (behaviour, expected) in enumerate(BEHAVIOURS.values()):
        server.behaviour = behaviour
        geocoder, clock = fallback(server, tmp_path / str(number), [])
        began = time.monotonic()
        outcome = ask_ours(geocoder)
        longest = max(longest, time.monotonic() - began + clock.waited)
        tracebacks += bool(outcome.traceback)
        false_points += sum(map(is_false, outcome.points))
        wrong_words += outcome.word != expected
    figure("misbehaviours of a server", len(BEHAVIOURS), ">= 24")
    figure("tracebacks", tracebacks, "0")
    figure("false points", false_points, "0")
    figure("failed taken for not found", wrong_words, "0")
    figure("longest look-up, s", f"{longest:.1f}", "< 16")
    assert (tracebacks, false_points, wrong_words) == (0, 0, 0)
    assert longest < 16


def test_the_suite_sees_what_a_trusting_client_does(server: Server, figure: Callable[..., None]) -> None:
    skipped = {"silence", "slow drip", "huge body", "a head without end"}
    tracebacks = false_points = confused = 0
    for name, (behaviour, expected) in BEHAVIOURS.items():
        if name in skipped:
            continue
        server.behaviour = behaviour
        outcome = ask_trusting(server)
        tracebacks += bool(outcome.traceback)
        false_points += sum(map(is_false, outcome.points))
        confused += outcome.word == NOT_FOUND and expected != NOT_FOUND
    figure("tracebacks of a trusting client", tracebacks, "> 0")
    figure("false points of a trusting client", false_points, "> 0")
    assert tracebacks >= 5
    assert false_points >= 4
    assert confused >= 1


def test_a_run_against_a_dead_server_ends(server: Server, tmp_path: Path, figure: Callable[..., None]) -> None:
    server.behaviour = lambda _: time.sleep(30)
    problems: list[Problem] = []
    geocoder, clock = fallback(server, tmp_path, problems, try_s=0.3)
    began = time.monotonic()
    words = []
    for number in range(200):
        try:
            geocoder.lookup(PlaceReference(name=f"Tell Mithal {number}", start=0, end=1), CONTEXT)
        except ServiceRefusedError:
            words.append(REFUSED)
        except LookupFailedError:
            words.append(FAILED)
    took = time.monotonic() - began + clock.waited
    figure("200 look-ups at a dead server, s", f"{took:.1f}", "< 60")
    assert words == [FAILED] * 3 + [REFUSED] * 197
    assert len(server.asked) <= 9
    assert took < 60
    assert len(problems) == 4


@pytest.mark.parametrize("status", ["401 Unauthorized", "403 Forbidden"])
def test_a_no_is_final(status: str, server: Server, tmp_path: Path) -> None:
    server.behaviour = http(b"{}", status)
    problems: list[Problem] = []
    geocoder, _ = fallback(server, tmp_path, problems)
    assert ask_ours(geocoder).word == REFUSED
    server.behaviour = hits(GOOD)
    assert ask_ours(geocoder).word == REFUSED
    assert len(server.asked) == 1
    assert len(problems) == 1
    assert "not asked any more in this run" in problems[0].what


def test_a_short_retry_after_is_honoured(server: Server, tmp_path: Path) -> None:
    answers = [http(b"{}", "429 Too Many Requests", "retry-after: 4"), hits(GOOD)]
    server.behaviour = lambda line: line.sendall(answers[len(server.asked) - 1])
    geocoder, clock = fallback(server, tmp_path, [])
    assert ask_ours(geocoder).points == [TRUTH]
    assert 4.0 <= clock.waited <= 5.5


def test_a_key_is_sent_and_appears_nowhere_else(
    server: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    canary = "canary-7f3a"
    caplog.set_level("DEBUG")
    problems: list[Problem] = []
    texts = []
    for name, (behaviour, _) in BEHAVIOURS.items():
        if name in {"silence", "slow drip", "huge body"}:
            continue
        server.behaviour = behaviour
        geocoder, _clock = fallback(server, tmp_path / name.replace(" ", "_"), problems, key=canary)
        try:
            geocoder.lookup(REFERENCE, CONTEXT)
        except (LookupFailedError, ServiceRefusedError) as fault:
            chain: BaseException | None = fault
            while chain is not None:
                texts.append(repr(chain))
                chain = chain.__cause__ or chain.__context__
        texts.append(repr(geocoder._config))
    assert all(f"key={canary}" in head for head in server.asked)
    kept = b"".join(p.read_bytes() for p in tmp_path.rglob("*") if p.is_file())
    said = "".join([caplog.text, *capfd.readouterr(), *texts, *map(str, problems)])
    assert said
    assert canary not in said
    assert canary.encode() not in kept


def test_the_question_names_tool_country_and_language_and_nothing_more(server: Server, tmp_path: Path) -> None:
    server.behaviour = hits(GOOD)
    geocoder, _ = fallback(server, tmp_path, [], language="ar", contact="maps@example.org")
    reference = PlaceReference(name="Tell\u202e  Mithal\n", start=0, end=9, near=("secret",), containers=("secret",))
    assert geocoder.lookup(reference, CONTEXT)
    (head,) = server.asked
    line, *headers = head.split("\r\n")
    query = parse_qs(urlsplit(line.split(" ")[1]).query)
    assert query["q"] == ["Tell Mithal"]
    assert query["countrycodes"] == ["sy"]
    assert query["accept-language"] == ["ar"]
    agent = next(h for h in headers if h.lower().startswith("user-agent:"))
    assert agent.startswith("User-Agent: mapper/")
    assert "maps@example.org" in agent
    assert "secret" not in head
    assert not any(h.lower().startswith(("cookie", "referer", "authorization")) for h in headers)
