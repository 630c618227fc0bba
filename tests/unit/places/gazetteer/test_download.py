"""Fetching a country from a server on this machine, with what can go wrong on the way."""

from __future__ import annotations

import io
import json
import socket
import zipfile
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from mapper.errors import GazetteerError, NetworkError
from mapper.places.gazetteer.download import download_geonames
from mapper.places.importers import geonames

ROW = "1\tTell Mithal\tTell Mithal\t\t35.5\t40.25\tP\tPPL\tSY\t\t07\t\t\t\t0\t\t\t\t\n"


def packed(name: str = "SY.txt", text: str = ROW) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(name, text)
    return buffer.getvalue()


def serve(server: HTTPServer, data: bytes, name: str = "SY.zip") -> str:
    server.expect_request("/admin1CodesASCII.txt").respond_with_data("SY.07\tSome Governorate\n")
    server.expect_request("/admin2Codes.txt").respond_with_data("")
    server.expect_request(f"/{name}").respond_with_data(data)
    return server.url_for("").rstrip("/")


def test_a_country_is_fetched_unpacked_and_recorded(httpserver: HTTPServer, tmp_path: Path) -> None:
    base = serve(httpserver, packed())
    told: list[tuple[str, int, int | None]] = []
    dump = download_geonames(
        "sy", tmp_path, base=base, allow_private=True, progress=lambda *so_far: told.append(so_far)
    )
    (place,) = geonames.read(dump, print)
    assert (place.name, place.admin1) == ("Tell Mithal", "Some Governorate")
    record = json.loads((tmp_path / "SY.json").read_text())
    assert record["files"][-1]["url"] == f"{base}/SY.zip"
    assert len(record["files"][-1]["sha256"]) == len(record["dump_sha256"]) == 64
    assert {"SY.txt", "SY.json", "admin1CodesASCII.txt", "admin2Codes.txt"} <= {p.name for p in tmp_path.iterdir()}
    assert not list(tmp_path.glob("*.zip")) + list(tmp_path.glob("*.part*"))
    assert told[-1][0] == "SY.zip"


def test_a_broken_download_goes_on(httpserver: HTTPServer, tmp_path: Path) -> None:
    data = packed(text=ROW * 2_000)
    asked = []

    def answer(request: object) -> Response:
        wanted = request.headers.get("Range", "")  # type: ignore[attr-defined]
        asked.append(wanted)
        start = int(wanted[6:-1]) if wanted else 0
        headers = {"ETag": '"v1"'}
        if start:
            return Response(
                data[start:], 206, headers | {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"}
            )
        # Announces all, sends half: the connection breaks.
        return Response(iter([data[: len(data) // 2]]), 200, headers | {"Content-Length": str(len(data))})

    base = serve(httpserver, b"", "none")
    httpserver.expect_request("/SY.zip").respond_with_handler(answer)
    dump = download_geonames("SY", tmp_path, base=base, allow_private=True)
    assert dump.read_text(encoding="utf-8") == ROW * 2_000
    assert asked == ["", f"bytes={len(data) // 2}-"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"not a zip", "came damaged"), (packed()[:-30], "came damaged"), (packed("IQ.txt"), "has no SY.txt")],
)
def test_what_is_no_dump_is_refused(httpserver: HTTPServer, tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "SY.txt").write_text("before")
    with pytest.raises(GazetteerError, match=words):
        download_geonames("SY", tmp_path, base=serve(httpserver, data), allow_private=True)
    assert (tmp_path / "SY.txt").read_text() == "before"


def test_a_changed_byte_is_found(httpserver: HTTPServer, tmp_path: Path) -> None:
    data = bytearray(packed(text="".join(ROW.replace("1\t", f"{n}\t", 1) for n in range(500))))
    data[len(data) // 2] ^= 1
    with pytest.raises(GazetteerError, match="came damaged"):
        download_geonames("SY", tmp_path, base=serve(httpserver, bytes(data)), allow_private=True)


def test_a_wrong_hash_is_refused(httpserver: HTTPServer, tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="thrown away"):
        download_geonames("SY", tmp_path, base=serve(httpserver, packed()), allow_private=True, sha256="0" * 64)


@pytest.mark.parametrize("country", ["", "SYR", "../..", "S/", "ss y"])
def test_no_country_no_question(tmp_path: Path, country: str) -> None:
    with pytest.raises(GazetteerError, match="no country code"):
        download_geonames(country, tmp_path)
    assert not list(tmp_path.iterdir())


def test_without_a_network_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    monkeypatch.setattr("time.sleep", lambda _: None)
    with pytest.raises(NetworkError, match=r"Is there a network\? Or fetch https://\S+SY\.zip elsewhere"):
        download_geonames("SY", tmp_path)
