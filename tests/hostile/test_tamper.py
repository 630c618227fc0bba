"""Whoever changes one byte of a build or of its articles is found out."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.publish.manifest import read_manifest
from mapper.publish.verify import article_root, verify
from mapper.reading.articles.loading import read_articles

pytestmark = pytest.mark.hostile
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the examples once, with copies of the articles beside."""
    folder = tmp_path_factory.mktemp("tamper")
    shutil.copytree(ROOT / "examples" / "articles", folder / "articles")
    words = ["build", str(folder / "articles"), "--output", str(folder / "build"), "--offline", "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "mapper.cli", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in {0, 1}, done.stderr
    return folder


def _findings(folder: Path) -> list[str]:
    articles = read_articles([folder / "articles"], lambda _: None)
    return [str(finding) for finding in verify(folder / "build", articles, [folder / "articles"])]


def _evidence(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_build_of_the_examples_has_no_finding(built: Path) -> None:
    assert _findings(built) == []
    assert article_root(built / "build") == built / "articles"


def test_every_changed_byte_is_found(built: Path, full: bool, figure: Callable[..., None]) -> None:
    draw = random.Random(7)
    evidence = _evidence(built)
    trials, found, missed = 500 if full else 40, 0, []
    for trial in range(trials):
        path = evidence[trial % len(evidence)]
        data = path.read_bytes()
        position, bit = draw.randrange(len(data)), 1 << draw.randrange(8)
        path.write_bytes(data[:position] + bytes([data[position] ^ bit]) + data[position + 1 :])
        if _findings(built):
            found += 1
        else:
            missed.append(f"{path.name} byte {position}")
        path.write_bytes(data)
    figure("single changed bytes found", f"{found} of {trials}", "all")
    assert missed == []


@pytest.mark.parametrize("change", ["cut", "grown", "emptied", "removed", "swapped"])
def test_larger_changes_are_found_too(built: Path, change: str) -> None:
    outputs = [built / "build" / row["file"] for row in read_manifest(built / "build" / "manifest.json")["outputs"]]
    for path in outputs:
        data = path.read_bytes()
        match change:
            case "cut":
                path.write_bytes(data[:-1])
            case "grown":
                path.write_bytes(data + b"\n")
            case "emptied":
                path.write_bytes(b"")
            case "removed":
                path.unlink()
            case _:
                path.write_bytes(outputs[outputs.index(path) - 1].read_bytes())
        assert any(path.name in line for line in _findings(built)), path.name
        path.write_bytes(data)


def test_the_suite_catches_a_check_of_sizes_alone(built: Path, figure: Callable[..., None]) -> None:
    """What a manifest without hashes would notice of the same changes: nothing."""
    sizes = {path: path.stat().st_size for path in _evidence(built)}
    noticed = 0
    for path, size in sizes.items():
        data = path.read_bytes()
        path.write_bytes(bytes([data[0] ^ 1]) + data[1:])
        noticed += path.stat().st_size != size
        path.write_bytes(data)
    figure("bad build, sizes instead of hashes: found", f"{noticed} of {len(sizes)}", "< all")
    assert noticed < len(sizes)
