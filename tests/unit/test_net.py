"""Downloads against a server on this machine: what is refused, bounded, followed and gone on with."""

from __future__ import annotations

import gzip
import hashlib
import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler

import pytest
from web_server import Server, send

from mapper import net, wire
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError


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


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.paths["/page"] = send(b"direct")
    assert net.fetch(f"{server.url}/page", allow_private=True).body == b"direct"
