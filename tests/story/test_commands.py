"""What a person meets who uses the commands: with care, in a pipe, and in a hurry."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time

import pytest
from desk import FIRST, SECOND, Desk, Done, in_a_process

from mapper import cli
from mapper.publish import contract

# With care: a few articles, decided on one by one.


def test_a_build_says_what_it_made_and_is_the_same_anywhere(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    done = desk.run("build", "articles", "--no-world", "--output", "one")
    assert done.code == 0, done.err
    assert "2 articles read: 2 incidents proposed, 2 of them placed" in done.err
    monkeypatch.chdir(desk.folder / "one")
    own = desk.folder / "gazetteer"
    again = ("build", desk.folder / "articles", "--no-world", "--own-gazetteer", own, "--quiet")
    assert desk.run(*again, "--output", desk.folder / "two") == Done(0, "", "")
    for name in ("map.html", "incidents.geojson", "set_aside.json", "pairs.json", "manifest.json"):
        assert (desk.folder / "one" / name).read_bytes() == (desk.folder / "two" / name).read_bytes(), name


def test_a_decision_shows_in_the_next_build_and_can_be_taken_back(desk: Desk) -> None:
    desk.run("extract", "articles", "--no-world", "--output", "before.geojson")
    first, second = (str(found["id"]) for found in desk.features("before.geojson"))
    again = ("extract", "articles", "--no-world", "--judgements", "ledger.jsonl", "--output", "after.geojson")
    assert desk.run("judge", "same", first, second, "--judgements", "ledger.jsonl", "--who", "R. Example").code == 0
    assert desk.run(*again).code == 0
    assert len(desk.features("after.geojson")) == 1
    assert desk.run("judge", "undecided", first, second, "--judgements", "ledger.jsonl").code == 0
    assert desk.run("judge", "accepted", second, "--judgements", "ledger.jsonl").code == 0
    assert desk.run(*again).code == 0
    assert [found["properties"]["status"] for found in desk.features("after.geojson")] == ["unreviewed", "accepted"]  # type: ignore[index]


def test_pairs_name_the_incidents_and_articles_that_a_person_decides_on(desk: Desk) -> None:
    again = "Four people were killed by an air strike in the village of Tell Probe in Syria, a clinic said.\n"
    (desk.folder / "articles/third.txt").write_text(again, encoding="utf-8")
    done = desk.run("build", "articles", "--no-world", "--output", "report")
    assert "To look at first: 1 pair that may be one event, in pairs.json (mapper review shows them)." in done.err
    (pair,) = json.loads((desk.folder / "report/pairs.json").read_text(encoding="utf-8"))
    assert contract.faults(pair, contract.PAIR) == []
    features = {str(found["id"]): found["properties"] for found in desk.features("report/incidents.geojson")}
    sources = set()
    for side in ("left", "right"):
        properties = features[pair[f"{side}_incident"]]
        assert properties["title"] == pair[f"{side}_title"]  # type: ignore[index]
        assert [one["id"] for one in properties["sources"]] == [pair[f"{side}_source"]]  # type: ignore[index]
        sources.add(pair[f"{side}_source"])
    assert len(sources) == 2
    words = ("--judgements", "ledger.jsonl")
    shown = desk.run("review", "report", *words)
    assert shown.err == "1 pair to decide on.\n"
    for part in (
        pair["left_title"],
        pair["right_title"],
        "third.txt",
        "  for      ",
        "  doubt    one of them is not dated",
    ):
        assert part in shown.out
    assert f"mapper judge same {pair['left']} {pair['right']} --judgements ledger.jsonl" in shown.out
    assert desk.run("judge", "same", pair["left"], pair["right"], *words).code == 0
    done = desk.run("build", "articles", "--no-world", "--output", "report", *words)
    assert "2 incidents proposed" in done.err
    assert "To look at first" not in done.err
    (pair,) = json.loads((desk.folder / "report/pairs.json").read_text(encoding="utf-8"))
    assert pair["left_incident"] == pair["right_incident"]
    assert (pair["verdict"], pair["joined"], pair["judged"]) == ("same", True, True)
    done = desk.run("review", "report")
    assert (done.out, done.err) == ("", "0 pairs to decide on.\n")


def test_a_review_needs_a_finished_build(desk: Desk) -> None:
    done = desk.run("review", "articles")
    assert done.code == 3
    assert "give a folder that mapper build wrote" in done.err
    (desk.folder / "articles/pairs.json").write_text('[{"left": 1}]', encoding="utf-8")
    assert "is not as mapper build wrote it" in desk.run("review", "articles").err


def test_a_build_says_what_the_next_one_would_need(desk: Desk) -> None:
    (desk.folder / "articles/third.txt").write_text(
        "Shelling killed two people on Monday in the village of Qarzat Example, a medic said.\n", encoding="utf-8"
    )
    done = desk.run("build", "articles", "--output", "report")
    assert "Without a date: 1 incident. Not known when they were published: 3 articles" in done.err
    assert "Without a place: 1 incident. No gazetteer knows its villages: --gazetteer FILE" in done.err
    table = "name,longitude,latitude,country\nQarzat Example,39.2,36.2,SY\n"
    (desk.folder / "villages.csv").write_text(table, encoding="utf-8")
    (desk.folder / "articles/sources.csv").write_text("file,published\nthird.txt,2 May 2017\n", encoding="utf-8")
    done = desk.run("build", "articles", "--gazetteer", "villages.csv", "--output", "report")
    assert "Without" not in done.err


def test_a_ledger_that_is_not_there_is_told(desk: Desk) -> None:
    done = desk.run("extract", "articles", "--no-world", "--judgements", "legder.jsonl", "--output", "-")
    assert done.code == 1
    assert "legder.jsonl: there is no such file" in done.err


def test_a_changed_build_is_found_out(desk: Desk) -> None:
    desk.run("build", "articles", "--no-world", "--output", "report")
    assert desk.run("verify", "report", "--articles", "articles").code == 0
    incidents = desk.folder / "report/incidents.geojson"
    incidents.write_bytes(incidents.read_bytes().replace(b"four", b"five"))
    done = desk.run("verify", "report", "--articles", "articles")
    assert done.code == 1
    assert "incidents.geojson" in done.err
    assert "every hash" not in done.err
    assert desk.run("verify", "report", "--articles", "artikles").code == 3


def test_a_name_that_is_withheld_is_in_no_file(desk: Desk) -> None:
    (desk.folder / "articles/Ann Example.txt").write_text(
        "On 4 May 2017 Ann Example said that a strike killed three people in Tell Probe.\n", encoding="utf-8"
    )
    (desk.folder / "names.txt").write_text("Ann Example\n", encoding="utf-8")
    done = desk.run("build", "articles", "--no-world", "--withheld", "names.txt", "--output", "report")
    assert done.code == 0
    assert "Ann" not in done.err
    for path in (desk.folder / "report").iterdir():
        assert b"Ann Example" not in path.read_bytes(), path.name


# Maps of files that somebody else wrote.


def test_a_map_holds_back_what_is_withheld(desk: Desk) -> None:
    table = "title,lon,lat,link\nAnn Example reports a strike,39.123456,36.1,https://example.org/ann-example\n"
    (desk.folder / "events.csv").write_text(table, encoding="utf-8")
    (desk.folder / "names.txt").write_text("Ann Example\n", encoding="utf-8")
    assert desk.run("map", "events.csv", "--no-world", "--output", "open.html").code == 0
    assert b"Ann Example" in (desk.folder / "open.html").read_bytes()
    done = desk.run("map", "events.csv", "--no-world", "--withheld", "names.txt", "--output", "shut.html")
    assert done.code == 0, done.err
    page = (desk.folder / "shut.html").read_bytes()
    assert b"Ann Example" not in page
    assert b"ann-example" not in page


def test_a_map_can_be_no_finer_than_a_district(desk: Desk) -> None:
    (desk.folder / "events.csv").write_text("title,lon,lat\nA strike,39.123456,36.1\n", encoding="utf-8")
    assert desk.run("map", "events.csv", "--no-world", "--output", "fine.html").code == 0
    assert b"39.123456" in (desk.folder / "fine.html").read_bytes()
    assert desk.run("map", "events.csv", "--no-world", "--precision", "district", "--output", "coarse.html").code == 0
    assert b"39.123456" not in (desk.folder / "coarse.html").read_bytes()


def test_a_map_names_the_column_that_it_does_not_know(desk: Desk) -> None:
    (desk.folder / "events.csv").write_text("what,lon,lat\nA strike,39.1,36.1\n", encoding="utf-8")
    done = desk.run("map", "events.csv", "--map", "titel=what", "--no-world", "--output", "map.html")
    assert done.code == 3
    assert "'titel' is no column of ours; id, longitude, latitude, " in done.err
    assert not (desk.folder / "map.html").exists()


def test_an_edited_file_and_every_export_can_be_drawn_or_read_again(desk: Desk) -> None:
    desk.run("extract", "articles", "--no-world", "--output", "incidents.geojson")
    path = desk.folder / "incidents.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("39.6", "39.7"), encoding="utf-8")
    for name in ("a.csv", "a.kml", "a.geojson", "a.gpkg", "a.parquet", "a.fgb"):
        done = desk.run("export", path, "--output", name)
        assert done.code == 0, done.err
        assert f"2 incidents written to {name}." in done.err
    for name in ("a.csv", "a.geojson"):
        done = desk.run("map", name, "--no-world", "--output", "map.html")
        assert done.code == 0, done.err


# In a pipe.


def test_a_reader_that_has_seen_enough_is_no_fault(desk: Desk) -> None:
    text = SECOND * 400
    (desk.folder / "articles/long.txt").write_text(text, encoding="utf-8")
    run = in_a_process("places", "articles", "--no-world", "--output", "-", cwd=desk.folder)
    assert run.stdout is not None
    assert run.stderr is not None
    first = json.loads(run.stdout.readline())
    run.stdout.close()
    said = run.stderr.read()
    run.stderr.close()
    assert run.wait(60) == 0, said
    assert first["place"] == "Tell Probe"
    assert "Traceback" not in said
    assert "BrokenPipe" not in said


def test_names_go_in_and_out_through_a_pipe(desk: Desk) -> None:
    run = in_a_process("resolve", "-", "--no-world", "--output", "-", cwd=desk.folder, stdin=subprocess.PIPE)
    out, said = run.communicate("name,context\nTell Trial,Syria\nTell Probe,Syria\n", timeout=60)
    assert run.returncode == 0, said
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["place_id"] for row in rows] == ["sy-tell-trial", "sy-tell-probe"]
    assert said == "2 names read.\n"


# In a hurry.


@pytest.mark.parametrize(
    "words",
    [
        ("extract", "articles", "--no-world", "--output", "out.csv"),
        ("places", "articles", "--no-world", "--output", "out.csv"),
        ("resolve", "names.csv", "--no-world", "--output", "out.xlsx"),
        ("map", "incidents.geojson", "--no-world", "--output", "out.pdf"),
        ("map", "incidents.geojson", "--no-world", "--output", "-"),
        ("export", "incidents.geojson", "--output", "out.shp"),
        ("export", "incidents.geojson", "--output", "-"),
        ("gazetteer", "export", "--output", "out.csv"),
    ],
)
def test_an_ending_that_would_lie_is_refused_before_anything_is_read(desk: Desk, words: tuple[str, ...]) -> None:
    done = desk.run(*words)
    assert done.code == 2
    assert "--output" in done.err
    assert "ends in" in done.err or "end in" in done.err or "ending says the format" in done.err
    assert not (desk.folder / words[-1]).exists()


@pytest.mark.parametrize(
    "words",
    [
        ("export", "none.geojson", "--output", "out.csv"),
        ("map", "none.geojson", "--no-world", "--output", "out.html"),
        ("resolve", "none.csv", "--no-world", "--output", "out.csv"),
        ("gazetteer", "add", "X Probe", "--longitude", "39", "--latitude", "36", "--kind", "village", "--country", "SY",
         "--source", "survey", "--build", "none"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named_in_words(desk: Desk, words: tuple[str, ...]) -> None:
    places = (desk.folder / "gazetteer/places.csv").read_bytes()
    done = desk.run(*words)
    assert done.code == 3
    assert done.err.splitlines()[-1].startswith("error: ")
    assert "none" in done.err
    assert "Errno" not in done.err
    assert (desk.folder / "gazetteer/places.csv").read_bytes() == places, "nothing is added before all is known"


def test_an_own_gazetteer_that_is_mistyped_is_told(desk: Desk) -> None:
    done = desk.run("extract", "articles", "--no-world", "--own-gazetteer", "gazeteer", "--output", "-")
    assert done.code == 1
    assert "gazeteer: there is no places.csv in it" in done.err
    for words in (("check",), ("find", "Tell"), ("export", "--output", "x.geojson")):
        done = desk.run("gazetteer", *words, "--own-gazetteer", "gazeteer")
        assert done.code == 4
        assert "mapper gazetteer add makes one" in done.err


def test_a_list_of_names_that_is_not_utf8_writes_nothing(desk: Desk) -> None:
    (desk.folder / "names.csv").write_bytes("name\nAl\u00e9p\n".encode("latin-1"))
    done = desk.run("resolve", "names.csv", "--no-world", "--output", "out.csv")
    assert done.code == 3
    assert "names.csv is not UTF-8" in done.err
    assert not (desk.folder / "out.csv").exists()


def test_a_list_without_names_is_told_by_its_own_name(desk: Desk) -> None:
    (desk.folder / "names.csv").write_text("nom,context\nTell Probe,Syria\n", encoding="utf-8")
    done = desk.run("resolve", "names.csv", "--no-world", "--output", "out.csv")
    assert done.code == 3
    assert done.err.startswith("error: names.csv: the first line must name a column 'name'")
    assert "it has nom, context" in done.err
    assert not (desk.folder / "out.csv").exists()


def test_no_merge_and_judgements_do_not_go_together(desk: Desk) -> None:
    done = desk.run("extract", "articles", "--no-merge", "--judgements", "j.jsonl", "--output", "-")
    assert done.code == 2
    assert "one of the two" in done.err


@pytest.mark.parametrize("words", [("places", "--precision"), ("resolve", "--withheld"), ("map", "--judgements")])
def test_an_option_that_would_change_nothing_is_not_offered(desk: Desk, words: tuple[str, str]) -> None:
    done = desk.run(words[0], "--help")
    assert "--gazetteer" in done.out
    assert words[1] not in done.out


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupted_build_leaves_what_was_there(desk: Desk) -> None:
    desk.run("build", "articles", "--no-world", "--output", "report")
    before = {path.name: path.read_bytes() for path in (desk.folder / "report").iterdir()}
    many = desk.folder / "many"
    many.mkdir()
    for number in range(3000):
        (many / f"{number}.txt").write_text(f"{FIRST}\n{SECOND}\nReport {number}.\n", encoding="utf-8")
    run = in_a_process("build", "many", "--no-world", "--output", "report", cwd=desk.folder)
    time.sleep(1.5)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert run.returncode == cli.EXIT_INTERRUPTED, said
    assert said.strip() == "Stopped. Files that were complete are kept; none is half written."
    assert {path.name: path.read_bytes() for path in (desk.folder / "report").iterdir()} == before


def test_progress_is_for_a_terminal_only(desk: Desk) -> None:
    row = "1\tElsewhere\tElsewhere\t\t36.2\t39.2\tP\tPPL\tSY\t\t\t\t\t\t100\t\t\t\t2020-01-01\n"
    (desk.folder / "SY.txt").write_text(row, encoding="utf-8")
    done = desk.run("extract", "articles", "--no-world", "--gazetteer", "SY.txt", "--output", "out.geojson")
    assert done.err.count("\n") == 1, done.err


# The gazetteer.
