"""Several processes read the same as one: same bytes, same faults, and nothing is left of them."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mapper import workers
from mapper.console import Console
from mapper.errors import InputError, MapperError
from mapper.model import Article
from mapper.settings import Settings
from mapper.toolchain import Toolchain, open_toolchain
from mapper.workers import Helpers, in_order, places_of, read_one

ROOT = Path(__file__).resolve().parents[2]
RUN = [sys.executable, "-c", "from mapper.cli import main; main()"]


def _articles(count: int) -> list[Article]:
    text = "On {day} March 2021 an air strike killed at least {killed} people in the village of Exampleville, Syria."
    return [
        Article(id=f"a{n}", file="a.jsonl", sha256=f"{n:064}", text=text.format(day=n % 28 + 1, killed=n + 2))
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings(own=ROOT / "gazetteer", world=False, offline=True, jobs=2)


@pytest.fixture(scope="module")
def tools(settings: Settings) -> Toolchain:
    return open_toolchain(settings, Console(quiet=True))


def test_outcomes_are_those_of_one_process_in_the_same_order(
    tools: Toolchain, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH", 500)
    articles = _articles(70)
    alone = [read_one(article, tools) for article in articles]
    assert list(in_order(read_one, articles, tools, settings)) == alone
    assert [reading.article.id for reading, _ in alone] == [article.id for article in articles]
    assert all(reading.accounts and not reading.article.text for reading, _ in alone)
    places = [places_of(article, tools) for article in articles]
    assert list(in_order(places_of, articles, tools, settings)) == places
    assert all(rows[0]["article"] == article.id for rows, article in zip(places, articles, strict=True))


def test_few_articles_are_read_here(tools: Toolchain, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "Helpers", None)
    assert len(list(in_order(read_one, _articles(25), tools, settings))) == 25


def test_a_few_long_articles_are_worth_helpers(
    tools: Toolchain, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "Helpers", None)
    long = [replace(article, text=f"{article.text}\n" * 300) for article in _articles(3)]
    assert sum(len(article.text) for article in long) > workers.WORTH
    with pytest.raises(TypeError):
        next(in_order(read_one, long, tools, settings))


def test_articles_are_taken_only_a_little_ahead(
    tools: Toolchain, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "WORTH", 1)
    waiting = iter(_articles(1_000))
    outcomes = in_order(read_one, waiting, tools, settings)
    for _ in range(2):
        next(outcomes)
    assert len(list(waiting)) > 800
    assert sum(1 for _ in outcomes) < 200


def test_articles_are_read_here_while_a_helper_starts(settings: Settings, tools: Toolchain) -> None:
    here = []

    def read_here(article: Article) -> workers.Outcome:
        here.append(article.id)
        return read_one(article, tools)

    articles = _articles(30)
    with Helpers(1, settings, read_one) as helpers:
        outcomes = list(helpers.done(articles, read_here))
    assert here
    assert outcomes == [read_one(article, tools) for article in articles]


def test_articles_larger_than_a_pipe_holds_do_not_block(settings: Settings, tools: Toolchain) -> None:
    articles = [replace(article, text=f"{article.text}{' ' * 200_000}") for article in _articles(20)]
    with Helpers(1, settings, read_one) as helpers:
        outcomes = list(helpers.done(articles, lambda article: read_one(article, tools)))
    assert [reading.article.id for reading, _ in outcomes] == [article.id for article in articles]


def test_a_fault_in_a_helper_is_raised_as_it_is_here(tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"
    with (
        Helpers(1, Settings(gazetteers=(gone,), world=False), read_one) as helpers,
        pytest.raises(InputError, match=r"--gazetteer .*gone\.txt: there is no such file") as told,
    ):
        list(helpers.done(_articles(3), _never))
    assert any("open_gazetteer" in note for note in told.value.__notes__)


def test_a_helper_that_is_killed_is_told_of(settings: Settings, tools: Toolchain) -> None:
    with Helpers(1, settings, read_one) as helpers:
        articles = iter(_articles(400))
        outcomes = helpers.done(articles, lambda article: read_one(article, tools))
        next(outcomes)
        helpers._all[0].process.kill()
        with pytest.raises(MapperError, match="--jobs 1"):
            list(outcomes)


def _never(article: Article) -> workers.Outcome:
    raise AssertionError(article.id)


def _jsonl(path: Path, count: int) -> Path:
    path.write_text("".join(json.dumps({"id": a.id, "text": a.text}) + "\n" for a in _articles(count)))
    return path


def test_files_are_the_same_with_one_job_and_with_many(tmp_path: Path) -> None:
    source = _jsonl(tmp_path / "articles.jsonl", 80)
    for jobs in ("1", "3"):
        common = [str(source), "--offline", "--no-world", "--jobs", jobs, "--output"]
        subprocess.run(
            [*RUN, "extract", "--no-merge", *common, str(tmp_path / f"{jobs}.geojson")], check=True, cwd=ROOT
        )
        subprocess.run([*RUN, "build", *common, str(tmp_path / jobs)], check=True, cwd=ROOT)
        subprocess.run([*RUN, "places", *common, str(tmp_path / f"{jobs}.jsonl")], check=True, cwd=ROOT)
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "3.jsonl").read_bytes() != b""
    assert (tmp_path / "1.geojson").read_bytes() == (tmp_path / "3.geojson").read_bytes()
    names = sorted(path.name for path in (tmp_path / "1").iterdir() if path.is_file())
    assert "incidents.geojson" in names
    for name in names:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "3" / name).read_bytes(), name


@pytest.mark.skipif(sys.platform != "linux", reason="children are looked up in /proc")
def test_an_interrupt_ends_all_processes_and_leaves_no_file(tmp_path: Path) -> None:
    source = _jsonl(tmp_path / "articles.jsonl", 4_000)
    output = tmp_path / "incidents.geojson"
    command = [*RUN, "extract", str(source), "--offline", "--no-world", "--no-merge", "--jobs", "3"]
    run = subprocess.Popen(
        [*command, "--output", str(output)], stderr=subprocess.PIPE, text=True, cwd=ROOT, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while len(_children(run.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    helpers = _children(run.pid)
    assert len(helpers) == 2
    time.sleep(0.3)
    os.killpg(run.pid, signal.SIGINT)
    # Helpers hold stderr too: it ends only when they all have.
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said) == (130, "Stopped. Files that were complete are kept; none is half written.\n")
    assert not output.exists()


def _children(parent: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    except FileNotFoundError:
        return []
