"""The law of three links, held to a feature.

No value without a claim, no claim without a span of text, no span without the
hash of its article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from mapper.model import Article
from mapper.publish.geojson import Feature
from mapper.publish.validate import Finding

_NEEDS: Final[Mapping[str, str]] = {
    "actors": "actor",
    "sites": "site",
    "responses": "response",
    "date_start": "date",
    "place_as_written": "place",
}
"""Properties that only a claim of this kind can give."""

_TOLLS: Final[Mapping[str, tuple[str, str]]] = {
    "killed": ("killed", ""),
    "injured": ("injured", ""),
    "women_killed": ("killed", "women"),
    "children_killed": ("killed", "children"),
}
"""For each toll: the group, and the part of it, that a claim must speak of."""

_SHOWN: Final = 40
_BLOCK: Final = "\u2588"


def evidence_findings(feature: Feature, where: str) -> Iterator[Finding]:
    """Find what breaks the law of three links in one feature.

    Parameters
    ----------
    feature : dict
        One that keeps the contract (see `geojson.read_features`).
    where : str
        Its path, put before each finding.

    Yields
    ------
    Finding
        A value no claim supports (unless a person edited it), a claim of a
        source that is not listed, a quote as long as no span, a source that
        no claim cites, an id used twice.
    """
    properties = feature["properties"]
    claims, sources = properties["claims"], properties["sources"]
    listed = [source["id"] for source in sources]
    for twice in sorted({name for name in listed if listed.count(name) > 1}):
        yield Finding(f"{where}.properties.sources", f"lists {twice} twice")
    for index, claim in enumerate(claims):
        path = f"{where}.properties.claims[{index}]"
        if claim["source"] not in listed:
            yield Finding(path, f"cites {claim['source']}, which is not among the sources")
        if claim["end"] - claim["start"] != len(claim["quote"]):
            yield Finding(path, "has a quote that is not as long as its span")
    for name in listed:
        if all(claim["source"] != name for claim in claims):
            yield Finding(f"{where}.properties.sources", f"lists {name}, which no claim cites")
    if properties["status"] != "edited":
        yield from _unsupported(properties, f"{where}.properties")


def _unsupported(properties: Mapping[str, Any], where: str) -> Iterator[Finding]:
    claims = properties["claims"]
    kinds = {claim["kind"] for claim in claims}
    for name, kind in _NEEDS.items():
        if properties[name] and kind not in kinds:
            yield Finding(f"{where}.{name}", f"has a value, and no {kind} claim states one")
    for name, (group, part) in _TOLLS.items():
        stated = properties[f"{name}_min"] is not None or properties[f"{name}_max"] is not None
        if stated and not any(_speaks_of(claim, group, part) for claim in claims):
            yield Finding(f"{where}.{name}_min", f"has a value, and no toll claim states one of {part or group}")


def _speaks_of(claim: Mapping[str, Any], group: str, part: str) -> bool:
    """Say whether a claim is a count of this group; a count of a part speaks of the whole too."""
    if claim["kind"] != "toll" or claim["detail"].get("group", group) != group:
        return False
    return not part or claim["detail"].get("of") in {part, None}


def span_findings(
    rows: list[dict[str, Any]], where: str, articles: Mapping[str, Article], *, withheld: bool = False
) -> Iterator[Finding]:
    """Find every quote that is not what stands at its span.

    Parameters
    ----------
    rows : list of dict
        Claims, or entries of `set_aside.json`: with source, quote, start, end.
    where : str
        Path of the list.
    articles : mapping of str to Article
        The articles read again, by id. A row of another source is left to
        whoever checks that all articles are there.
    withheld : bool
        Names were withheld from the build: a block in a quote stands for any letter.
    """
    for index, row in enumerate(rows):
        article = articles.get(row["source"])
        if article is None:
            continue
        words = article.text[row["start"] : row["end"]]
        if words != row["quote"] and not (withheld and _same_but_for_blocks(words, row["quote"])):
            found = article.text[row["start"] : row["start"] + _SHOWN]
            reason = f"quotes {row['quote'][:_SHOWN]!r}; {article.file} has {found!r} at {row['start']}"
            yield Finding(f"{where}[{index}]", reason)


def _same_but_for_blocks(words: str, quote: str) -> bool:
    return len(words) == len(quote) and all(b in (a, _BLOCK) for a, b in zip(words, quote, strict=True))
