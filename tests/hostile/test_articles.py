"""Damaged, foreign and malicious articles: read or refused with one line, never a traceback, never a wrong quote.

``MAPPER_HOSTILE=full`` (``make hostile``) runs the long form.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from mutations import BAD_NAMES, ENGLISH, ODD_NAMES, ORIGINALS, Mutant, mutants

from mapper.errors import Problem, Report
from mapper.model import Article, Toponym
from mapper.reading.articles.boilerplate import boilerplate_spans
from mapper.reading.articles.loading import read_articles
from mapper.reading.reader import RuleReader

pytestmark = pytest.mark.hostile

MUTANTS = {False: 400, True: 10_000}
ROOT = Path(__file__).resolve().parents[2]
SLOWEST_S = 2.0
MEMORY_MB = 300

Figure = Callable[[str, object, str], None]
ReadArticles = Callable[[Sequence[Path], Report], Iterable[Article]]


def toponyms(text: str) -> Iterator[Toponym]:
    """Stand in for the gazetteer: two names, wherever they are."""
    at = 0
    while len(name := next((n for n in ("Exampleton", "Sampleville") if text.startswith(n, at)), "")) or at < len(text):
        if name:
            yield Toponym(start=at, end=at + len(name), text=name, kind="town")
        at = min(
            (found for n in ("Exampleton", "Sampleville") if (found := text.find(n, at + 1)) != -1), default=len(text)
        )


@dataclass(slots=True)
class Tally:
    """What came of a run."""

    articles: int = 0
    problems: int = 0
    claims: int = 0
    slowest: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)


def attack(folder: Path, attackers: Iterable[Mutant], read: ReadArticles) -> Tally:
    """Read each damaged file as a user would, in a folder, and then read what is in it."""
    reader, tally = RuleReader(), Tally()
    for mutant in attackers:
        path = folder / mutant.name
        path.write_bytes(mutant.data)
        if mutant.name == "sources.csv":
            (folder / "a.txt").write_bytes(ORIGINALS[0][1])
        # The processor's time: other work on the machine must not fail a test.
        begin = time.process_time()
        problems: list[Problem] = []
        try:
            articles = list(read([folder], problems.append))
            for article in articles:
                check(reader, article, tally)
        except Exception as fault:  # noqa: BLE001 - any exception at all is what is looked for
            tally.wrong[type(fault).__name__] += 1
            articles = []
        tally.slowest = max(tally.slowest, time.process_time() - begin)
        tally.articles += len(articles)
        tally.problems += len(problems)
        if not articles and not problems:
            tally.wrong["lost without a word"] += 1
        if any("\n" in str(p) for p in problems):
            tally.wrong["a problem of two lines"] += 1
        for each in folder.iterdir():
            each.unlink()
    return tally


def check(reader: RuleReader, article: Article, tally: Tally) -> None:
    """Hold an article and everything read in it to the contract."""
    text = article.text
    json.dumps(article.id + article.file + article.title + text, ensure_ascii=False).encode("utf-8")
    reading = reader.read(article, list(toponyms(text)))
    spans = [(c.start, c.end, c.quote) for a in reading.accounts for c in a.claims]
    spans += [(s.start, s.end, s.quote) for s in reading.set_aside]
    tally.claims += len(spans)
    tally.wrong["a quote that is not its span"] += sum(text[start:end] != quote for start, end, quote in spans)
    ends = [(s.start, s.end) for s in boilerplate_spans(text)] + [(r.start, r.end) for r in article.source_map]
    tally.wrong["a span outside the text"] += sum(not 0 <= start < end <= len(text) for start, end in ends)
    tally.wrong += Counter()


def test_damaged_articles_are_read_or_refused(tmp_path: Path, figure: Figure, full: bool) -> None:
    count = MUTANTS[full]
    tally = attack(tmp_path, mutants(count), read_articles)
    figure(
        "damaged files read, or refused with a line", f"{tally.articles:,} and {tally.problems:,} of {count:,}", "all"
    )
    figure("tracebacks, lost files, wrong quotes", dict(tally.wrong) or 0, "0")
    figure("claims whose quote is their span", f"{tally.claims:,}", "all")
    figure("slowest damaged file", f"{tally.slowest:.2f} s", f"{SLOWEST_S} s")
    assert not tally.wrong
    assert tally.articles > count // 2
    assert tally.problems > count // 10
    assert tally.claims > count
    assert tally.slowest < SLOWEST_S


COMMAND = "from mapper.cli import main; main()"


def test_commands_end_with_a_code_and_not_with_a_traceback(tmp_path: Path, figure: Figure, full: bool) -> None:
    codes: Counter[int] = Counter()
    for run in range(40 if full else 2):
        folder = tmp_path / str(run)
        folder.mkdir()
        for number, mutant in enumerate(mutants(20, seed=run + 1)):
            (folder / (mutant.name if mutant.name == "sources.csv" else f"{number}{mutant.name}")).write_bytes(
                mutant.data
            )
        command = [sys.executable, "-c", COMMAND, "extract", str(folder), "--offline", "--output", str(folder / "out")]
        done = subprocess.run(command, capture_output=True, check=False, timeout=120, cwd=ROOT)
        codes[done.returncode] += 1
        assert b"Traceback" not in done.stderr, done.stderr[-3_000:]
        assert not set(done.stderr) & set(b"\x1b\x07\x08\x00")
        if done.returncode in {0, 1}:
            json.loads((folder / "out").read_bytes())
    figure("codes of commands on damaged folders", dict(codes), "0, 1 or 3")
    assert set(codes) <= {0, 1, 3}


def naive_articles(paths: Sequence[Path], report: Report) -> Iterator[Article]:
    """Read articles as one would in a hurry."""
    del report
    for path in sorted(paths[0].iterdir()):
        if path.suffix == ".jsonl":
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
                yield Article(id=str(number), file=path.name, sha256="", text=json.loads(line)["text"])
        elif path.suffix != ".csv":
            yield Article(id=path.name, file=path.name, sha256="", text=path.read_text(encoding="utf-8"))


def test_the_attack_sees_a_naive_reader(tmp_path: Path) -> None:
    tally = attack(tmp_path, mutants(100), naive_articles)
    assert tally.wrong["UnicodeDecodeError"] > 10
    assert tally.wrong["JSONDecodeError"] > 2


def test_the_attack_sees_a_wrong_quote(tmp_path: Path) -> None:
    class Shifted(RuleReader):
        def read(self, article: Article, toponyms: Sequence[Toponym]) -> object:  # type: ignore[override]
            whole = Article(id="a", file="a", sha256="", text="\ufeff" + article.text)
            return super().read(whole, toponyms)

    tally = Tally()
    article = Article(id="a", file="a.txt", sha256="", text=ENGLISH)
    check(Shifted(), article, tally)
    assert tally.wrong["a quote that is not its span"] > 3
    assert tmp_path.is_dir()


# -- names


def test_no_name_in_a_list_leads_out_of_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "in" / "articles"
    inside.mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "in"):
        (folder / "a.txt").write_text("CANARY", encoding="utf-8")
    (inside / "b.txt").write_text(ENGLISH, encoding="utf-8")
    opened: list[Path] = []
    plain_open = Path.open

    def watching(path: Path, *arguments: object, **options: object) -> object:
        opened.append(path)
        return plain_open(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", watching)
    for name in BAD_NAMES:
        cell = name.replace('"', '""')
        (inside / "sources.csv").write_bytes(f'file,title\n"{cell}",x\n'.encode())
        problems: list[Problem] = []
        articles = list(read_articles([inside], problems.append))
        assert [a.file for a in articles] == ["b.txt"], name
        assert articles[0].title == ""
        assert problems, name
        assert all("\n" not in str(p) for p in problems), name
    assert {p.parent for p in opened} == {inside}


@pytest.mark.parametrize("name", ODD_NAMES, ids=ascii)
def test_any_name_of_a_file_is_a_label(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    problems: list[Problem] = []
    (article,) = read_articles([tmp_path], problems.append)
    assert not problems
    assert article.file.isprintable() or not any(c < " " or "\x7f" <= c <= "\x9f" for c in article.file)
    assert article.id.isascii()
    assert article.id.replace("-", "").isalnum()


def test_a_name_that_is_no_text_is_a_label_too(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    with open(raw, "wb") as stream:  # noqa: PTH123 - a path of bytes is the point
        stream.write(ENGLISH.encode())
    (article,) = read_articles([tmp_path], print)
    assert article.file == "caf\ufffd.txt"


# -- foreign content

BOMBS = {
    "laughs": "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;&b;&b;'>]><html><body><p>&c;</p></body></html>",
    "file": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><html><body><p>&b;</p></body></html>",
    "web": "<!DOCTYPE a [<!ENTITY b SYSTEM 'http://127.0.0.1:9/'>]><html><body><p>&b;</p></body></html>",
    "parameter": "<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1:9/x.dtd'> %b;]><html></html>",
    "include": "<?xml version='1.0'?><x xmlns:i='http://www.w3.org/2001/XInclude'><i:include href='/etc/passwd'/></x>",
    "style": "<?xml version='1.0'?><?xml-stylesheet href='http://127.0.0.1:9/'?><rss></rss>",
}


@pytest.mark.parametrize("end", [".txt", ".md", ".html", ".htm"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_xml_is_refused_and_nothing_fetched(
    tmp_path: Path, bomb: str, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_socket(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(socket, "create_connection", no_socket)
    (tmp_path / f"a{end}").write_text(BOMBS[bomb], encoding="utf-8")
    problems: list[Problem] = []
    assert list(read_articles([tmp_path], problems.append)) == []
    assert len(problems) == 1


# -- limits


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def test_a_gigabyte_is_refused_at_a_glance(tmp_path: Path) -> None:
    for name in ("a.txt", "b.html", "c.jsonl", "sources.csv"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(1 << 30)
    before = peak_mb()
    begin = time.process_time()
    problems: list[Problem] = []
    assert list(read_articles([tmp_path / "a.txt", tmp_path / "b.html"], problems.append)) == []
    assert time.process_time() - begin < 1
    assert len(problems) == 3
    assert list(read_articles([tmp_path / "c.jsonl"], problems.append)) == []
    assert peak_mb() - before < MEMORY_MB


def test_the_suite_sees_a_reader_without_a_cap(tmp_path: Path, figure: Figure) -> None:
    """The same measure on what most programs do: read the file, and then look how long it is."""
    with (tmp_path / "a.txt").open("wb") as stream:
        stream.truncate(400 << 20)
    code = (
        "import resource, sys; from pathlib import Path; len(Path(sys.argv[1]).read_bytes());"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.txt"], capture_output=True, check=True)
    figure("bad build, no cap: memory for a file of 400 MB", f"{int(done.stdout)} MB", f"> {MEMORY_MB} MB")
    assert int(done.stdout) > MEMORY_MB


def test_a_line_of_twenty_megabytes_is_read_or_refused(tmp_path: Path, figure: Figure) -> None:
    size = 20_000_000
    line = (ENGLISH.replace("\n", " ") * (size // len(ENGLISH.encode()))).encode()
    (tmp_path / "line.txt").write_bytes(line)
    (tmp_path / "page.html").write_bytes(b"<html><body><p>" + line[: size - 100] + b"</p></body></html>")
    (tmp_path / "words.txt").write_bytes(b"a" * size)
    (tmp_path / "over.txt").write_bytes(b"a" * (size + 1))
    record = json.dumps({"id": "r", "text": line.decode()[: size - 1_000_000]}).encode()
    (tmp_path / "lines.jsonl").write_bytes(record + b"\n" + b" " * 3 + b'{"text": "' + b"a" * size + b'"}\n')
    begin = time.process_time()
    problems: list[Problem] = []
    texts = {}
    for article in read_articles([tmp_path], problems.append):
        texts[article.file] = len(article.text)
        spans = boilerplate_spans(article.text)
        assert all(0 <= s.start < s.end <= len(article.text) for s in spans)
    seconds = time.process_time() - begin
    figure("files of 20 MB", f"{len(texts)} read, {len(problems)} refused in {seconds:.1f} s", "60 s")
    assert {"line.txt", "words.txt"} <= set(texts)
    assert {str(p).split(":")[0].split(",")[0] for p in problems} >= {"over.txt", "lines.jsonl"}
    assert seconds < 60
