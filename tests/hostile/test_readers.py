"""Damaged files of our own kinds: read, or refused with one line; never a traceback, never a bent value."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import builds
import pytest
import samples

from mapper.errors import MapperError
from mapper.publish.geojson import read_features, write_features
from mapper.publish.manifest import read_manifest
from mapper.publish.set_aside import read_set_aside
from mapper.publish.tables import read_csv, write_csv
from mapper.publish.validate import validate_file
from mapper.publish.verify import verify

pytestmark = pytest.mark.hostile
SLOWEST_S = 2.0

# Pieces that have broken parsers: written over, or into, a file.
PIECES = [
    *(b"NaN", b"Infinity", b"-0", b"1e999", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b'"\\ud800"', b"\\u0000"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b'"', b"\\", b",", b"\n", b"\r", b"null", b"true", b"{}"),
    *(b"[]", b'"id":"x",', b'"type":"Feature",', b"=1+1", b"\xe2\x80\xa8", b"\x1b[31m", b"A" * 200_000, b"'" * 2000),
]

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "incidents.geojson": ("incidents.geojson", lambda path: list(read_features(path))),
    "incidents.geojson, validated": ("incidents.geojson", validate_file),
    "set_aside.json": ("set_aside.json", read_set_aside),
    "manifest.json": ("manifest.json", read_manifest),
    "a build, verified": ("incidents.geojson", lambda path: verify(path.parent)),
    "a table": ("incidents.csv", lambda path: list(read_csv(path))),
}


def _damaged(data: bytes, count: int) -> Iterator[bytes]:
    """Give `count` damaged copies of a file: the same ones every time."""
    draw = random.Random(11)
    for _ in range(count):
        copy = bytearray(data)
        for _ in range(draw.choice((1, 1, 1, 2, 5))):
            begin = draw.randrange(len(copy) + 1)
            end = min(len(copy), begin + draw.choice((0, 1, 1, 4, 60)))
            match draw.randrange(5):
                case 0:
                    copy[begin:end] = draw.randbytes(end - begin)
                case 1:
                    copy[begin:end] = draw.choice(PIECES)
                case 2:
                    copy[begin:end] = b""
                case 3:
                    copy[begin:begin] = copy[begin : begin + 200]
                case _:
                    del copy[begin : begin + draw.randrange(1 + len(copy))]
        yield bytes(copy)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small build, and its table."""
    folder = tmp_path_factory.mktemp("readers")
    builds.build(folder / "build", folder / "articles")
    write_features([samples.sample(), samples.sample(title="second")], folder / "build" / "incidents.geojson")
    write_csv([samples.sample(), samples.sample(title="second")], folder / "build" / "incidents.csv")
    return folder / "build"


@pytest.mark.parametrize("name", READERS)
def test_damaged_files_are_refused_in_one_line(name: str, build: Path, full: bool, figure: Callable[..., None]) -> None:
    file, read = READERS[name]
    path = build / file
    original = path.read_bytes()
    count, refused, escaped, slowest = 10_000 if full else 300, 0, [], 0.0
    for data in _damaged(original, count):
        path.write_bytes(data)
        begin = time.perf_counter()
        try:
            read(path)
        except MapperError as fault:
            refused += 1
            if "\n" in str(fault):
                escaped.append(f"two lines: {fault}"[:200])
        except Exception as fault:  # noqa: BLE001 - what escapes is what this test counts
            escaped.append(f"{type(fault).__name__}: {fault}"[:200])
        slowest = max(slowest, time.perf_counter() - begin)
    path.write_bytes(original)
    figure(f"{name}: escaped from {count:,} damaged", len(escaped), "0")
    figure(f"{name}: slowest", f"{slowest:.2f} s", f"<= {SLOWEST_S:.0f} s")
    assert escaped == []
    assert refused > 0 or name in {"incidents.geojson, validated", "a build, verified"}
    assert slowest <= SLOWEST_S


def test_the_suite_catches_a_reader_that_only_parses(build: Path, figure: Callable[..., None]) -> None:
    """The reader that most programs have: parse, and take what one needs."""
    original = (build / "incidents.geojson").read_bytes()
    escaped = 0
    for data in _damaged(original, 300):
        try:
            for feature in json.loads(data)["features"]:
                assert feature["properties"]["title"] is not None
        except json.JSONDecodeError:
            continue
        except Exception:  # noqa: BLE001 - what escapes is what this test counts
            escaped += 1
    figure("bad build, json.loads alone: escaped of 300", escaped, "> 0")
    assert escaped > 0
