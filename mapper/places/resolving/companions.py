"""Resolve all the places of one article together: each name once, with the company it keeps.

A name means the same place all through an article. Countries and divisions are
resolved first, then names that say what contains them ("Example, Ohio"), then
the others, knowing where those lie.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mapper.model import PlaceContext, PlaceReference, PlaceResolver, Resolution, Toponym
from mapper.places.finding.cues import cues, spelled_out
from mapper.places.resolving.home import beside, home_of, leaning

SURE: Final = 0.5
"""Names less sure than this are left out."""

_WIDE: Final = frozenset({"country", "governorate", "region", "sea"})
_SAID: Final = frozenset({"country", "region", "sea"})
_SENTENCE: Final = 200
_SAME_SENTENCE: Final = 1.0
_SAME_ARTICLE: Final = 0.3
_MOST_COMPANY: Final = 40
_LISTED: Final = frozenset({",", "and", ", and", "or", ", or"})


@dataclass(slots=True)
class _Name:
    """One name of the article: where it stands, and what contains it."""

    toponym: Toponym
    starts: list[int] = field(default_factory=list)
    containers: tuple[str, ...] = ()
    among: bool = False
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
        Without names that are hardly places, and without demonyms: "Syrian
        troops" says something of Syria, but does not name it.
    """
    kept = [t for t in toponyms if t.sure >= SURE and not t.demonym]
    context = resolver.context(toponyms)
    names = _names(text, kept)
    wide = [name for name in names.values() if name.toponym.kind in _WIDE]
    other = [name for name in names.values() if name.toponym.kind not in _WIDE]
    for name in (*wide, *other):
        name.found = _resolved(name, context, resolver)
    home = home_of([(name.found, len(name.starts)) for name in names.values()])
    context = replace(context, home=home)
    settled = [name for name in other if name.found.longitude is not None and name.found.score >= SURE]
    for name in other:
        company = _company(name, settled)
        if company or home:
            name.found = _resolved(name, replace(context, nearby=context.nearby + company), resolver)
    for name in wide:
        # "Canton" is also another name of Guangdong: only one that is its own name is sure.
        if name.found.place_name.casefold() != _key(name.toponym) and name.toponym.kind == "governorate":
            name.found = _resolved(name, context, resolver)
    for name in names.values():
        name.found = leaning(name.found)
    placed = [(name.found, name.starts) for name in names.values()]
    for name in names.values():
        name.found = beside(name.found, name.starts, placed)
    return [(toponym, names[_key(toponym)].found) for toponym in kept]


def _resolved(name: _Name, context: PlaceContext, resolver: PlaceResolver) -> Resolution:
    """Resolve a name in what contains it; where there is none of that name there, "X, Y" was a list."""
    reference = _reference(name)
    found = resolver.resolve(reference, context)
    if not name.containers or (found.status == "resolved" and found.method == "gazetteer"):
        return found
    free = resolver.resolve(replace(reference, containers=()), context)
    return free if free.status == "resolved" and free.method == "gazetteer" else found


def _key(toponym: Toponym) -> str:
    return _in_full(toponym).casefold()


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
        if not name.containers:
            name.containers = _containers(text, kept, n)
        name.among = name.among or _among_divisions(text, kept, n)
    return names


def _containers(text: str, kept: Sequence[Toponym], n: int) -> tuple[str, ...]:
    """Read what contains a name: the divisions and countries that follow it after commas."""
    found: list[str] = []
    if _breadth(kept[n]) and not _breadth(kept[n]) < _breadth(kept[min(n + 1, len(kept) - 1)]):
        return ()
    while n + 1 < len(kept) and len(found) < 2:
        gap = text[kept[n].end : kept[n + 1].start]
        if gap.strip() not in {",", "("} or len(gap) > 3 or kept[n + 1].kind not in _WIDE or kept[n + 1].demonym:
            break
        found.append(_in_full(kept[n + 1]))
        n += 1
    return tuple(found)


def _breadth(toponym: Toponym) -> int:
    """Order countries and the like above divisions above all else."""
    return 2 if toponym.kind in _SAID else 1 if toponym.kind in _WIDE else 0


def _among_divisions(text: str, kept: Sequence[Toponym], n: int) -> bool:
    """Say whether a name stands between divisions: "Oregon, Washington and Idaho"."""
    for one, other, peer in ((n - 1, n, n - 1), (n, n + 1, n + 1)):
        if 0 <= peer < len(kept) and kept[peer].kind == "governorate" and kept[peer].country:
            gap = text[kept[one].end : kept[other].start].split()
            if " ".join(gap) in _LISTED and (kept[n].kind == "governorate" or peer == n - 1):
                return True
    return False


def _reference(name: _Name) -> PlaceReference:
    toponym = name.toponym
    kind = toponym.kind if toponym.kind in _SAID else "governorate" if name.among else ""
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
