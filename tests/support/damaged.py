"""Damaged copies of a file: the same ones every time, and a count of what came of reading them."""

from __future__ import annotations

import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mapper.errors import MapperError

SLOWEST_S: Final = 2.0
MOST_BYTES: Final = 1 << 30

# Pieces that have broken parsers: written over, or into, a file.
PIECES: Final = [
    *(b"NaN", b"Infinity", b"-0", b"1e999", b"9" * 5000, b"[" * 3000, b'{"a":' * 3000, b'"\\ud800"', b"\\u0000"),
    *(b"\xff\xfe", b"\xef\xbb\xbf", b"\x00", b"\xed\xa0\x80", b'"', b"\\", b",", b"\n", b"\r", b"null", b"true", b"{}"),
    *(b"[]", b'"id":"x",', b'"type":"Feature",', b"=1+1", b"\xe2\x80\xa8", b"\x1b[31m", b"A" * 200_000, b"'" * 2000),
    *(b"\t", b";", b"[" * 100_000, b"\x1f\x8b", b"PK\x03\x04", b"\xff" * 8, b"\x00" * 8),
]


def damaged(data: bytes, count: int) -> Iterator[bytes]:
    """Give `count` damaged copies of a file."""
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


@contextmanager
def in_memory() -> Iterator[Path]:
    """Give a folder that lies in memory where the system has one: what is read is tested here, not the disk."""
    memory = Path("/dev/shm")
    folder = Path(tempfile.mkdtemp(dir=memory if os.access(memory, os.W_OK) else None))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def room_for(more: int) -> Iterator[None]:
    """Let this process grow by a number of bytes and no more: what swells is then a `MemoryError`, not a dead machine.

    Only Linux says how large a process is; elsewhere there is no such bound.
    """
    size = Path("/proc/self/statm")
    if not size.is_file():
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    now = int(size.read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (now + more, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@dataclass(slots=True)
class Count:
    """What came of reading damaged copies: `told` are those refused, or read with a problem."""

    told: int = 0
    escaped: list[str] = field(default_factory=list)
    slowest: float = 0.0


def read_damaged(path: Path, read: Callable[[Path], object], count: int) -> Count:
    """Read damaged copies of a file in its place; what a reader returns as true is a problem that it told of."""
    original = path.read_bytes()
    found = Count()
    for data in damaged(original, count):
        path.write_bytes(data)
        begin = time.process_time()
        try:
            with room_for(MOST_BYTES):
                found.told += bool(read(path))
        except MapperError as fault:
            found.told += 1
            if "\n" in str(fault):
                found.escaped.append(f"two lines: {fault}"[:200])
        except Exception as fault:  # noqa: BLE001 - what escapes is what is counted
            found.escaped.append(f"{type(fault).__name__}: {fault}"[:200])
        found.slowest = max(found.slowest, time.process_time() - begin)
    path.write_bytes(original)
    return found
