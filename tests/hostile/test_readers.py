"""Damaged files of our own kinds: read, or refused with one line; never a traceback, never a bent value."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import builds
import pytest
import samples
from damaged import SLOWEST_S, damaged, in_memory, read_damaged

from mapper.publish.geojson import read_features, write_features
from mapper.publish.manifest import read_manifest
from mapper.publish.set_aside import read_set_aside
from mapper.publish.tables import read_csv, write_csv
from mapper.publish.validate import validate_file
from mapper.publish.verify import verify

pytestmark = pytest.mark.hostile
READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "incidents.geojson": ("incidents.geojson", lambda path: list(read_features(path))),
    "incidents.geojson, validated": ("incidents.geojson", validate_file),
    "set_aside.json": ("set_aside.json", read_set_aside),
    "manifest.json": ("manifest.json", read_manifest),
    "a build, verified": ("incidents.geojson", lambda path: verify(path.parent)),
    "a table": ("incidents.csv", lambda path: list(read_csv(path))),
}


@pytest.fixture(scope="module")
def build() -> Iterator[Path]:
    """Write a small build, and its table."""
    with in_memory() as folder:
        builds.build(folder / "build", folder / "articles")
        write_features([samples.sample(), samples.sample(title="second")], folder / "build" / "incidents.geojson")
        write_csv([samples.sample(), samples.sample(title="second")], folder / "build" / "incidents.csv")
        yield folder / "build"


@pytest.mark.parametrize("name", READERS)
def test_damaged_files_are_refused_in_one_line(name: str, build: Path, full: bool, figure: Callable[..., None]) -> None:
    file, read = READERS[name]
    path = build / file
    count = 10_000 if full else 300
    found = read_damaged(path, read, count)
    figure(f"{name}: escaped from {count:,} damaged", len(found.escaped), "0")
    figure(f"{name}: slowest", f"{found.slowest:.2f} s", f"<= {SLOWEST_S:.0f} s")
    assert found.escaped == []
    assert found.told > 0 or name in {"incidents.geojson, validated", "a build, verified"}
    assert found.slowest <= SLOWEST_S


def test_the_suite_catches_a_reader_that_only_parses(build: Path, figure: Callable[..., None]) -> None:
    """The reader that most programs have: parse, and take what one needs."""
    original = (build / "incidents.geojson").read_bytes()
    escaped = 0
    for data in damaged(original, 300):
        try:
            for feature in json.loads(data)["features"]:
                assert feature["properties"]["title"] is not None
        except json.JSONDecodeError:
            continue
        except Exception:  # noqa: BLE001 - what escapes is what this test counts
            escaped += 1
    figure("bad build, json.loads alone: escaped of 300", escaped, "> 0")
    assert escaped > 0
