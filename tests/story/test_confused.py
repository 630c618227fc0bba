"""A person in a hurry, a machine not as it should be: the right result, or one line that says what to do."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

REPORT = "On 3 May 2017 an air strike killed at least four people in the city of Raqqa, Syria.\n"


def mapper(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300, **options)  # type: ignore[call-overload,no-any-return]


def error(done: subprocess.CompletedProcess[str], code: int) -> str:
    """Return the one line of a command that ended with a code."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.lower().startswith("error:")]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


# -- an output that is an input


@pytest.mark.parametrize("command", ["extract", "places"])
@pytest.mark.parametrize("given", ["report.txt", ""])
def test_no_command_writes_over_an_article(command: str, given: str, articles: Path) -> None:
    done = mapper(command, articles / given, "--no-world", "--output", articles / "report.txt")
    assert "report.txt" in error(done, 3)
    assert (articles / "report.txt").read_text(encoding="utf-8") == REPORT


def test_no_build_goes_into_the_folder_of_its_articles(articles: Path) -> None:
    assert "name another" in error(mapper("build", articles, "--no-world", "--output", articles), 3)
    assert [path.name for path in articles.iterdir()] == ["report.txt"]


def test_no_table_and_no_incidents_are_written_over(articles: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.csv"
    names.write_text("name\nRaqqa\n", encoding="utf-8")
    error(mapper("resolve", names, "--no-world", "--output", names), 3)
    incidents = tmp_path / "incidents.geojson"
    assert mapper("extract", articles, "--no-world", "--output", incidents).returncode == 0
    before = incidents.read_bytes()
    error(mapper("export", incidents, "--precision", "district", "--output", tmp_path / "." / "incidents.geojson"), 3)
    assert incidents.read_bytes() == before
    assert names.read_text(encoding="utf-8") == "name\nRaqqa\n"


KEPT = {
    "a list of withheld names": ("extract", "--withheld", "Some Body\n"),
    "a gazetteer": ("extract", "--gazetteer", "name,longitude,latitude,country\nTell Probe,40.1,35.1,SY\n"),
    "a ledger": ("extract", "--judgements", '{"verdict":"accepted","left":"a-1"}\n'),
    "a gazetteer for a map": ("map", "--gazetteer", "name,longitude,latitude,country\nTell Probe,40.1,35.1,SY\n"),
    "a gazetteer for names": ("resolve", "--gazetteer", "name,longitude,latitude,country\nTell Probe,40.1,35.1,SY\n"),
    "withheld names for places": ("places", "--withheld", "Some Body\n"),
}


@pytest.mark.parametrize("what", KEPT)
def test_nothing_that_a_run_reads_beside_its_articles_is_written_over(
    what: str, articles: Path, tmp_path: Path
) -> None:
    command, option, text = KEPT[what]
    kept = tmp_path / "kept.txt"
    kept.write_text(text, encoding="utf-8")
    given = articles
    if command in {"map", "resolve"}:
        given = tmp_path / "names.csv"
        given.write_text("name,latitude,longitude\nRaqqa,35.9,39\n", encoding="utf-8")
    assert "name another" in error(mapper(command, given, option, kept, "--no-world", "--output", kept), 3)
    assert kept.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("name", ["places.csv", "sources.csv"])
def test_the_own_gazetteer_is_not_written_over(name: str, tmp_path: Path) -> None:
    own = tmp_path / "own"
    words = ["--longitude", "40.1", "--latitude", "35.1", "--kind", "village", "--country", "SY", "--source", "a map"]
    assert mapper("gazetteer", "add", "Tell Probe", *words, "--own-gazetteer", own).returncode == 0
    (own / "sources.csv").touch()
    before = (own / name).read_bytes()
    names = tmp_path / "names.csv"
    names.write_text("name\nRaqqa\n", encoding="utf-8")
    error(mapper("resolve", names, "--own-gazetteer", own, "--no-world", "--output", own / name), 3)
    assert (own / name).read_bytes() == before


def test_the_record_of_a_page_is_not_written_over(articles: Path) -> None:
    record = articles / "page.received.json"
    record.write_text("{}", encoding="utf-8")
    error(mapper("extract", articles, "--no-world", "--output", record), 3)
    assert record.read_text(encoding="utf-8") == "{}"


def test_no_build_writes_over_what_it_reads(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    kept = tmp_path / "out" / "pairs.json"
    kept.write_text("Some Body\n", encoding="utf-8")
    error(mapper("build", articles, "--no-world", "--withheld", kept, "--output", tmp_path / "out"), 3)
    assert kept.read_text(encoding="utf-8") == "Some Body\n"


def test_a_name_that_no_disk_takes_is_an_output_that_cannot_be_written(articles: Path, tmp_path: Path) -> None:
    error(mapper("extract", articles, "--no-world", "--output", tmp_path / ("x" * 300 + ".geojson")), 5)


def test_what_is_no_id_is_no_judgement(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    said = error(mapper("judge", "same", "i-0123456789abcdef", "Raqqa", "--judgements", ledger), 3)
    assert "Raqqa is no id; incidents.geojson and pairs.json have them" in said
    assert not ledger.exists()


def test_documents_among_the_articles_are_told_what_to_do(articles: Path, tmp_path: Path) -> None:
    (articles / "table.xyz").touch()
    done = mapper("extract", articles, "--no-world", "--output", tmp_path / "one.geojson")
    assert "table.xyz: not read" in done.stderr
    assert "save PDF" not in done.stderr
    (articles / "letter.DOCX").write_bytes(b"PK")
    done = mapper("extract", articles, "--no-world", "--output", tmp_path / "two.geojson")
    assert "not read, nor 1 more beside it" in done.stderr
    assert "save PDF and office documents as text, and give that" in done.stderr


def test_a_build_whose_articles_are_elsewhere_says_how_to_name_them(articles: Path, tmp_path: Path) -> None:
    assert mapper("build", articles, "--no-world", "--output", tmp_path / "far" / "away" / "out").returncode == 0
    articles.rename(tmp_path / "moved")
    done = mapper("verify", tmp_path / "far" / "away" / "out")
    assert done.returncode == 1
    assert "--articles names their folder" in done.stderr
    assert mapper("verify", tmp_path / "far/away/out", "--articles", tmp_path / "moved").returncode == 0


def test_a_place_that_a_spreadsheet_would_calculate_is_guarded(tmp_path: Path) -> None:
    places, names, out = tmp_path / "g.csv", tmp_path / "names.csv", tmp_path / "out.csv"
    places.write_text("id,name,longitude,latitude,country\n@1,+Tell Probe,40.1,35.1,SY\n", encoding="utf-8")
    names.write_text("name,note\nTell Probe,=mine\n", encoding="utf-8")
    assert mapper("resolve", names, "--gazetteer", places, "--no-world", "--output", out).returncode == 0
    (row,) = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
    assert (row["place_id"], row["place"]) == ("'@1", "'+Tell Probe")
    assert row["note"] == "=mine"


def test_a_build_inside_the_folder_of_articles_does_not_count_its_own_map_among_them(articles: Path) -> None:
    manifests = []
    for _ in range(2):
        assert mapper("build", articles, "--no-world", "--output", articles / "out").returncode in {0, 1}
        manifests.append((articles / "out" / "manifest.json").read_bytes())
    named = [row["file"] for row in json.loads(manifests[0])["inputs"] if row["role"] == "article"]
    assert named == ["report.txt"]
    assert manifests[0] == manifests[1]


# -- streams that are closed or full


def test_a_closed_or_full_stdout_is_an_output_that_cannot_be_written(articles: Path, tmp_path: Path) -> None:
    words = f"-m mapper.cli extract '{articles}' --no-world --output -"
    for redirection in (">&-", ">/dev/full"):
        shell = f"exec '{sys.executable}' {words} {redirection}"
        done = subprocess.run(["sh", "-c", shell], capture_output=True, text=True, check=False, cwd=tmp_path)
        error(done, 5)


def test_a_closed_stdin_is_an_input_that_cannot_be_read() -> None:
    done = mapper("resolve", "-", "--no-world", "--output", "-", preexec_fn=lambda: os.close(0))
    assert "standard input: it is closed" in error(done, 3)


def test_a_closed_stderr_costs_nothing_but_the_messages(articles: Path, tmp_path: Path) -> None:
    words = f"-m mapper.cli extract '{articles}' --no-world --output '{tmp_path}/out.geojson'"
    done = subprocess.run(["sh", "-c", f"exec '{sys.executable}' {words} 2>&-"], check=False, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads((tmp_path / "out.geojson").read_bytes())["features"]


# -- folders and files that are not what they should be


def test_a_cache_that_cannot_be_written_says_what_helps(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    surroundings = {**os.environ, "MAPPER_CACHE": str(tmp_path / "file")}
    done = mapper("extract", articles, "--output", tmp_path / "out.geojson", env=surroundings)
    assert "Set MAPPER_CACHE to a folder that can be written" in error(done, 5)


def test_no_verdict_goes_into_a_file_that_is_no_ledger(articles: Path, tmp_path: Path) -> None:
    incidents = tmp_path / "incidents.geojson"
    assert mapper("extract", articles, "--no-world", "--output", incidents).returncode == 0
    before = incidents.read_bytes()
    assert "judgement" in error(mapper("judge", "accepted", "i-0123456789abcdef", "--judgements", incidents), 3)
    assert incidents.read_bytes() == before


def test_a_list_of_withheld_names_without_a_name_is_told_of(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "names.txt").write_text("# none yet\n", encoding="utf-8")
    words = ("--no-world", "--withheld", tmp_path / "names.txt", "--output", tmp_path / "out.geojson")
    done = mapper("extract", articles, *words)
    assert done.returncode == 1
    assert "names.txt: holds no name" in done.stderr


def test_two_runs_into_one_folder_leave_one_whole_build(tmp_path: Path) -> None:
    """Each of its own articles: whoever comes last has the folder, and all of it."""
    commands = []
    for name, place in (("one", "Raqqa"), ("two", "Idlib")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "report.txt").write_text(REPORT.replace("Raqqa", place) * 30, encoding="utf-8")
        words = ["build", folder, "--no-world", "--quiet", "--output", tmp_path / "out"]
        commands.append([sys.executable, "-m", "mapper.cli", *map(str, words)])
    for _ in range(3):
        with ExitStack() as stack:
            both = [stack.enter_context(subprocess.Popen(command)) for command in commands]
        assert [process.returncode for process in both] == [0, 0]
        manifest = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
        cited = {source["sha256"] for source in _sources(tmp_path / "out" / "incidents.geojson")}
        assert cited == {row["sha256"] for row in manifest["articles"]}
        assert mapper("verify", tmp_path / "out").returncode in {0, 1}


def _sources(incidents: Path) -> list[dict[str, str]]:
    features = json.loads(incidents.read_bytes())["features"]
    return [source for feature in features for source in feature["properties"]["sources"]]


def test_a_run_that_is_interrupted_says_so_and_leaves_what_was_there(articles: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.geojson"
    output.write_bytes(b"old")
    # The interrupt comes while the first incident is written.
    code = (
        "import os, signal, sys\n"
        "from mapper import cli, pipeline\n"
        "pipeline.feature = lambda *_: os.kill(os.getpid(), signal.SIGINT)\n"
        "cli.main(sys.argv[1:])\n"
    )
    words = ["extract", str(articles), "--no-world", "--output", str(output)]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert done.stderr.splitlines() == ["Stopped. Files that were complete are kept; none is half written."]
    assert output.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles", "out.geojson"]
