"""What the commands say, and with which code they end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mapper import cli
from mapper.console import printable

HEADER = (
    "id,title,variants,types,ccodes,parent_id,parent_name,lon,lat,radius_m,"
    "geo_source,geo_id,title_source,added,author,note\n"
)
REPORT = "On 3 May 2017 an air strike killed at least four people in the village of Tell Nowhere, near Raqqa, Syria.\n"


def mapper(*words: object, cwd: Path | None = None, text: bool = True) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mapper.cli", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=text, cwd=cwd, check=False, timeout=300)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_help_shows_where_to_start() -> None:
    done = mapper("--help")
    assert done.returncode == 0
    assert "mapper build examples/articles" in done.stdout


def test_an_unknown_word_is_a_usage_error() -> None:
    done = mapper("bild")
    assert done.returncode == 2
    assert "No such command" in done.stderr


def test_data_goes_to_stdout_and_messages_to_stderr(article: Path) -> None:
    done = mapper("extract", article, "--no-world", "--output", "-")
    assert done.returncode == 0, done.stderr
    collection = json.loads(done.stdout)
    assert collection["type"] == "FeatureCollection"
    assert "1 article read" in done.stderr


def test_a_missing_file_is_one_line_and_the_rest_goes_on(article: Path, tmp_path: Path) -> None:
    out = tmp_path / "incidents.geojson"
    done = mapper("extract", article, tmp_path / "none.txt", "--no-world", "--output", out)
    assert done.returncode == 1
    warnings = [line for line in done.stderr.splitlines() if line.startswith("warning:")]
    assert len(warnings) == 1
    assert "none.txt" in warnings[0]
    assert json.loads(out.read_text(encoding="utf-8"))["features"]


def test_nothing_to_read_is_bad_input(tmp_path: Path) -> None:
    done = mapper("build", tmp_path, "--no-world", "--output", tmp_path / "out")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("error: no article could be read")


def test_a_gazetteer_that_is_not_there_is_said_by_name(article: Path, tmp_path: Path) -> None:
    done = mapper("extract", article, "--gazetteer", tmp_path / "none.txt", "--output", "-")
    assert done.returncode == 3
    assert "none.txt" in done.stderr


def test_an_output_that_cannot_be_written_is_exit_5(article: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    done = mapper("extract", article, "--no-world", "--output", blocked / "incidents.geojson")
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1].startswith("error: ")
    assert "Traceback" not in done.stderr


def test_a_traceback_only_with_debug(article: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = mapper("extract", article, "--no-world", "--debug", "--output", blocked / "incidents.geojson")
    assert "Traceback" in done.stderr


def test_text_of_an_article_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\u202e") == "a\ufffd[2Jb\ufffd"


def test_a_refused_place_names_each_field(tmp_path: Path) -> None:
    done = mapper(
        "gazetteer", "add", "Tell <b>Nowhere", "--longitude", "0", "--latitude", "0", "--kind", "village",
        "--source", "survey", "--own-gazetteer", tmp_path / "own",
    )  # fmt: skip
    assert done.returncode == 4
    assert done.stderr.count("refused: ") >= 2


def test_an_added_place_moves_the_incident_at_the_next_build(article: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "places.csv").write_text(HEADER, encoding="utf-8")
    words = ("extract", article, "--no-world", "--own-gazetteer", own, "--output", tmp_path / "a.geojson")
    assert mapper(*words).returncode == 0
    before = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"][0]
    added = mapper(
        "gazetteer", "add", "Tell Nowhere", "--longitude", "39.1", "--latitude", "36.1", "--kind", "village",
        "--country", "SY", "--source", "survey", "--own-gazetteer", own,
    )  # fmt: skip
    assert added.returncode == 0, added.stderr
    assert mapper(*words).returncode == 0
    after = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"][0]
    assert before["geometry"] is None
    assert after["geometry"]["coordinates"] == [39.1, 36.1]
    assert after["properties"]["place_name"] == "Tell Nowhere"


def test_a_fault_nobody_thought_of_is_one_line_and_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], article: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RecursionError("a name that is withheld")

    monkeypatch.setattr("mapper.pipeline.extract", broken)
    with pytest.raises(SystemExit) as stop:
        cli.main(["extract", str(article), "--output", "-"])
    assert stop.value.code == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: mapper met a fault of its own (RecursionError)")
    assert "withheld" not in line
    with pytest.raises(RecursionError):
        cli.main(["extract", str(article), "--output", "-", "--debug"])
