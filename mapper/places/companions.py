"""Resolve all the places of one article together: each name once, with the company it keeps.

A name means the same place all through an article. Countries and divisions are
resolved first, then names that say what contains them ("Example, Ohio"), then
the others, knowing where those lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mapper.model import PlaceReference, PlaceResolver, Resolution, Toponym
from mapper.places.cues import cues, demonyms, spelled_out

SURE: Final = 0.5
"""Names less sure than this are left out."""

_WIDE: Final = frozenset({"country", "governorate", "region", "sea"})
_SAID: Final = frozenset({"country", "region", "sea"})
_SENTENCE: Final = 200
_SAME_SENTENCE: Final = 1.0
_SAME_ARTICLE: Final = 0.3
_MOST_COMPANY: Final = 40
_NO_NOUN: Final = frozenset(
    [
        "and",
        "or",
        "but",
        "who",
        "whom",
        "which",
        "that",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "in",
        "on",
        "at",
        "of",
        "to",
        "for",
        "from",
        "by",
        "with",
        "as",
        "than",
        "said",
        "says",
        "after",
        "before",
        "when",
        "while",
        "if",
        "not",
        "also",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "do",
        "does",
        "did",
    ]
)


@dataclass(slots=True)
class _Name:
    """One name of the article: where it stands, and what contains it."""

    toponym: Toponym
    starts: list[int] = field(default_factory=list)
    containers: tuple[str, ...] = ()
    found: Resolution = field(default_factory=lambda: Resolution(status="not_found"))


def resolve_toponyms(
    text: str, toponyms: Sequence[Toponym], resolver: PlaceResolver
) -> list[tuple[Toponym, Resolution]]:
    """Resolve the names of one article.

    Parameters
    ----------
    text : str
        The article.
    toponyms : sequence of Toponym
        What the finder found in it, in order.
    resolver : PlaceResolver
        Finds positions.

    Returns
    -------
    list of (Toponym, Resolution)
        Without names that are hardly places, and without words for people
        ("two Syrians"); "Syrian troops" stands for Syria.
    """
    kept = [t for t in toponyms if t.sure >= SURE and (not t.demonym or _before_a_noun(text, t))]
    context = resolver.context(toponyms)
    names = _names(text, kept)
    wide = [name for name in names.values() if name.toponym.kind in _WIDE]
    other = [name for name in names.values() if name.toponym.kind not in _WIDE]
    for name in wide:
        name.found = resolver.resolve(_reference(name), context)
    for name in other:
        name.found = resolver.resolve(_reference(name), context)
    settled = [name for name in other if name.found.longitude is not None and name.found.score >= SURE]
    for name in other:
        company = _company(name, settled)
        if company:
            name.found = resolver.resolve(_reference(name), replace(context, nearby=context.nearby + company))
    return [(toponym, names[_key(toponym)].found) for toponym in kept]


def _key(toponym: Toponym) -> str:
    return f"{toponym.country}:" if toponym.demonym else _in_full(toponym).casefold()


def _in_full(toponym: Toponym) -> str:
    """Write an abbreviated division or country in full."""
    if toponym.kind in _WIDE and (full := cues().divisions.get(toponym.text.rstrip("."))):
        return full
    return spelled_out(toponym.text)


def _names(text: str, kept: Sequence[Toponym]) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for n, toponym in enumerate(kept):
        name = names.setdefault(_key(toponym), _Name(toponym))
        name.starts.append(toponym.start)
        if not name.containers and not toponym.demonym:
            name.containers = _containers(text, kept, n)
    return names


def _containers(text: str, kept: Sequence[Toponym], n: int) -> tuple[str, ...]:
    """Read what contains a name: the divisions and countries that follow it after commas."""
    found: list[str] = []
    while n + 1 < len(kept) and len(found) < 2:
        gap = text[kept[n].end : kept[n + 1].start]
        if gap.strip() not in {",", "("} or len(gap) > 3 or kept[n + 1].kind not in _WIDE or kept[n + 1].demonym:
            break
        found.append(_in_full(kept[n + 1]))
        n += 1
    return tuple(found)


def _reference(name: _Name) -> PlaceReference:
    toponym = name.toponym
    if toponym.demonym:
        return PlaceReference(name=toponym.country, start=toponym.start, end=toponym.end, kind="country")
    kind = toponym.kind if toponym.kind in _SAID else ""
    return PlaceReference(
        name=_in_full(toponym), start=toponym.start, end=toponym.end, kind=kind, containers=name.containers
    )


def _company(name: _Name, settled: Sequence[_Name]) -> tuple[tuple[float, float, float], ...]:
    """List the other places of the article, those of the same sentence with more weight."""
    found = []
    for other in settled[:_MOST_COMPANY]:
        if other is name or other.found.longitude is None or other.found.latitude is None:
            continue
        apart = min(abs(a - b) for a in name.starts[:20] for b in other.starts[:20])
        weight = _SAME_SENTENCE if apart <= _SENTENCE else _SAME_ARTICLE
        found.append((other.found.longitude, other.found.latitude, weight))
    return tuple(found)


def _before_a_noun(text: str, toponym: Toponym) -> bool:
    """Say whether a demonym stands before what it describes: "Syrian troops", not "two Syrians"."""
    known = demonyms().get(toponym.text)
    if known is None or not known.adjective:
        return False
    after = text[toponym.end : toponym.end + 24]
    if after[:1] not in {" ", "\u00a0", "-"}:
        return False
    word = after[1:].split(" ", 1)[0].strip(".,;:!?\"'")
    return bool(word) and word.isalpha() and word.lower() not in _NO_NOUN
