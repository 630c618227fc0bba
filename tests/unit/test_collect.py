"""A page is saved as it came, with how it was come by; a page that cannot be had is one line."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from mapper.collect import collect
from mapper.errors import ArticleError, Problem
from mapper.reading.articles.loading import read_articles

PARAGRAPH = "A shell struck a bakery in the town of Exampleton, and twelve people were killed, residents said."
PAGE = (
    f"<html><head><title>=1+1</title></head><body><article><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></article></body></html>"
)
ARABIC = "أصابت قذيفة سوق القرية"
COLUMNS = "file,url,archived_url,title,publisher,author,published,origin"


class Pages(BaseHTTPRequestHandler):
    """A small web site with good and bad pages."""

    def do_GET(self) -> None:
        kind, body, status = "text/html; charset=utf-8", PAGE.encode(), 200
        match self.path.split("?", 1)[0]:
            case "/plain":
                kind, body = "text/plain", PARAGRAPH.encode()
            case "/arabic":
                kind, body = "text/plain; charset=Windows-1256", ARABIC.encode("cp1256")
            case "/pdf":
                kind, body = "application/pdf", b"%PDF-1.7"
            case "/empty":
                body = b""
            case "/big":
                body = b"x" * 5_000
            case "/gone":
                status = 404
            case "/no":
                status = 403
            case "/moved" | "/../../etc/moved":
                status = 302
            case "/number":
                body += self.path.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("X-Example", "caf\u00e9".encode().decode("latin-1"))
        if status == 302:
            self.send_header("Location", "/page")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def gather(into: Path, *urls: str, **options: int) -> tuple[list[Path], list[str]]:
    problems: list[Problem] = []
    saved = collect(urls, into, report=problems.append, allow_private=True, pause=lambda _: None, **options)
    return saved, [str(p) for p in problems]


def rows(into: Path) -> list[dict[str, str]]:
    with (into / "sources.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_page_is_saved_as_it_came_with_how_it_was_come_by(tmp_path: Path, site: str) -> None:
    (path,), problems = gather(tmp_path / "new", f"{site}/page?q=1")
    digest = sha256(PAGE.encode()).hexdigest()
    assert path.read_bytes() == PAGE.encode()
    assert path.name == f"127.0.0.1-{digest[:16]}.html"
    record = json.loads(path.with_name(f"{path.stem}.received.json").read_text(encoding="ascii"))
    assert record["url"] == record["final_url"] == f"{site}/page?q=1"
    assert (record["status"], record["sha256"], record["address"]) == (200, digest, "127.0.0.1")
    assert ["Content-Type", "text/html; charset=utf-8"] in record["headers"]
    assert record["received"].endswith("Z")
    assert rows(path.parent) == [dict.fromkeys(COLUMNS.split(","), "") | {"file": path.name, "url": f"{site}/page?q=1"}]
    assert not problems


def test_what_was_collected_is_read_like_any_article(tmp_path: Path, site: str) -> None:
    gather(tmp_path, f"{site}/page", f"{site}/plain")
    problems: list[Problem] = []
    articles = list(read_articles([tmp_path], problems.append))
    assert {a.url for a in articles} == {f"{site}/page", f"{site}/plain"}
    assert all(PARAGRAPH in a.text for a in articles)
    assert not problems


def test_a_redirect_is_followed_and_written_down(tmp_path: Path, site: str) -> None:
    (path,), _ = gather(tmp_path, f"{site}/moved")
    record = json.loads(path.with_name(f"{path.stem}.received.json").read_text(encoding="ascii"))
    assert (record["final_url"], record["redirects"]) == (f"{site}/page", [f"{site}/moved"])
    assert rows(tmp_path)[0]["url"] == f"{site}/moved"


def test_the_same_page_again_changes_nothing(tmp_path: Path, site: str) -> None:
    gather(tmp_path, f"{site}/page")
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    (path,), problems = gather(tmp_path, f"{site}/page")
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == before
    assert path.is_file()
    assert not problems


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/gone", "404"),
        ("/no", "403"),
        ("/pdf", "it is application/pdf"),
        ("/empty", "the page is empty"),
        ("/big", "larger than the limit"),
        ("ftp://127.0.0.1/a", "only http and https"),
        ("file:///etc/hostname", "only http and https"),
        ("http://user:secret@127.0.0.1/", "user name or password"),
        ("http://[broken/", "not an address"),
        ("nonsense", "only http and https"),
        ("http://127.0.0.1:1/", "refused"),
    ],
)
def test_a_page_that_cannot_be_had_is_one_line_and_the_next_is_saved(
    tmp_path: Path, site: str, address: str, message: str
) -> None:
    url = site + address if address.startswith("/") else address
    saved, problems = gather(tmp_path, url, f"{site}/page", max_bytes=1_000)
    assert len(saved) == 1
    assert len(problems) == 1
    assert "not saved: " in problems[0]
    assert message in problems[0]
    assert "secret" not in problems[0]
    assert len(rows(tmp_path)) == 1


def test_addresses_of_this_machine_are_refused_unless_allowed(tmp_path: Path, site: str) -> None:
    problems: list[Problem] = []
    assert collect([f"{site}/page"], tmp_path, report=problems.append) == []
    assert len(problems) == 1
    assert str(problems[0]).count(site) == 1
    assert "--allow-private" in str(problems[0])
    assert not list(tmp_path.iterdir())


def test_the_address_chooses_no_folder(tmp_path: Path, site: str) -> None:
    into = tmp_path / "a" / "b"
    (path,), _ = gather(into, f"{site}/../../etc/moved")
    assert path.parent == into
    assert {p.name for p in tmp_path.iterdir()} == {"a"}


def test_one_host_is_not_asked_twice_in_a_breath(tmp_path: Path, site: str) -> None:
    waits: list[float] = []
    urls = [f"{site}/number?{n}" for n in range(3)]
    collect(urls, tmp_path, report=print, allow_private=True, pause=waits.append)
    assert waits == [1.0, 1.0]


def test_the_rest_of_a_list_stays_as_it_is(tmp_path: Path, site: str) -> None:
    old = b'\xef\xbb\xbfurl;note;file\r\nhttps://example.org;"a;b";x.txt'
    (tmp_path / "sources.csv").write_bytes(old)
    (path,), _ = gather(tmp_path, f"{site}/page")
    assert (tmp_path / "sources.csv").read_bytes() == old + f"\n{site}/page;;{path.name}\n".encode()


@pytest.mark.parametrize(
    "old", [b"title,author\nx,y\n", "file,url\n".encode("utf-16"), b"PK\x03\x04", b'file,url\n"' + b"x" * 200_000]
)
def test_a_list_that_can_take_no_row_is_refused_before_anything_is_asked(tmp_path: Path, old: bytes) -> None:
    (tmp_path / "sources.csv").write_bytes(old)
    with pytest.raises(ArticleError):
        gather(tmp_path, "http://127.0.0.1:1/")
    assert (tmp_path / "sources.csv").read_bytes() == old


def test_many_at_once_lose_no_row(tmp_path: Path, site: str) -> None:
    def run(number: int) -> None:
        gather(tmp_path, *(f"{site}/number?{number}.{n}" for n in range(5)))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, range(6)))
    assert len({r["file"] for r in rows(tmp_path)}) == 30
    assert {p.name for p in tmp_path.glob("*.html")} == {r["file"] for r in rows(tmp_path)}


def test_a_page_that_was_changed_since_is_told(tmp_path: Path, site: str) -> None:
    (path,), _ = gather(tmp_path, f"{site}/page")
    path.write_bytes(path.read_bytes().replace(b"twelve", b"eleven"))
    problems: list[Problem] = []
    (article,) = read_articles([tmp_path], problems.append)
    assert "eleven" in article.text
    assert len(problems) == 1
    assert "not those that were received" in str(problems[0])


def test_what_the_server_declared_is_believed_before_the_page(tmp_path: Path, site: str) -> None:
    (path,), problems = gather(tmp_path, f"{site}/arabic")
    (article,) = read_articles([path], print)
    assert article.encoding == "cp1256"
    assert ARABIC in article.text
    assert not problems


@pytest.mark.parametrize(
    "record", [b"", b"[]", b"{", b'{"headers": 5}', b'{"headers": [["Content-Type", 1]]}', b"x" * 1_000_001]
)
def test_a_broken_record_is_told_and_the_page_still_read(tmp_path: Path, record: bytes) -> None:
    (tmp_path / "a.txt").write_text(PARAGRAPH, encoding="utf-8")
    (tmp_path / "a.received.json").write_bytes(record)
    problems: list[Problem] = []
    (article,) = read_articles([tmp_path], problems.append)
    assert article.text == PARAGRAPH
    assert len(problems) == 1
