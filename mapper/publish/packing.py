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
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from mapper.publish.columns import IndexBuilder
from mapper.publish.evidence_chunks import chunk, table
from mapper.publish.features import Feature

CHUNK: Final = 1024
PLAIN_LIMIT: Final = 4_096
"""Blocks up to this many bytes stay readable JSON; larger ones are compressed."""

_LEVEL: Final = 6
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
    return _packed(name, dumped(value), value)


def dumped(value: object) -> bytes:
    """Write JSON as UTF-8, quickly; text with lone surrogates is escaped."""
    import orjson

    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":")).encode("ascii")


def binary_block(name: str, data: bytes) -> Block:
    """Make a block of bytes: gzip in base64."""
    return Block(name, "gzip", _compressed(data))


def pack_incidents(features: Iterable[Feature]) -> Packed:
    """Read incidents once, and give their index and their evidence.

    Raises
    ------
    InputError
        A geometry is not a usable point.
    """
    index = IndexBuilder()
    chunks: list[Block] = []
    waiting: deque[Future[Block]] = deque()
    rest = iter(features)
    # Millions of short-lived dictionaries and no cycles among them: the collector would only look on.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with ThreadPoolExecutor(max_workers=2) as pool:
            while rows := list(islice(rest, CHUNK)):
                value = chunk(rows, index.extend(rows))
                name = f"chunk-{len(chunks) + len(waiting)}"
                waiting.append(pool.submit(_packed, name, dumped(value), value if len(rows) < 8 else None))
                while len(waiting) > _WAITING:
                    chunks.append(waiting.popleft().result())
            chunks.extend(future.result() for future in waiting)
    finally:
        if collecting:
            gc.enable()
    return Packed(index, tuple(chunks))


def pack_rows(prefix: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Pack plain records (what was set aside) in chunks, column by column."""
    return tuple(
        block(f"{prefix}-{number}", table(rows[start : start + CHUNK * 4]))
        for number, start in enumerate(range(0, len(rows), CHUNK * 4))
    )


def _packed(name: str, data: bytes, value: object) -> Block:
    if value is not None and len(data) <= PLAIN_LIMIT:
        return Block(name, "json", inert_json(value))
    return Block(name, "gzip", _compressed(data))


def _compressed(data: bytes) -> bytes:
    # gzip with no name and no time: same data, same bytes.
    squeeze = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)
    return base64.b64encode(squeeze.compress(data) + squeeze.flush())
