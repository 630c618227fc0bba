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
import json
import re
import zlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from mapper.publish.columns import IndexBuilder
from mapper.publish.features import Feature, complete

CHUNK: Final = 256
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
    rows: list[Feature] = []
    with ThreadPoolExecutor(max_workers=2) as pool:

        def send() -> None:
            value = _chunk(rows)
            name = f"chunk-{len(chunks) + len(waiting)}"
            waiting.append(pool.submit(_packed, name, dumped(value), value if len(rows) < 8 else None))
            rows.clear()
            while len(waiting) > _WAITING:
                chunks.append(waiting.popleft().result())

        for feature in features:
            index.add(feature)
            rows.append(feature)
            if len(rows) == CHUNK:
                send()
        if rows:
            send()
        chunks.extend(future.result() for future in waiting)
    return Packed(index, tuple(chunks))


def pack_rows(prefix: str, rows: Sequence[Mapping[str, Any]]) -> tuple[Block, ...]:
    """Pack plain records (what was set aside) in chunks, column by column."""
    return tuple(
        block(f"{prefix}-{number}", _table(rows[start : start + CHUNK * 4]))
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


def _chunk(features: Sequence[Feature]) -> dict[str, Any]:
    """Put features, their claims and their sources into three tables."""
    numbers: dict[str, int] = {}
    sources: list[Mapping[str, Any]] = []
    claims: list[Mapping[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for feature in features:
        properties = complete(feature["properties"])
        cited = []
        for source in properties["sources"]:
            key = source.get("id", "")
            number = numbers.get(key)
            if number is None or sources[number] != source:
                number = numbers[key] = len(sources)
                sources.append(source)
            cited.append(number)
        claims.extend(properties["claims"])
        properties["claims"] = len(properties["claims"])
        properties["sources"] = cited
        rows.append(properties)
    return {
        "geometry": [_point(feature) for feature in features],
        "features": _table(rows),
        "sources": _table(sources),
        "claims": _table([_short(claim) for claim in claims]),
    }


def _point(feature: Feature) -> list[float] | None:
    geometry = feature.get("geometry")
    return None if geometry is None else geometry["coordinates"]


def _short(claim: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out what follows from the rest: where a quote of known length ends."""
    quote = claim.get("quote")
    if isinstance(quote, str) and claim.get("end") == claim.get("start", 0) + len(quote):
        return {**claim, "end": None}
    return claim


def _table(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Turn records into columns. A record that lacks a key has null there."""
    if not rows:
        return {"keys": [], "columns": [], "length": 0}
    keys = tuple(rows[0])
    if all(tuple(row) == keys for row in rows):
        columns: Iterable[Sequence[Any]] = zip(*[row.values() for row in rows], strict=True)
    else:
        keys = tuple(dict.fromkeys(key for row in rows for key in row))
        columns = [[row.get(key) for row in rows] for key in keys]
    return {"keys": keys, "columns": list(columns), "length": len(rows)}
