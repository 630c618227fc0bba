"""Other ways to look names up and to find them in texts, for `benchmarks/names.py`."""

from __future__ import annotations

import importlib
import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from mapper.places.index.format import packed  # noqa: E402
from mapper.places.index.skeletons import edited  # noqa: E402
from mapper.places.names import keys as names_keys  # noqa: E402
from mapper.places.names.keys import fold, plain_of, skeletons_of  # noqa: E402
from mapper.places.names.many import plain_keys  # noqa: E402
from mapper.places.names.spelling import undoubled  # noqa: E402
from mapper.places.names.vocabulary import Vocabulary  # noqa: E402

PATIENCE_S = 20.0
REMEMBERED = 1 << 17
AT_ONCE = 10_000
PEERS = ("flashgeotext==0.5.5", "geotext==0.4.0")


def percentile(times: list[float], share: float) -> float:
    """Return a percentile, in microseconds."""
    return sorted(times)[int(share * (len(times) - 1))] * 1e6


def anonymous_mb() -> float:
    """Return the memory of this process that is not of files."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("RssAnon")).split()[1]) / 1024


class Clock:
    """Measures what a build takes: seconds, and seconds of the processor."""

    def __init__(self) -> None:
        self.begin, self.cpu = time.perf_counter(), time.process_time()

    def figures(self) -> dict[str, Any]:
        """Return what it took until now."""
        return {"build_s": time.perf_counter() - self.begin, "cpu_s": time.process_time() - self.cpu}


def timed(function: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float, int]:
    """Time a function on each query, for twenty seconds at most.

    Returns
    -------
    (float, float, int)
        50th and 99th percentile in microseconds of processor, and how many queries there was time for.
    """
    times: list[float] = []
    # Ours is timed in a process of its own, where no name was folded before: what was folded here is forgotten.
    importlib.reload(names_keys)
    for query in queries:
        begin = time.thread_time()
        function(query)
        times.append(time.thread_time() - begin)
        if sum(times) > PATIENCE_S:
            break
    return percentile(times, 0.5), percentile(times, 0.99), len(times)


def keyed(names: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Give plain key, sound and packed skeleton of each name that has any."""
    vocabulary = Vocabulary(REMEMBERED, has_sounds=True)
    rest = iter(names)
    while batch := [*islice(rest, AT_ONCE)]:
        plains = [plain for plain in plain_keys(batch) if plain]
        sounds = [undoubled(raw) for raw in vocabulary.names_and_sounds(plains)[1]]
        yield from zip(plains, sounds, map(packed, skeletons_of(sounds)), strict=True)


def sqlite_btree(names: Iterable[str], folder: Path, typos: Sequence[str], exact: Sequence[str]) -> dict[str, Any]:
    """Keys in two B-trees and the same strategy in SQL, but without places, reasons and full comparison."""
    from rapidfuzz import fuzz, process

    path = folder / "btree.sqlite"
    clock = Clock()
    table = sqlite3.connect(path)
    table.execute("CREATE TABLE n (plain TEXT, sound TEXT, skeleton INTEGER)")
    table.executemany("INSERT INTO n VALUES (?,?,?)", keyed(names))
    table.execute("CREATE INDEX p ON n (plain)")
    table.execute("CREATE INDEX s ON n (skeleton)")
    table.commit()
    built = clock.figures()

    def look_up(name: str) -> object:
        keys = fold(name)
        found: list[tuple[str, float, int]] = []
        for codes in ([packed(keys.skeleton)], sorted(edited(packed(keys.skeleton)))):
            query = f"SELECT sound, plain FROM n WHERE skeleton IN ({','.join('?' * len(codes))})"
            rows = table.execute(query, codes).fetchall()
            found += process.extract(keys.sound, [row[0] for row in rows], scorer=fuzz.ratio, limit=20)
            if found and found[0][1] >= 90:
                break
        return found

    exactly = timed(lambda n: table.execute("SELECT sound FROM n WHERE plain = ?", (plain_of(n),)).fetchall(), exact)
    return {**built, "mb": path.stat().st_size / 1e6, "exact": exactly, "fuzzy": timed(look_up, typos)}


def sqlite_trigram(names: Iterable[str], folder: Path, typos: Sequence[str]) -> dict[str, Any]:
    """Trigrams of plain keys in FTS5, any of them, ranked."""
    from rapidfuzz import fuzz, process

    path = folder / "trigram.sqlite"
    clock = Clock()
    table = sqlite3.connect(path)
    table.execute("CREATE VIRTUAL TABLE n USING fts5 (plain, tokenize='trigram', detail='none')")
    table.executemany("INSERT INTO n VALUES (?)", ((plain,) for plain, _, _ in keyed(names)))
    table.commit()
    built = clock.figures()

    def look_up(name: str) -> object:
        plain = fold(name).plain.replace('"', "")
        grams = [f'"{plain[i : i + 3]}"' for i in range(max(1, len(plain) - 2))]
        query = "SELECT plain FROM n WHERE n MATCH ? ORDER BY rank LIMIT 200"
        rows = table.execute(query, (" OR ".join(grams),)).fetchall()
        return process.extract(plain, [row[0] for row in rows], scorer=fuzz.ratio, limit=20)

    return {**built, "mb": path.stat().st_size / 1e6, "fuzzy": timed(look_up, typos)}


def linear(names: Iterable[str], typos: Sequence[str]) -> dict[str, Any]:
    """Compare with every name."""
    from rapidfuzz import fuzz, process

    clock, before = Clock(), anonymous_mb()
    plain = [plain for plain, _, _ in keyed(names)]
    built = {**clock.figures(), "anon_mb": anonymous_mb() - before}
    fuzzy = timed(lambda n: process.extract(fold(n).plain, plain, scorer=fuzz.ratio, limit=20), typos)
    return {**built, "fuzzy": fuzzy}


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


def peers(texts: Sequence[str], folder: Path) -> dict[str, float]:
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
        if done.returncode == 0:
            figures[name] = float(done.stdout)
        else:
            print(f"{name} does not run here", file=sys.stderr)
    return figures
