"""What a person meets who keeps a gazetteer and collects pages."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from desk import FIRST, Desk


def test_a_refusal_speaks_of_the_words_of_the_command(desk: Desk) -> None:
    done = desk.run(
        "gazetteer", "add", "Tell Sample", "--longitude", "400", "--latitude", "36", "--kind", "village",
        "--parent", "No Such Province", "--alias", "the", "--source", "",
    )  # fmt: skip
    assert done.code == 4
    for word in ("--longitude", "--parent", "--alias", "--source"):
        assert f"refused: {word}: " in done.err
    assert "4 fields to mend" in done.err


def test_nothing_found_says_where_else_to_look(desk: Desk) -> None:
    done = desk.run("gazetteer", "find", "Xyzzy")
    assert done.code == 0
    assert not done.out
    assert "--everywhere" in done.err


def test_no_answer_waiting_is_said(desk: Desk) -> None:
    assert "No answer of a geocoder is waiting" in desk.run("gazetteer", "review").err


def test_an_added_place_says_which_incidents_it_moves(desk: Desk) -> None:
    desk.run("build", "articles", "--no-world", "--output", "report")
    done = desk.run(
        "gazetteer", "add", "Tell Probe", "--longitude", "39.5", "--latitude", "36.3", "--kind", "village",
        "--country", "SY", "--source", "survey", "--build", "report",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert "would move 40." in done.err
    assert "1 incident of that build names it." in done.err


def test_what_is_imported_is_used_by_every_later_command(desk: Desk) -> None:
    (desk.folder / "villages.csv").write_text("village,x,y,cc\nTell Import,39.3,36.2,SY\n", encoding="utf-8")
    columns = ("--map", "name=village", "--map", "longitude=x", "--map", "latitude=y", "--map", "country=cc")
    assert desk.run("gazetteer", "import", "csv", "villages.csv", *columns).code == 0
    assert "Tell Import" in desk.run("gazetteer", "find", "Tell Import", "--everywhere").out
    assert not desk.run("gazetteer", "find", "Xyzzyq", "--everywhere").out
    text = "On 3 May 2017 an air strike killed two people in Tell Import.\n"
    (desk.folder / "articles/third.txt").write_text(text, encoding="utf-8")
    done = desk.run("build", "articles", "--no-world", "--output", "report")
    assert done.code == 0, done.err
    assert "3 of them placed" in done.err
    inputs = json.loads((desk.folder / "report/manifest.json").read_text(encoding="utf-8"))["inputs"]
    assert "villages.index" in [row["file"] for row in inputs]
    (desk.folder / "gazetteer/imported/villages.index").write_bytes(b"cut")
    done = desk.run("build", "articles", "--no-world", "--output", "report")
    assert done.code == 4
    assert "mapper gazetteer import" in done.err


def test_an_own_gazetteer_goes_out_and_comes_back_as_linked_places(desk: Desk) -> None:
    assert desk.run("gazetteer", "export", "--output", "own.json").code == 0
    done = desk.run("gazetteer", "import", "linked-places", "own.json", "--own-gazetteer", "other")
    assert done.code == 0, done.err
    assert "2 places imported" in done.err


# Collecting pages.


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/report.html").write_text(f"<title>A report</title><p>{FIRST}</p>", encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "site")) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_pages_are_saved_and_can_be_read(desk: Desk, site: str) -> None:
    done = desk.run("collect", f"{site}/report.html", f"{site}/none.html", "--into", "saved", "--allow-private")
    assert done.code == 1
    assert "1 of 2 pages saved" in done.err
    assert "404" in done.err
    assert "Next: mapper build saved" in done.err
    done = desk.run("build", "saved", "--no-world", "--output", "report")
    assert done.code == 0, done.err
    assert "1 incident proposed, 1 of them placed" in done.err


def test_a_decision_on_what_is_not_here_is_told(desk: Desk) -> None:
    desk.run("extract", "articles", "--no-world", "--output", "before.geojson")
    first, second = (str(found["id"]) for found in desk.features("before.geojson"))
    for name in (first, second, "i-0000000000000000"):
        assert desk.run("judge", "accepted", name, "--judgements", "ledger.jsonl").code == 0
    done = desk.run("extract", "articles", "--no-world", "--judgements", "ledger.jsonl", "--output", "after.geojson")
    assert done.code == 0
    assert "1 of 3 judgements concerns no incident here" in done.err


def test_the_list_of_sources_alone_is_no_article(desk: Desk) -> None:
    (desk.folder / "articles/sources.csv").write_text("file,title\n", encoding="utf-8")
    done = desk.run("extract", "articles/sources.csv", "--no-world", "--output", "-")
    assert "sources.csv: is the list of sources" in done.err
    assert "give the folder" in done.err


def test_a_second_place_of_one_name_is_told(desk: Desk) -> None:
    words = (
        "gazetteer", "add", "Tell Probe", "--longitude", "39.5", "--latitude", "36.3", "--kind", "village",
        "--country", "SY", "--source", "survey map, sheet 12",
    )  # fmt: skip
    done = desk.run(*words)
    assert done.code == 0
    assert "there is also Tell Probe (sy-tell-probe), 40 km away" in done.err
