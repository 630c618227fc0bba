"""Downloads against a server on this machine: what is refused, bounded, followed and gone on with."""

from __future__ import annotations

import gzip
import hashlib
import json
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mapper import downloads, net, wire
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError

Handler = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server whose every path is a function."""

    def __init__(self) -> None:
        self.paths: dict[str, Handler] = {}
        self.seen: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                outer.paths.get(self.path, send(b"no", status=404))(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


def send(body: bytes, status: int = 200, **headers: str) -> Handler:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        if "content_length" not in headers:
            request.send_header("content-length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()


def test_a_page_comes_with_its_evidence(server: Server) -> None:
    server.paths["/page"] = send(b"<p>text", content_type="text/html; charset=utf-8")
    got = net.fetch(f"{server.url}/page", allow_private=True)
    assert (got.status, got.body, got.size, got.address) == (200, b"<p>text", 7, "127.0.0.1")
    assert got.header("Content-Type") == "text/html; charset=utf-8"
    assert got.sha256 == hashlib.sha256(b"<p>text").hexdigest()
    assert got.final_url == got.url == f"{server.url}/page"
    assert got.when.endswith("Z")
    assert server.seen[0][1]["user-agent"].startswith("mapper/")
    assert server.seen[0][1]["accept-encoding"] == "identity"


def test_this_machine_is_not_asked_unless_allowed(server: Server) -> None:
    with pytest.raises(NetworkError, match="own network"):
        net.fetch(f"{server.url}/page")
    assert not server.seen


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
        "224.0.0.1", "240.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1", "not an address",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not wire.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "2606:4700::1111", "64:ff9b::101:101"])
def test_addresses_that_are_public(address: str) -> None:
    assert wire.is_public(address)


def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = []

    def rebinding(host: str, port: int, **_: object) -> list[object]:
        looked_up.append(host)
        address = "93.184.216.34" if len(looked_up) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    connected = []

    def connect(_: socket.socket, address: object) -> None:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", rebinding)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(LookupFailedError, match="refused"):
        net.fetch("http://rebinding.example/")
    assert looked_up == ["rebinding.example"]
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://example.org/", "gopher://example.org/", "javascript:alert(1)", "//example.org",
        "http://", "https:///path", "http://user:secret@example.org/", "http://exa mple.org/", "http://example.org/\n",
        "http://example.org:99999/", "http://[::1/", "http://\u2028example.org", "http://" + "a" * 5_000, "",
        "data:text/plain,hello", "http://" + "\u00fc" * 80 + ".org/",
    ],
)  # fmt: skip
def test_what_is_no_address_on_the_web_is_refused(url: str) -> None:
    with pytest.raises(NetworkError) as caught:
        net.fetch(url, allow_private=True)
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_redirects_are_followed_and_told(server: Server) -> None:
    server.paths["/a"] = send(b"", 302, location="/b")
    server.paths["/b"] = send(b"", 301, location=f"{server.url}/c")
    server.paths["/c"] = send(b"there")
    got = net.fetch(f"{server.url}/a", allow_private=True)
    assert got.body == b"there"
    assert got.final_url == f"{server.url}/c"
    assert got.redirects == (f"{server.url}/a", f"{server.url}/b")


@pytest.mark.parametrize(
    ("location", "word"),
    [("/loop", "more than 5 times"), ("", "nowhere"), ("file:///etc/passwd", "http and https")],
)
def test_redirects_that_are_not_followed(server: Server, location: str, word: str) -> None:
    server.paths["/loop"] = send(b"", 302, location=location)
    with pytest.raises(NetworkError, match=word):
        net.fetch(f"{server.url}/loop", allow_private=True)
    assert len(server.seen) <= 6


def test_a_redirect_into_the_own_network_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    server.paths["/out"] = send(b"", 302, location="http://10.0.0.1/admin")
    monkeypatch.setattr(wire, "is_public", lambda address: address == "127.0.0.1")
    with pytest.raises(NetworkError, match=r"10\.0\.0\.1 is an address of this machine or its own network"):
        net.fetch(f"{server.url}/out")


def test_a_redirect_never_leaves_https() -> None:
    asked = wire.target("https://example.org/")
    with pytest.raises(NetworkError, match="from https to http"):
        net._next(asked, "http://example.org/", ["https://example.org/"])


@pytest.mark.parametrize(
    ("status", "fault"),
    [(401, ServiceRefusedError), (403, ServiceRefusedError), (404, LookupFailedError), (500, LookupFailedError)],
)
def test_a_status_says_whether_to_go_on(server: Server, status: int, fault: type[NetworkError]) -> None:
    server.paths["/x"] = send(b"", status)
    with pytest.raises(fault, match=str(status)):
        net.fetch(f"{server.url}/x", allow_private=True)


def test_a_status_keeps_what_the_server_asks_for(server: Server) -> None:
    server.paths["/x"] = send(b"", 429, retry_after="7")
    with pytest.raises(net.StatusError) as caught:
        net.fetch(f"{server.url}/x", allow_private=True)
    assert (caught.value.status, caught.value.retry_after) == (429, "7")


def test_a_redirect_to_another_host_is_refused_where_asked(server: Server) -> None:
    server.paths["/x"] = send(b"", 302, location=server.url.replace("127.0.0.1", "localhost") + "/y")
    server.paths["/y"] = send(b"there")
    assert net.fetch(f"{server.url}/x", allow_private=True).body == b"there"
    with pytest.raises(NetworkError, match="another host, localhost"):
        net.fetch(f"{server.url}/x", allow_private=True, same_host=True)


def test_a_secret_is_sent_and_appears_nowhere(server: Server) -> None:
    server.paths["/x?q=1&key=canary%26"] = send(b"there")
    server.paths["/y?key=canary%26"] = send(b"", 500)
    got = net.fetch(f"{server.url}/x?q=1", allow_private=True, secret={"key": "canary&"})
    assert got.body == b"there"
    assert "canary" not in repr(got)
    with pytest.raises(net.StatusError) as caught:
        net.fetch(f"{server.url}/y", allow_private=True, secret={"key": "canary&"})
    assert "canary" not in f"{caught.value!r} {caught.value.__cause__!r}"


def test_too_much_is_not_read(server: Server) -> None:
    def endless(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        with suppress(OSError):
            while True:
                request.wfile.write(b"x" * 65_536)

    server.paths["/endless"] = endless
    server.paths["/declared"] = send(b"", content_length="1000000000")
    server.paths["/bomb"] = send(gzip.compress(b"0" * 1_000_000), content_encoding="gzip")
    for path in ("/endless", "/declared", "/bomb"):
        with pytest.raises(LimitError, match="larger than the limit of 100,000"):
            net.fetch(f"{server.url}{path}", allow_private=True, max_bytes=100_000)


def test_a_packed_answer_is_unpacked_and_a_strange_one_refused(server: Server) -> None:
    server.paths["/gz"] = send(gzip.compress(b"text"), content_encoding="gzip")
    server.paths["/br"] = send(b"\x0b", content_encoding="br")
    server.paths["/bad"] = send(b"not gzip", content_encoding="gzip")
    assert net.fetch(f"{server.url}/gz", allow_private=True).body == b"text"
    for path in ("/br", "/bad"):
        with pytest.raises(NetworkError, match="packed as"):
            net.fetch(f"{server.url}{path}", allow_private=True)


def raw(answer: Callable[[socket.socket], None]) -> tuple[str, socketserver.TCPServer]:
    class Once(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(65_536)
            with suppress(OSError):
                answer(self.request)

    made = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Once)
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True).start()
    return f"http://127.0.0.1:{made.server_address[1]}/", made


def drip(line: socket.socket, head: bytes) -> None:
    line.sendall(head)
    for _ in range(200):
        line.sendall(b"x")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "answer",
    [
        lambda line: drip(line, b"HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n"),
        lambda line: drip(line, b"HTTP/1.1 200 OK\r\nx-header: "),
        lambda line: drip(line, b""),
        lambda _: time.sleep(5),
    ],
    ids=["body", "header", "status", "silence"],
)
def test_a_slow_drip_ends_at_the_deadline(answer: Callable[[socket.socket], None]) -> None:
    url, made = raw(answer)
    began = time.monotonic()
    with pytest.raises(LookupFailedError, match="in time"):
        net.fetch(url, allow_private=True, timeout=0.5)
    assert time.monotonic() - began < 2.0
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"\x16\x03\x01", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500,
        b"HTTP/1.1 200 OK\r\n" + b"a" * 100_000,
    ],
    ids=["nothing", "tls", "status", "half", "chunk", "many headers", "long header"],
)  # fmt: skip
def test_a_broken_answer_is_one_line(answer: bytes) -> None:
    url, made = raw(lambda line: line.sendall(answer))
    with pytest.raises(LookupFailedError) as caught:
        net.fetch(url, allow_private=True, timeout=3)
    assert "\n" not in str(caught.value)
    made.shutdown()
    made.server_close()


def test_no_network_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(LookupFailedError, match="Is there a network"):
        net.fetch("https://example.org/")


DATA = bytes(range(256)) * 400


def ranged(server: Server, *, cut: int = 0, tag: str = '"v1"') -> Handler:
    """Answer ranges; cut the first answer after so many bytes."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("range", "")
        start = int(asked[6:-1]) if asked and request.headers.get("if-range") == tag else 0
        request.send_response(206 if start else 200)
        request.send_header("etag", tag)
        request.send_header("content-length", str(len(DATA) - start))
        if start:
            request.send_header("content-range", f"bytes {start}-{len(DATA) - 1}/{len(DATA)}")
        request.end_headers()
        first = sum(1 for path, _ in server.seen if path == request.path) == 1
        request.wfile.write(DATA[start : start + cut] if cut and first else DATA[start:])

    return answer


def get(server: Server, path: Path, **more: object) -> net.Fetched:
    options = {"allow_private": True, "max_bytes": 10**6, "timeout": 5.0, "pause": lambda _: None, **more}
    return downloads.download(f"{server.url}/file", path, **options)  # type: ignore[arg-type]


def test_a_broken_download_goes_on_where_it_stopped(server: Server, tmp_path: Path) -> None:
    server.paths["/file"] = ranged(server, cut=5_000)
    told: list[tuple[int, int | None]] = []
    got = get(server, tmp_path / "f", progress=lambda *so_far: told.append(so_far))
    assert (tmp_path / "f").read_bytes() == DATA
    assert got.sha256 == hashlib.sha256(DATA).hexdigest()
    assert got.size == len(DATA)
    assert server.seen[1][1]["range"] == "bytes=5000-"
    assert server.seen[1][1]["if-range"] == '"v1"'
    assert told[-1] == (len(DATA), len(DATA))
    assert {p.name for p in tmp_path.iterdir()} <= {"f", "f.lock"}


def test_a_file_that_changed_meanwhile_starts_over(server: Server, tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(b"old old old")
    (tmp_path / "f.part.json").write_text(json.dumps({"url": f"{server.url}/file", "validator": '"v0"'}))
    server.paths["/file"] = ranged(server)
    get(server, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == DATA


@pytest.mark.parametrize("state", ["", "{}", "[1]", '{"url": 3}', '{"url": "other", "validator": "x"}', "\0"])
def test_an_unknown_beginning_is_not_gone_on_with(server: Server, tmp_path: Path, state: str) -> None:
    (tmp_path / "f.part").write_bytes(b"whatever")
    (tmp_path / "f.part.json").write_text(state)
    server.paths["/file"] = ranged(server)
    get(server, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == DATA
    assert "range" not in server.seen[0][1]


def test_a_wrong_part_is_thrown_away(server: Server, tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(DATA[:100])
    (tmp_path / "f.part.json").write_text(json.dumps({"url": f"{server.url}/file", "validator": '"v1"'}))
    good = ranged(server)
    liar = send(DATA, 206, content_range="bytes 7-99/100")

    def first_lies(request: BaseHTTPRequestHandler) -> None:
        (liar if len(server.seen) == 1 else good)(request)

    server.paths["/file"] = first_lies
    get(server, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == DATA


def test_a_finished_part_that_the_server_has_no_more_of(server: Server, tmp_path: Path) -> None:
    (tmp_path / "f.part").write_bytes(DATA)
    (tmp_path / "f.part.json").write_text(json.dumps({"url": f"{server.url}/file", "validator": '"v1"'}))
    good = ranged(server)
    gone = send(b"", 416)

    def first_none(request: BaseHTTPRequestHandler) -> None:
        (gone if len(server.seen) == 1 else good)(request)

    server.paths["/file"] = first_none
    get(server, tmp_path / "f")
    assert (tmp_path / "f").read_bytes() == DATA


def test_a_wrong_hash_leaves_what_was_there(server: Server, tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"before")
    server.paths["/file"] = ranged(server)
    with pytest.raises(NetworkError, match="thrown away"):
        get(server, tmp_path / "f", sha256="0" * 64)
    assert (tmp_path / "f").read_bytes() == b"before"
    assert {p.name for p in tmp_path.iterdir()} <= {"f", "f.lock"}


def test_a_download_gives_up_after_three_tries(server: Server, tmp_path: Path) -> None:
    waits: list[float] = []
    server.paths["/file"] = send(b"", 503)
    with pytest.raises(LookupFailedError, match="503"):
        get(server, tmp_path / "f", pause=waits.append)
    assert len(server.seen) == downloads.TRIES
    assert waits == [1.0, 2.0]
    assert not (tmp_path / "f").exists()


def test_a_refusal_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    server.paths["/file"] = send(b"", 403)
    with pytest.raises(ServiceRefusedError):
        get(server, tmp_path / "f")
    assert len(server.seen) == 1


def test_a_download_has_a_limit(server: Server, tmp_path: Path) -> None:
    server.paths["/file"] = ranged(server)
    with pytest.raises(LimitError):
        get(server, tmp_path / "f", max_bytes=1_000)
    assert not (tmp_path / "f").exists()


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.paths["/page"] = send(b"direct")
    assert net.fetch(f"{server.url}/page", allow_private=True).body == b"direct"
