"""Packs incidents for the page: an index that is always read, and evidence that waits.

The page filters, counts and clusters on the *index*: columns of codes and
numbers. The evidence (sources, claims, quotes) travels in chunks of `CHUNK`
incidents that are inflated only when somebody looks. Inside a chunk like
stands with like, column by column, and a source that several incidents cite
is held once: a hundred thousand incidents with their quotes fit in a few
megabytes. Nothing is lost: the page gives back the features it was given.
"""

from __future__ import annotations

import base64
import gc
import json
import re
import zlib
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from mapper.publish.columns import IndexBuilder
from mapper.publish.evidence_chunks import ChunkBuilder, table
from mapper.publish.features import Feature
from mapper.publish.strict_json import dumped

CHUNK: Final = 1024
PLAIN_LIMIT: Final = 4_096
"""Blocks up to this many bytes stay readable JSON; larger ones are compressed."""

_LEVEL: Final = 5
"""Of what is packed, most of the size is names and hashes: one level more takes 1.7 times as long for 5 % less."""
_BATCH: Final = 16
"""Incidents that are parsed before their values are taken: a larger batch falls out of the processor's cache."""
_WAITING: Final = 8
_STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&{}'`\x7f"}


@dataclass(frozen=True, slots=True)
class Block:
    """One inert piece of data of the page: ASCII, and how it is to be read."""

    name: str
    kind: str
    text: bytes


@dataclass(frozen=True, slots=True)
class Packed:
    """Everything that the page needs to know about the incidents."""

    index: IndexBuilder
    chunks: tuple[Block, ...]

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return len(self.index.ids)

    @property
    def size(self) -> int:
        """Bytes of all chunks."""
        return sum(len(chunk.text) for chunk in self.chunks)


def inert_json(value: object) -> bytes:
    r"""Write JSON that is inert wherever it stands in a page.

    Only ASCII; inside strings ``<``, ``>``, ``&``, ``{`` and ``}`` are
    ``\u`` escapes, so that neither HTML nor a template sees anything.

    Examples
    --------
    >>> inert_json({"a": "</script>{{7*7}}"})
    b'{"a":"\\u003c/script\\u003e\\u007b\\u007b7*7\\u007d\\u007d"}'
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return _STRING.sub(lambda found: found.group().translate(_ESCAPES), text).encode("ascii")


def block(name: str, value: object) -> Block:
    """Make a block of any JSON value: readable if it is small, else gzip in base64."""
    return _packed(name, dumped(value))


def binary_block(name: str, data: bytes) -> Block:
    """Make a block of bytes: gzip in base64."""
    return Block(name, "gzip", _compressed(data))


def pack_incidents(features: Iterable[Feature], *, first: int = 0) -> Packed:
    """Read incidents once, and give their index and their evidence.

    Parameters
    ----------
    features : iterable of mappings
        The incidents.
    first : int
        How many stand before them; whole chunks of them.

    Raises
    ------
    InputError
        A geometry is not a usable point.
    """
    index = IndexBuilder(first)
    before = first // CHUNK
    chunks: list[Block] = []
    waiting: deque[Future[Block]] = deque()
    rest = iter(features)
    # Millions of short-lived dictionaries and no cycles among them: the collector would only look on.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with ThreadPoolExecutor(max_workers=2) as pool:
            while tables := _next_chunk(rest, index):
                waiting.append(pool.submit(_packed, f"chunk-{before + len(chunks) + len(waiting)}", tables))
                while len(waiting) > _WAITING:
                    chunks.append(waiting.popleft().result())
            chunks.extend(future.result() for future in waiting)
    finally:
        if collecting:
            gc.enable()
    return Packed(index, tuple(chunks))


def _next_chunk(rest: Iterator[Feature], index: IndexBuilder) -> bytes:
    tables = ChunkBuilder()
    for _ in range(0, CHUNK, _BATCH):
        rows = list(islice(rest, _BATCH))
        if not rows:
            break
        index.extend(rows)
        tables.extend(rows)
    return tables.written() if len(tables) else b""


def pack_rows(prefix: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Pack plain records (what was set aside) in chunks, column by column."""
    return tuple(
        block(f"{prefix}-{number}", table(rows[start : start + CHUNK * 4]))
        for number, start in enumerate(range(0, len(rows), CHUNK * 4))
    )


def _packed(name: str, data: bytes) -> Block:
    if len(data) <= PLAIN_LIMIT:
        return Block(name, "json", inert_json(json.loads(data)))
    return Block(name, "gzip", _compressed(data))


def _compressed(data: bytes) -> bytes:
    # gzip with no name and no time: same data, same bytes.
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    return base64.b64encode(squeeze.compress(data) + squeeze.flush())
