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
from mapper.publish.columns import INDEXED, PLACE
from mapper.publish.features import Feature, complete

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
_ELSEWHERE: Final = INDEXED | {*PLACE, "sources", "claims"}
_KEPT: Final = tuple(name for name in contract.PROPERTIES if name not in _ELSEWHERE)
_KEEP: Final = itemgetter(*_KEPT)
_KNOWN: Final = frozenset(contract.PROPERTIES)


def chunk(features: Sequence[Feature], places: Sequence[tuple[str, str, str, str] | None]) -> dict[str, Any]:
    """Put features into tables.

    Parameters
    ----------
    features : sequence of mappings
        With sources and claims.
    places : sequence
        What `IndexBuilder.extend` gave for them.
    """
    numbers: dict[str, int] = {}
    sources: list[Mapping[str, Any]] = []
    claims: list[Mapping[str, Any]] = []
    rows: list[tuple[Any, ...]] = []
    counts: list[int] = []
    cited: list[list[int]] = []
    extra: list[dict[str, Any] | None] = []
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
        cited.append([_number(source, numbers, sources) for source in named])
        extra.append(
            None
            if len(properties) == len(_KNOWN)
            else {name: value for name, value in properties.items() if name not in _KNOWN}
        )
    return {
        "features": {
            **dict(zip(_KEPT, zip(*rows, strict=True), strict=True)),
            "where": places,
            "cited": cited,
            "claims": counts,
            "extra": extra if any(extra) else [],
        },
        "sources": table(sources),
        "claims": _claims(claims, numbers),
    }


def _number(source: Mapping[str, Any], numbers: dict[str, int], sources: list[Mapping[str, Any]]) -> int:
    key = source.get("id", "")
    number = numbers.get(key)
    if number is None or sources[number] != source:
        number = numbers[key] = len(sources)
        sources.append(source)
    return number


def _claims(claims: Sequence[Mapping[str, Any]], numbers: Mapping[str, int]) -> dict[str, Any]:
    try:
        rows = [_CLAIM(claim) for claim in claims]
    except KeyError:
        rows = [_CLAIM({**_NO_CLAIM, **claim}) for claim in claims]
    columns = dict(zip(_CLAIM_KEYS, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(_CLAIM_KEYS, ())
    spans = list(zip(columns["start"], columns["end"], strict=True))
    names = zip(columns["id"], columns["source"], columns["kind"], spans, strict=True)
    return {
        **columns,
        # The usual name of a claim is made of its source, kind and span.
        "id": [0 if name == f"{source}/{kind}/{start}-{end}" else name for name, source, kind, (start, end) in names],
        "source": [numbers.get(source, source) for source in columns["source"]],
        # A name often is the quote itself; no value of a claim is an object.
        "value": [
            _QUOTED if value == quote else value
            for value, quote in zip(columns["value"], columns["quote"], strict=True)
        ],
        # Claims stand in reading order: steps are smaller than offsets.
        "start": [start - before for before, start in pairwise((0, *columns["start"]))],
        # A quote ends where it begins plus its length.
        "end": [
            None if end == start + len(quote) else end
            for quote, (start, end) in zip(columns["quote"], spans, strict=True)
        ],
    }


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
