"""The n-th thing that is asked of the disk fails, for every n: old data whole, exit code 5, one line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import builds
import pytest
import samples
import stores

from mapper import files
from mapper.errors import OutputError
from mapper.publish.export import export
from mapper.publish.geojson import write_features
from mapper.publish.manifest import write_manifest
from mapper.publish.set_aside import write_set_aside
from mapper.publish.tables import write_csv

pytestmark = pytest.mark.hostile
# One more than any operation here asks of the disk.
MOST_CALLS = 200


@dataclass(slots=True)
class Disk:
    """Counts what is asked of the disk, and fails the n-th."""

    fails_at: int
    code: int
    calls: list[str] = field(default_factory=list)

    def asked(self, what: str) -> None:
        """Count a call, and refuse it when its turn has come."""
        self.calls.append(what)
        if len(self.calls) == self.fails_at:
            raise OSError(self.code, os.strerror(self.code))


@contextmanager
def _failing(disk: Disk) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "fsync", "replace", "mkdir"):
            patch.setattr(os, name, _counted(disk, name, getattr(os, name)))
        patch.setattr(files, "_Disk", _failing_disk(disk))
        yield


def _counted(disk: Disk, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - stands for any function of os
        disk.asked(name)
        return real(*args, **options)

    return call


def _failing_disk(disk: Disk) -> type[files._Disk]:
    class Failing(files._Disk):
        def write(self, data: Any, /) -> int:  # noqa: ANN401 - bytes of any kind
            try:
                disk.asked("write")
            except OSError as fault:
                raise files._cannot_write(self._target, fault) from fault
            return super().write(data)

    return Failing


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that writes, and what it writes."""

    run: Callable[[Path], object]
    output: str


def _together(folder: Path) -> None:
    with files.together(folder, ["a.txt", "b.txt"]) as made:
        files.write_bytes(made / "a.txt", b"a")
        files.write_bytes(made / "b.txt", b"b")


OPERATIONS = {
    "write_bytes": Operation(lambda folder: files.write_bytes(folder / "a.txt", b"x" * 700_000), "a.txt"),
    "append": Operation(lambda folder: files.append(folder / "a.jsonl", b"{}"), "a.jsonl"),
    "replacing_path": Operation(lambda folder: _by_library(folder / "a.bin"), "a.bin"),
    "incidents": Operation(
        lambda folder: write_features((samples.sample() for _ in range(300)), folder / "a.geojson"), "a.geojson"
    ),
    "set aside": Operation(lambda folder: write_set_aside([samples.set_aside()], [], folder / "a.json"), "a.json"),
    "manifest": Operation(
        lambda folder: write_manifest(folder, inputs=[], articles=builds.ARTICLES, outputs=[], settings={}),
        "manifest.json",
    ),
    "files together": Operation(_together, "b.txt"),
    "csv": Operation(lambda folder: write_csv([samples.sample()] * 200, folder / "a.csv"), "a.csv"),
}


def _by_library(path: Path) -> None:
    with files.replacing_path(path) as made:
        made.write_bytes(b"new")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO], ids=["ENOSPC", "EIO"])
@pytest.mark.parametrize("name", OPERATIONS)
def test_whichever_call_fails_the_old_file_is_whole(
    name: str, code: int, tmp_path: Path, figure: Callable[..., None]
) -> None:
    operation = OPERATIONS[name]
    target = tmp_path / operation.output
    operation.run(tmp_path)
    new = target.read_bytes()
    broken = 0
    for fails_at in range(1, MOST_CALLS):
        target.write_bytes(b"old")
        disk = Disk(fails_at, code)
        try:
            with _failing(disk):
                operation.run(tmp_path)
        except OSError as fault:
            broken += not _told_well(fault)
        else:
            if len(disk.calls) < fails_at:
                break
        # After the move the new file stands there whole; before it, the old one.
        broken += target.read_bytes() not in (b"old", _after(operation, new))
        broken += [path.name for path in tmp_path.iterdir() if path.name.startswith(".mapper-")] != []
    else:
        pytest.fail(f"{name} asks more than {MOST_CALLS} things of the disk")
    figure(f"{name}: {errno.errorcode[code]} at each of {fails_at - 1} calls", f"{broken} broken", "0")
    assert fails_at > 3, "the faults were not injected"
    assert broken == 0


def _after(operation: Operation, new: bytes) -> bytes:
    return b"old\n{}\n" if operation.output == "a.jsonl" else new


def _told_well(fault: OSError) -> bool:
    return isinstance(fault, OutputError) and fault.exit_code == 5 and "\n" not in str(fault) and len(str(fault)) > 20


def _write_in_place(path: Path, disk: Disk) -> None:
    with path.open("wb", buffering=0) as stream:
        for part in (b"one", b"two", b"three"):
            disk.asked("write")
            stream.write(part)


def test_the_suite_catches_a_writer_that_writes_in_place(tmp_path: Path, figure: Callable[..., None]) -> None:
    """The same loop over a writer as most programs have it: the old file is gone at the first failing write."""
    path = tmp_path / "a.txt"
    ruined = 0
    for fails_at in range(1, 4):
        path.write_bytes(b"old")
        disk = Disk(fails_at, errno.ENOSPC)
        with pytest.raises(OSError, match="No space left"):
            _write_in_place(path, disk)
        ruined += path.read_bytes() != b"old"
    figure("bad build, in place: ruined", f"{ruined} of 3", "> 0")
    assert ruined == 3


_LIMITED = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from pathlib import Path
from mapper.errors import MapperError
from mapper.publish.export import export
try:
    export(Path(sys.argv[2]), Path(sys.argv[3]))
except MapperError as fault:
    print(fault, file=sys.stderr)
    sys.exit(fault.exit_code)
"""


@pytest.mark.parametrize("ending", [".csv", ".kml", ".geojson", ".gpkg", ".fgb", ".parquet"])
def test_a_disk_that_takes_no_more_is_one_line_for_every_format(
    ending: str, tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    """The kernel itself refuses, at a size that a real full disk could have chosen."""
    given = tmp_path / "given.geojson"
    write_features((samples.sample() for _ in range(200)), given)
    output = tmp_path / f"out{ending}"
    export(given, output)
    whole = output.stat().st_size
    good = 0
    shares = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99] if full else [0.5]
    for share in shares:
        output.write_bytes(b"old")
        command = [sys.executable, "-c", _LIMITED, str(int(whole * share)), str(given), str(output)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        lines = done.stderr.strip().splitlines()
        kept = output.read_bytes() == b"old" and sorted(p.name for p in tmp_path.iterdir()) == [
            "given.geojson",
            output.name,
        ]
        good += done.returncode == 5 and len(lines) == 1 and lines[0].startswith("cannot write") and kept
    figure(f"{ending}: exit 5, one line, old file whole", f"{good} of {len(shares)}", "all")
    assert good == len(shares), done.stderr


_CACHE = """
import resource, signal, sys
from pathlib import Path
import stores
from mapper.places.geocoders.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path, kept, step = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if sys.argv[4] == "bad":
    from mapper.places.geocoders import store
    store._DAMAGED = frozenset(range(256))
told, lost = 0, 0
for limit in range(0, path.stat().st_size + 16_384, step):
    problems = []
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    Store(path, problems.append).put(stores.answer(1_000_000 + limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    told += bool(problems)
    there = Store(path, problems.append).answers()
    lost += not {stores.answer(number).question for number in range(kept)} <= {found.question for found in there}
print(told, lost)
"""


def _on_a_failing_disk(tmp_path: Path, step: int, build: str) -> tuple[int, int]:
    """Let a cache meet a limit of the disk at every step; return how often it told of it, and lost answers."""
    path, kept = tmp_path / "cache.sqlite3", 60
    for number in range(kept):
        stores.STORES["geocoder's cache"].add(path, number)
    command = [sys.executable, "-c", _CACHE, str(path), str(kept), str(step), build]
    support = {**os.environ, "PYTHONPATH": str(Path(stores.__file__).parent)}
    done = subprocess.run(command, env=support, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told, lost = map(int, done.stdout.split())
    return told, lost


def test_a_disk_that_fails_takes_no_answer_of_a_geocoder_away(
    tmp_path: Path, full: bool, figure: Callable[..., None]
) -> None:
    """What SQLite says of a failing disk is no word on what is in the file."""
    told, lost = _on_a_failing_disk(tmp_path, 512 if full else 4096, "good")
    figure("geocoder's cache: the disk refused, and it was said", told, "> 0")
    figure("geocoder's cache: answers that were there are gone", lost, "0")
    assert told > 0
    assert lost == 0


def test_the_suite_catches_a_cache_that_takes_every_fault_for_damage(
    tmp_path: Path, figure: Callable[..., None]
) -> None:
    _, lost = _on_a_failing_disk(tmp_path, 4096, "bad")
    figure("bad build, every fault is damage: answers gone", lost, "> 0")
    assert lost > 0
