"""How fast articles are read, how memory grows with their number, and how right the reading is.

::

    python benchmarks/read.py [--counts 1000 10000 100000] [--gazetteer FILE …] [--scorers FOLDER]

Each run is a process of its own on one core: start-up, opening the gazetteer and
writing are part of its time (the row of 10 articles shows how much). `--scorers` names a folder of scoring scripts
(``seeds.py``, ``reports.py``) that print their own figures; without it, or
``MAPPER_SCORERS``, accuracy is not measured and the table says so.
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reports import reports, write_reports

RUN = "from mapper.cli import main; main()"
ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure, and print one table."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--counts", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--gazetteer", type=Path, action="append", default=[])
    options.add_argument("--scorers", type=Path, default=os.environ.get("MAPPER_SCORERS"))
    options.add_argument("--reports", type=Path, default=os.environ.get("MAPPER_REPORTS"), help="scored by reports.py")
    given = options.parse_args()
    one_core()
    extra = [word for path in given.gazetteer for word in ("--gazetteer", str(path.resolve()))]
    print(
        f"{'articles':>10} {'MB':>8} {'seconds':>9} {'CPU s':>8} {'articles/CPU s':>15} {'MB/CPU s':>9} {'peak MB':>8}"
    )
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for count in (10, *given.counts):
            failed |= not row(Path(folder), count, extra)
    print("\nWhere the time goes, in one process (CPU ms an article):")
    stages(given.gazetteer)
    print("\nAccuracy:")
    failed |= not accuracy(given.scorers, given.reports, extra)
    return int(failed)


def one_core() -> None:
    """Stay on one core, with all that is started from here, where the system lets a process choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def row(folder: Path, count: int, extra: list[str]) -> bool:
    """Read so many articles in a process of their own, and print what it took."""
    source, target = folder / "reports.jsonl", folder / "incidents.geojson"
    size = write_reports(source, count) / 1e6
    target.unlink(missing_ok=True)
    command = [sys.executable, "-c", RUN, "extract", str(source), "--jobs", "1", "--no-merge", "--offline", *extra]
    begin = time.perf_counter()
    child = subprocess.Popen(
        [*command, "--output", str(target)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT
    )
    said = child.stderr.read() if child.stderr else b""
    _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - begin
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1) or not target.exists():
        print(f"{count:>10,} failed, exit {code}: {said.decode(errors='replace')[-300:]}")
        return False
    peak = used.ru_maxrss / (1024 if sys.platform != "darwin" else 1024 * 1024)
    # On a machine that does other work too, the time of the processor is the time that counts.
    busy = used.ru_utime + used.ru_stime
    rates = f"{busy:>8.2f} {count / busy:>15,.0f} {size / busy:>9.2f} {peak:>8,.0f}"
    print(f"{count:>10,} {size:>8.1f} {seconds:>9.2f} {rates}", flush=True)
    return True


def stages(gazetteers: list[Path], count: int = 500) -> None:
    """Print how long an article spends in each room."""
    from mapper.console import Console
    from mapper.reading.articles.loading import read_articles
    from mapper.settings import Settings
    from mapper.toolchain import open_toolchain

    tools = open_toolchain(Settings(gazetteers=tuple(gazetteers), offline=True), Console(quiet=True))
    spent = dict.fromkeys(("load", "toponyms", "read", "locate"), 0.0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in reports(count)), encoding="utf-8")
        mark = time.process_time()
        for article in read_articles([path], tools.console.report):
            mark = lap(spent, "load", mark)
            toponyms = tools.finder.find(article.text)
            mark = lap(spent, "toponyms", mark)
            reading = tools.reader.read(article, toponyms)
            mark = lap(spent, "read", mark)
            tools.locate(reading, tools.resolver.context(toponyms))
            mark = lap(spent, "locate", mark)
    for name, seconds in spent.items():
        print(f"  {name:<10} {1_000 * seconds / count:6.2f}")


def lap(spent: dict[str, float], name: str, mark: float) -> float:
    """Add the time since a mark, and return the next one."""
    now = time.process_time()
    spent[name] += now - mark
    return now


def accuracy(scorers: Path | None, corpus: Path | None, extra: list[str]) -> bool:
    """Run the scoring scripts and print what they say."""
    if scorers is None:
        print("  not measured: name a folder of scorers with --scorers or MAPPER_SCORERS.")
        return True
    environment = {**os.environ, "MAPPER": shlex.join([sys.executable, "-c", RUN]), "PYTHONPATH": str(ROOT)}
    runs = [[str(scorers / "seeds.py"), *extra]]
    if corpus is not None:
        runs.append([str(scorers / "reports.py"), str(corpus)])
    fine = True
    for run in runs:
        done = subprocess.run([sys.executable, *run], capture_output=True, text=True, env=environment, check=False)
        fine &= done.returncode == 0
        text = done.stdout if done.returncode == 0 else done.stderr[-500:]
        print("\n".join(f"  {line}" for line in text.splitlines()))
    return fine


if __name__ == "__main__":
    sys.exit(main())
