"""What nobody lists: pipes among files, names that a terminal obeys, a signal, a disk that is full half way."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

pytestmark = [pytest.mark.hostile, pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="of POSIX")]

REPORT = "On 3 May 2017 an air strike killed at least four people in the city of Raqqa, Syria.\n"
MAPPER = (sys.executable, "-m", "mapper")
RED = "\x1b[31m"
LONGEST_S = 60
STOPPED = "Stopped. Files that were complete are kept; none is half written."

Figure = Callable[[str, object, str], None]


def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [*MAPPER, *map(str, words)]
    options = {"capture_output": True, "text": True, "timeout": LONGEST_S, **options}
    return subprocess.run(command, check=False, **options)  # type: ignore[call-overload,no-any-return]


def on_a_terminal(command: Sequence[object]) -> tuple[int, bytes]:
    """Run a command whose stdout and stderr are a terminal; return its code and all that came."""
    ours, theirs = os.openpty()
    with subprocess.Popen([*map(str, command)], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        came = b""
        # A terminal that nobody writes to any more is an error on Linux.
        while block := _read(ours):
            came += block
    os.close(ours)
    return process.returncode, came


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    return folder


# -- what is no ordinary file


def _pipe(path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    os.mkfifo(path)
    return path


PIPES: dict[str, Callable[[Path], tuple[object, ...]]] = {
    "an article": lambda folder: (_pipe(folder / "articles" / "b.txt"),),
    "sources.csv": lambda folder: (_pipe(folder / "articles" / "sources.csv").parent,),
    "the record of a page": lambda folder: (_pipe(folder / "articles" / "page.received.json").parent,),
    "places.csv": lambda folder: ("--own-gazetteer", _pipe(folder / "own" / "places.csv").parent),
    "a gazetteer": lambda folder: ("--gazetteer", _pipe(folder / "g.csv")),
    "a ledger": lambda folder: ("--judgements", _pipe(folder / "l.jsonl")),
    "withheld names": lambda folder: ("--withheld", _pipe(folder / "w.txt")),
}


def test_no_pipe_among_files_is_waited_for(tmp_path: Path, figure: Figure) -> None:
    codes = {}
    for number, (what, given) in enumerate(PIPES.items()):
        folder = tmp_path / str(number)
        (folder / "articles").mkdir(parents=True)
        (folder / "articles" / "page.html").write_text(f"<html><body><p>{REPORT}</p></body></html>", encoding="utf-8")
        words = given(folder)
        done = run("extract", folder / "articles", *words, "--no-world", "--output", folder / "out.geojson")
        assert "Traceback" not in done.stderr, what
        codes[what] = done.returncode
    figure("pipes in place of files: codes", codes, "0, 1, 3 or 4, and no waiting")
    assert set(codes.values()) <= {0, 1, 3, 4}


def test_a_pipe_of_the_shell_is_read(articles: Path, tmp_path: Path) -> None:
    script = f'"$@" --withheld <(echo Raqqa) --output {tmp_path / "out.geojson"}'
    command = ["bash", "-c", script, "bash", *MAPPER, "extract", str(articles), "--no-world"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
    assert done.returncode == 0, done.stderr
    assert "Raqqa" not in (tmp_path / "out.geojson").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["resolve", "map"])
def test_an_endless_file_is_refused(command: str, tmp_path: Path) -> None:
    done = run(
        command, "/dev/zero", "--no-world", "--output", tmp_path / ("out.csv" if command == "resolve" else "o.html")
    )
    assert done.returncode == 3
    assert len(done.stderr.splitlines()) == 1


def test_an_open_that_asks_nothing_waits_for_ever(tmp_path: Path, figure: Figure) -> None:
    """What the suite would see of a program that opens whatever lies there: it fails to end."""
    _pipe(tmp_path / "sources.csv")
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).read_text()"
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run([sys.executable, "-c", code, tmp_path / "sources.csv"], check=False, timeout=2)
    figure("bad build, a pipe is opened: ended", "no", "no")


# -- what a terminal obeys


def _commands(folder: Path) -> dict[str, Sequence[object]]:
    (folder / "names.csv").write_text(f"name\n{RED}Raqqa\n\x9b31mRaqqa\n", encoding="utf-8")
    (folder / f"{RED}.txt").write_text(REPORT, encoding="utf-8")
    (folder / "new\nerror: line.bin").write_text(REPORT, encoding="utf-8")
    return {
        "an ending": ["extract", folder, "--output", f"x{RED}.csv"],
        "an option": ["extract", folder, f"--{RED}"],
        "a command": [f"build{RED}"],
        "a column": ["map", folder / "names.csv", "--map", f"{RED}x", "--output", folder / "m.html"],
        "a folder": ["verify", folder / f"no{RED}thing"],
        "file names": ["places", folder, "--no-world", "--quiet", "--output", folder / "out.jsonl"],
        "rows": ["resolve", folder / "names.csv", "--no-world", "--quiet", "--output", "-"],
        "a verdict": ["judge", RED, "a", "--judgements", folder / "l.jsonl"],
        "an address": ["collect", f"http://{RED}/", "--into", folder / "pages"],
        "a place": ["gazetteer", "add", f"{RED}x", "--longitude", "36", "--latitude", "33", "--kind", "village",
                    "--source", RED, "--own-gazetteer", folder / "own"],
    }  # fmt: skip


def test_no_command_hands_a_terminal_what_it_obeys(tmp_path: Path, figure: Figure) -> None:
    obeyed = []
    commands = _commands(tmp_path)
    for what, words in commands.items():
        code, came = on_a_terminal([*MAPPER, *words])
        assert code in {0, 1, 2, 3, 4}, came
        text = came.decode("utf-8")
        if RED in text or "\x9b" in text:
            obeyed.append(what)
    figure(f"of {len(commands)} ways to a terminal: obeyed", len(obeyed), "0")
    assert obeyed == []


def test_a_program_gets_every_byte(tmp_path: Path) -> None:
    done = run(*_commands(tmp_path)["rows"])
    assert f"\n{RED}Raqqa," in done.stdout


def test_the_suite_sees_what_a_terminal_would_obey(figure: Figure) -> None:
    _, came = on_a_terminal([sys.executable, "-c", f"print({RED!r})"])
    figure("bad build, print: obeyed", int(RED.encode() in came), "> 0")
    assert RED.encode() in came


# -- signals

_SIGNALLED = """
import os, sys
from mapper import cli, pipeline
number, where = int(sys.argv.pop(1)), sys.argv.pop(1)
setattr(pipeline, where, lambda *_: os.kill(os.getpid(), number))
cli.main(sys.argv[1:])
"""


def _there(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.rglob("*") if path.suffix != ".lock")


@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("command", ["build", "extract"])
def test_whoever_ends_a_run_finds_what_was_there(
    command: str, name: str, code: int, articles: Path, tmp_path: Path
) -> None:
    output = tmp_path / ("out" if command == "build" else "out.geojson")
    if command == "build":
        shutil.copytree(articles, output)
    else:
        output.write_bytes(b"old")
    before = _there(tmp_path)
    # In the midst of what is written: the second file of a build, the first incident.
    where = "write_set_aside" if command == "build" else "feature"
    words = [str(int(signal.Signals[name])), where, command, str(articles), "--no-world", "--output", str(output)]
    # A shell lets what it starts behind its back ignore interrupts: here it is as in front.
    done = subprocess.run(
        [sys.executable, "-c", _SIGNALLED, *words],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )
    assert done.returncode == code, done.stderr
    assert done.stderr.splitlines() == [STOPPED]
    assert _there(tmp_path) == before


def test_a_signal_that_is_to_be_ignored_is_ignored(tmp_path: Path) -> None:
    """So that a run started with nohup outlives its terminal."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from mapper import cli\n"
        "cli._run = lambda _: os.kill(os.getpid(), signal.SIGHUP)\n"
        "cli.main([])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interrupt_while_the_program_loads_is_no_traceback() -> None:
    code = (
        "import sys\n"
        "class Interrupted:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'mapper.cli':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Interrupted())\n"
        "from mapper.__main__ import main\n"
        "main()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


# -- a disk that is full half way through a build

_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
from mapper.cli import main
main(sys.argv[1:])
"""


def test_a_build_that_fails_half_way_leaves_the_build_that_was_there(
    articles: Path, tmp_path: Path, figure: Figure
) -> None:
    output = tmp_path / "out"
    words = ["build", str(articles), "--no-world", "--output", str(output)]
    assert run(*words).returncode == 0
    before = {path.name: path.read_bytes() for path in output.iterdir()}
    (articles / "second.txt").write_text(REPORT.replace("3 May", "9 June"), encoding="utf-8")
    sizes = sorted(len(data) for name, data in before.items() if not name.endswith(".lock"))
    whole = 0
    limits = [size - 1 for size in sizes[1:]]
    for limit in limits:
        command = [sys.executable, "-c", _LIMITED, str(limit), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONGEST_S)
        after = {path.name: path.read_bytes() for path in output.iterdir()}
        whole += done.returncode == 5 and len(done.stderr.splitlines()) == 1 and after == before
    figure("builds that a full disk ends half way: old build whole", f"{whole} of {len(limits)}", "all")
    assert whole == len(limits)
    assert run("verify", output).returncode == 0


# -- a table that swallows its rows


@pytest.mark.parametrize("command", ["map", "resolve"])
def test_a_quotation_mark_that_is_not_closed_is_told(command: str, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    table.write_text('name,latitude,longitude\n"Raqqa,35.9,39.0\nTell Abiad,36.7,38.9\n', encoding="utf-8")
    output = tmp_path / ("out.csv" if command == "resolve" else "out.html")
    done = run(command, table, "--no-world", "--quiet", "--output", output)
    assert done.returncode == 1
    assert "line 2: a quotation mark is not closed: 2 lines" in done.stderr


def test_a_ledger_cut_short_counts_as_far_as_it_goes(articles: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.jsonl"
    for verdict in ("accepted", "rejected"):
        assert run("judge", verdict, "a-0123456789abcdef", "--judgements", ledger).returncode == 0
    whole = ledger.read_bytes()
    ledger.write_bytes(whole[:-9])
    done = run("extract", articles, "--no-world", "--judgements", ledger, "--output", tmp_path / "out.geojson")
    assert done.returncode == 1
    assert "ledger.jsonl, line 2: left out" in done.stderr
    # A verdict that is added afterwards gets a line of its own.
    assert run("judge", "edited", "a-0123456789abcdef", "--judgements", ledger).returncode == 0
    assert json.loads(ledger.read_bytes().splitlines()[-1])["verdict"] == "edited"
