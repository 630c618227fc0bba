"""Downloads of large files: gone on with where they stopped, checked, bounded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from web_server import Handler, Server, send

from mapper import downloads, net
from mapper.errors import LimitError, LookupFailedError, NetworkError, ServiceRefusedError


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.server.shutdown()
    made.server.server_close()


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
