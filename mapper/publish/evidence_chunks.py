"""One chunk of evidence: features, claims and sources as three tables of columns.

What the index holds, and what follows from something else, is left out: the
page puts it back (`web/src/data/restore.ts`), and gives the same features again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any, Final

from mapper.publish import contract
from mapper.publish.columns import INDEXED, PLACE, Numbers
from mapper.publish.features import Feature, complete
from mapper.publish.strict_json import dumped, dumped_each

_CLAIM_KEYS: Final = tuple(contract.CLAIM)
_CLAIM: Final = itemgetter(*_CLAIM_KEYS)
_NO_CLAIM: Final[Mapping[str, Any]] = {
    **dict.fromkeys(_CLAIM_KEYS),
    "id": "",
    "source": "",
    "kind": "",
    "reporters": [],
    "quote": "",
    "start": 0,
    "end": 0,
    "rule": "",
    "detail": {},
}
_QUOTED: Final[Mapping[str, Any]] = {}
_SAID: Final = ("kind", "value", "op", "rule", "detail")
"""What many claims say alike: held once for a chunk, with a number for each claim."""
_WRITTEN: Final = (*(name for name in _CLAIM_KEYS if name not in _SAID), "said")
_ELSEWHERE: Final = INDEXED | {*PLACE, "sources", "claims"}
_KEPT: Final = tuple(name for name in contract.PROPERTIES if name not in _ELSEWHERE)
_KEEP: Final = itemgetter(*_KEPT)
_KNOWN: Final = frozenset(contract.PROPERTIES)


class ChunkBuilder:
    """Collects the tables of one chunk, a few incidents at a time.

    Each column is kept as the JSON of its values: that is written while they
    are still in the processor's cache, and nothing of a feature stays behind.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._sources: list[Mapping[str, Any]] = []
        self._features = {name: list[bytes]() for name in (*_KEPT, "cited", "claims")}
        self._claims = {name: list[bytes]() for name in _WRITTEN}
        self._said = Numbers[bytes]()
        self._extra: list[dict[str, Any] | None] = []
        self._last_start = 0

    def __len__(self) -> int:
        """Count the incidents."""
        return len(self._extra)

    def extend(self, features: Sequence[Feature]) -> None:
        """Add incidents, with their sources and claims."""
        if not features:
            return
        rows, counts, cited = [], [], []
        claims: list[Mapping[str, Any]] = []
        for feature in features:
            properties = feature["properties"]
            try:
                rows.append(_KEEP(properties))
                mine, named = properties["claims"], properties["sources"]
            except KeyError:
                properties = complete(properties)
                rows.append(_KEEP(properties))
                mine, named = properties["claims"], properties["sources"]
            counts.append(len(mine))
            claims += mine
            cited.append([self._number(source) for source in named])
            self._extra.append(
                None
                if len(properties) == len(_KNOWN)
                else {name: value for name, value in properties.items() if name not in _KNOWN}
            )
        columns = dict(zip(_KEPT, zip(*rows, strict=True), strict=True))
        _add(self._features, {**columns, "cited": cited, "claims": counts})
        if claims:
            _add(self._claims, self._claim_columns(claims))

    def _number(self, source: Mapping[str, Any]) -> int:
        key = source.get("id", "")
        number = self._numbers.get(key)
        if number is None or self._sources[number] != source:
            number = self._numbers[key] = len(self._sources)
            self._sources.append(source)
        return number

    def _claim_columns(self, claims: Sequence[Mapping[str, Any]]) -> dict[str, Sequence[Any]]:
        numbers = self._numbers
        try:
            rows = [_CLAIM(claim) for claim in claims]
        except KeyError:
            rows = [_CLAIM({**_NO_CLAIM, **claim}) for claim in claims]
        columns = dict(zip(_CLAIM_KEYS, zip(*rows, strict=True), strict=True))
        spans = list(zip(columns["start"], columns["end"], strict=True))
        names = zip(columns["id"], columns["source"], columns["kind"], spans, strict=True)
        before, self._last_start = self._last_start, columns["start"][-1]
        values = [
            # A name often is the quote itself; no value of a claim is an object.
            _QUOTED if value == quote else value
            for value, quote in zip(columns["value"], columns["quote"], strict=True)
        ]
        said = dumped_each(zip(*[values if name == "value" else columns[name] for name in _SAID], strict=True))
        return {
            "reporters": columns["reporters"],
            "quote": columns["quote"],
            "said": list(map(self._said.__getitem__, said)),
            # The usual name of a claim is made of its source, kind and span.
            "id": [
                0 if name == f"{source}/{kind}/{start}-{end}" else name for name, source, kind, (start, end) in names
            ],
            "source": [numbers.get(source, source) for source in columns["source"]],
            # Claims stand in reading order: steps are smaller than offsets.
            "start": [start - last for last, start in pairwise((before, *columns["start"]))],
            # A quote ends where it begins plus its length.
            "end": [
                None if end == start + len(quote) else end
                for quote, (start, end) in zip(columns["quote"], spans, strict=True)
            ],
        }

    def written(self) -> bytes:
        """Give the tables as JSON."""
        extra = [dumped(self._extra)[1:-1]] if any(self._extra) else []
        return b'{"features":%b,"sources":%b,"claims":%b,"said":[%b]}' % (
            _joined({**self._features, "extra": extra}),
            dumped(table([_shortened(source) for source in self._sources])),
            _joined(self._claims),
            b",".join(self._said),
        )


def _shortened(source: Mapping[str, Any]) -> Mapping[str, Any]:
    """Leave out the name of a file that is the id of its article: it stands there already."""
    name = source.get("id")
    usual = isinstance(name, str) and source.get("file") == f"{name}.txt"
    return {**source, "file": 0} if usual else source


def _joined(columns: Mapping[str, list[bytes]]) -> bytes:
    return b"{%b}" % b",".join(b'"%b":[%b]' % (name.encode(), b",".join(parts)) for name, parts in columns.items())


def _add(written: Mapping[str, list[bytes]], columns: Mapping[str, Sequence[Any]]) -> None:
    for name, values in columns.items():
        written[name].append(dumped(values)[1:-1])


def table(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
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
