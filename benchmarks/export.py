"""Speed and memory of writing incidents, beside the usual way: ``make bench-export``.

Each writer runs in a process of its own, on the same invented incidents, and
its peak memory is that of the process. Seconds are of the wall, until the file
is where it belongs (mapper waits for the disk, the others do not); CPU seconds
say the same on a busy machine. ``python benchmarks/export.py 100000`` takes
another number than a million.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

MILLION = 1_000_000
TARGET_S, TARGET_MB = 2.0, 400


def stopwatch() -> Callable[[], tuple[float, float]]:
    """Start to count seconds, and CPU seconds of this process."""
    wall, busy = time.perf_counter(), time.process_time()
    return lambda: (time.perf_counter() - wall, time.process_time() - busy)


def flat(number: int) -> dict[str, Any]:
    """Return the properties of an incident that fit a table."""
    return {
        "title": f"Air strike reported, Village {number % 5000}",
        "role": "primary",
        "status": "unreviewed",
        "event_type": "air strike",
        "date_edtf": "2018-02-02",
        "date_start": "2018-02-02",
        "date_end": "2018-02-02",
        "place_as_written": f"the village of Village {number % 5000}",
        "place_name": f"Village {number % 5000}",
        "place_id": f"own:village-{number % 5000}",
        "admin1": "A Governorate",
        "country": "SY",
        "precision": "village",
        "uncertainty_m": 3000,
        "method": "gazetteer",
        "score": 0.9,
        "needs_review": False,
        "killed_min": number % 40,
        "killed_max": None if number % 3 else number % 40 + 5,
    }


def full() -> dict[str, Any]:
    """Return all properties of the contract, with one source and two claims."""
    from mapper.publish import contract

    source = {
        **dict.fromkeys(contract.SOURCE, ""),
        "id": "report-1",
        "file": "reports/one.txt",
        "sha256": "0" * 64,
        "publisher": "Example Monitor",
        "url": "https://example.org/report",
    }
    claim = {
        "id": "report-1:toll:3",
        "source": "report-1",
        "kind": "toll",
        "value": 3,
        "op": ">=",
        "reporters": ["a local monitor"],
        "quote": "at least three people were killed",
        "start": 100,
        "end": 133,
        "rule": "toll",
        "detail": {"group": "killed", "of": None},
    }
    listed = {"sources": [source], "claims": [claim, {**claim, "id": "report-1:toll:4"}]}
    return {**contract.EMPTY, **flat(0), **listed}


def stream(count: int, properties: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give features one at a time; the same object is used again, as a program that streams would."""
    position = [40.0, 34.0]
    feature = {"type": "Feature", "id": "", "geometry": {"type": "Point", "coordinates": position}}
    feature["properties"] = properties
    for number in range(count):
        feature["id"] = f"i-{number}"
        position[0], position[1] = 36 + number % 6000 / 1000, 33 + number % 4000 / 1000
        properties["title"] = f"Air strike reported, Village {number % 5000}"
        properties["killed_min"] = number % 40
        yield feature


def mapper_flat(count: int, output: Path) -> tuple[float, float]:
    """Write the columns of the GeoDataFrame below, and no more."""
    from mapper.publish.geojson import write_features

    taken = stopwatch()
    write_features(stream(count, flat(0)), output)
    return taken()


def mapper_full(count: int, output: Path) -> tuple[float, float]:
    """Write features of the whole contract."""
    from mapper.publish.geojson import write_features

    taken = stopwatch()
    write_features(stream(count, full()), output)
    return taken()


def _frame(count: int) -> Any:  # noqa: ANN401 - a GeoDataFrame, of a library without types
    import geopandas
    import numpy as np
    import pandas as pd
    import shapely

    table = pd.DataFrame([{"id": f"i-{number}", **flat(number)} for number in range(count)])
    numbers = np.arange(count)
    points = shapely.points(36 + numbers % 6000 / 1000, 33 + numbers % 4000 / 1000)
    return geopandas.GeoDataFrame(table, geometry=points, crs=4326)


def to_file(count: int, output: Path) -> tuple[float, float]:
    """Write with GeoDataFrame.to_file; the frame is there already."""
    frame = _frame(count)
    taken = stopwatch()
    frame.to_file(output, driver="GeoJSON")
    return taken()


def to_file_arrow(count: int, output: Path) -> tuple[float, float]:
    """Write with GeoDataFrame.to_file over Arrow."""
    frame = _frame(count)
    taken = stopwatch()
    frame.to_file(output, driver="GeoJSON", use_arrow=True)
    return taken()


def to_json(count: int, output: Path) -> tuple[float, float]:
    """Write what GeoDataFrame.to_json gives."""
    frame = _frame(count)
    taken = stopwatch()
    output.write_text(frame.to_json(), encoding="utf-8")
    return taken()


WRITERS: dict[str, tuple[str, Callable[[int, Path], tuple[float, float]]]] = {
    "flat": ("mapper, the columns of the frame", mapper_flat),
    "full": ("mapper, whole contract: source, claims", mapper_full),
    "to_file": ("GeoDataFrame.to_file", to_file),
    "arrow": ("GeoDataFrame.to_file, use_arrow", to_file_arrow),
    "to_json": ("GeoDataFrame.to_json", to_json),
}


def measured(name: str, count: int, folder: Path) -> tuple[float, float, float, float]:
    """Run a writer in its own process; return seconds, CPU seconds, megabytes written and peak megabytes."""
    output = folder / f"{name}.geojson"
    command = [sys.executable, __file__, str(count), "--only", name, "--output", str(output)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, busy, peak = (float(word) for word in done.stdout.split())
    size = output.stat().st_size / 1e6
    output.unlink()
    return seconds, busy, size, peak


def main() -> None:
    """Measure every writer, and print the table."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("count", type=int, nargs="?", default=MILLION)
    words.add_argument("--only", choices=WRITERS)
    words.add_argument("--output", type=Path)
    given = words.parse_args()
    if given.only:
        seconds, busy = WRITERS[given.only][1](given.count, given.output)
        print(seconds, busy, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    print(f"{given.count:,} incidents to GeoJSON; target for mapper: {TARGET_S:.0f} s, {TARGET_MB} MB of memory\n")
    print(f"{'writer':40} {'seconds':>8} {'CPU s':>8} {'MB file':>8} {'MB peak':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, (title, _) in WRITERS.items():
            seconds, busy, size, peak = measured(name, given.count, Path(folder))
            print(f"{title:40} {seconds:8.2f} {busy:8.2f} {size:8.0f} {peak:8.0f}", flush=True)


if __name__ == "__main__":
    main()
