"""Resolve all the places of one article together: each name once, with the company it keeps.

A name means the same place all through an article. Countries and divisions are
resolved first, then names that say what contains them ("Example, Ohio"), then
the others, knowing where those lie.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from mapper.model import PlaceContext, PlaceReference, PlaceResolver, Precision, Resolution, Toponym
from mapper.places.finding.cues import capitals
from mapper.places.finding.known import WIDE
from mapper.places.finding.unlisted import UNLISTED
from mapper.places.resolving.home import (
    as_capital,
    as_kind,
    as_named,
    beside,
    by_company,
    home_of,
    inside,
    is_foreign,
    is_stray,
    leaning,
)
from mapper.places.resolving.phrases import (
    SAID,
    as_a_town,
    containers_of,
    in_full,
    is_among_divisions,
    is_district,
    is_division,
    opened_by,
    whole_of,
)

SURE: Final = 0.5
"""Names less sure than this are left out."""

_SMALL: Final = frozenset({Precision.CITY, Precision.TOWN, Precision.VILLAGE, Precision.DISTRICT})
_PLACED: Final = _SMALL | {Precision.GOVERNORATE}
_HOLDING: Final = frozenset({Precision.COUNTRY, Precision.GOVERNORATE, Precision.DISTRICT})
_SETTLED: Final = 0.4
_SPOKEN_OF: Final = 0.04
_AT_HOME: Final = 0.5
_LOCAL: Final = 0.5
"""Share of its home division from which an article is local news."""

_COUNTIES: Final = (" County", " Parish")
_CALLED: Final = {"county": frozenset({"district", "governorate"}), "governorate": frozenset({"governorate"})}
_DIVISION: Final = " (division)"
_SENTENCE: Final = 200
_SAME_SENTENCE: Final = 1.0
_SAME_ARTICLE: Final = 0.3
_MOST_COMPANY: Final = 40


@dataclass(slots=True)
class _Name:
    """One name of the article: where it stands, and what contains it."""

    toponym: Toponym
    starts: list[int] = field(default_factory=list)
    containers: tuple[str, ...] = ()
    among: bool = False
    is_district: bool = False
    whole: str = ""
    found: Resolution = field(default_factory=lambda: Resolution(status="not_found"))

    @property
    def key(self) -> str:
        """What is one name wherever it stands."""
        return _key(self.toponym)


def _key(toponym: Toponym) -> str:
    return in_full(toponym).casefold()


def _lonely(toponyms: Sequence[Toponym]) -> frozenset[str]:
    """Return the names of cities and divisions that are alone in speaking of their country.

    "A Moscow man" of a county's paper: that Russia is spoken of, the name itself cannot tell.
    """
    speaking = _speaking(toponyms)
    alone = {next(iter(keys)) for keys in speaking.values() if len(keys) == 1} if len(speaking) > 1 else set()
    return frozenset(_key(t) for t in toponyms if t.kind not in SAID and not t.demonym and _key(t) in alone)


def _speaking(toponyms: Sequence[Toponym]) -> dict[str, set[str]]:
    """Return the names that speak of each country."""
    speaking: dict[str, set[str]] = {}
    for toponym in toponyms:
        if toponym.country:
            speaking.setdefault(toponym.country, set()).add(_key(toponym))
    return speaking


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
    toponyms = [as_a_town(text, toponyms, n) for n in range(len(toponyms))]
    kept = [t for t in toponyms if t.sure >= SURE and not t.demonym]
    context = resolver.context(toponyms)
    names, keys = _names(text, kept)
    wide = [name for name in names.values() if name.toponym.kind in WIDE]
    other = [name for name in names.values() if name.toponym.kind not in WIDE and name.toponym.kind != UNLISTED]
    for name in wide:
        name.found = _resolved(name, context, resolver)
    for name in other:
        name.found = _resolved(name, context, resolver, names)
    home = home_of([(name.found, len(name.starts)) for name in names.values()])
    context = replace(context, home=home)
    lone = _without_themselves(toponyms, names.values(), resolver)
    settled = [name for name in other if name.found.longitude is not None and name.found.score >= SURE]
    for name in other:
        company = _company(name, settled)
        if company or home:
            known = lone.get(name.key, context)
            name.found = _resolved(name, replace(known, nearby=known.nearby + company), resolver, names)
    for name in wide:
        known = lone.get(name.key, context)
        if name.toponym.kind == "governorate" and _is_open(name, known.home):
            nearby = _company(name, settled) if name.key in lone else ()
            name.found = _resolved(name, replace(known, nearby=known.nearby + nearby), resolver)
    towns = [name for name in other if name.found.precision in _SMALL and not name.toponym.text.endswith(_COUNTIES)]
    for name in other:
        if not name.containers:
            name.found = by_company(name.found, [town.found for town in towns if town is not name][:_MOST_COMPANY])
    for name in names.values():
        name.found = leaning(name.found)
    _bring_home(names.values(), other, _speaking(toponyms))
    settled = [name for name in other if name.found.precision in _SMALL]
    _put_next_door(settled, home)
    around = [(other.found, other.starts) for other in settled]
    wider = [(other.found, other.starts) for other in wide if other.found.precision is Precision.GOVERNORATE]
    for name in names.values():
        if name.toponym.kind == UNLISTED:
            name.found = _inside(name, names) or beside(name.starts, around)
            if name.found.longitude is None:
                name.found = beside(name.starts, wider)
    return [(toponym, names[key].found) for toponym, key in zip(kept, keys, strict=True)]


def _inside(name: _Name, names: Mapping[str, _Name]) -> Resolution | None:
    """Put an unknown name in what is said to contain it, if that is no country."""
    holder = _holder(name, names)
    if holder is None or holder.precision not in _PLACED:
        return None
    return replace(holder, method="parent", needs_review=True)


def _is_open(name: _Name, home: Mapping[tuple[str, str], float]) -> bool:
    """Say whether the name of a division may be that of something else: "Canton" is another name of Guangdong."""
    is_own = name.found.place_name.casefold() == in_full(name.toponym).casefold()
    is_home = max(home.values(), default=0.0) >= _SETTLED
    is_abroad = is_home and name.found.country not in {area for area, _ in home}
    return is_abroad or not (is_own and name.found.precision is Precision.GOVERNORATE)


def _without_themselves(
    toponyms: Sequence[Toponym], names: Iterable[_Name], resolver: PlaceResolver
) -> dict[str, PlaceContext]:
    """Say of names that are alone in speaking of their country what the others tell, where they play in one place."""
    found: dict[str, PlaceContext] = {}
    for key in _lonely(toponyms):
        home = home_of([(name.found, len(name.starts)) for name in names if name.key != key])
        if max(home.values(), default=0.0) >= _SETTLED:
            found[key] = replace(resolver.context([t for t in toponyms if _key(t) != key]), home=home)
    return found


def _bring_home(names: Iterable[_Name], other: Sequence[_Name], speaking: Mapping[str, set[str]]) -> None:
    """Put by the next name what is known abroad only, in a country that nothing else in the article speaks of.

    Lists of the world's towns lack most villages, and have their namesakes on the other side of it.
    """
    spoken = {country: set(keys) for country, keys in speaking.items()}
    for name in names:
        spoken.setdefault(name.found.country, set()).add(name.key)
    strays = [
        name for name in other if is_foreign(name.found, name.toponym.text, len(spoken.get(name.found.country, ())))
    ]
    at_home = [(name.found, name.starts) for name in other if name not in strays and name.found.precision in _PLACED]
    for name in strays:
        if not name.containers:
            near = beside(name.starts, at_home)
            name.found = near if near.longitude is not None else name.found


def _put_next_door(settled: Sequence[_Name], home: Mapping[tuple[str, str], float]) -> None:
    """Put hamlets of local news beside its towns: lists of towns lack them, and have namesakes across the country."""
    at_home = [name for name in settled if home.get((name.found.country, name.found.admin1), 0.0) >= _LOCAL]
    towns = [town.found for town in at_home]
    for name in settled:
        if not name.containers and is_stray(name.found, towns):
            near = beside(name.starts, [(town.found, town.starts) for town in at_home])
            name.found = near if near.longitude is not None else name.found


def _resolved(
    name: _Name, context: PlaceContext, resolver: PlaceResolver, names: Mapping[str, _Name] = MappingProxyType({})
) -> Resolution:
    """Resolve a name in what contains it; where there is none of that name there, "X, Y" was a list."""
    reference = _reference(name)
    holder = _holder(name, names)
    if holder is not None and holder.precision not in _HOLDING and not name.whole:
        # "Boston, New York and Chicago" is a list of cities.
        reference, holder = replace(reference, containers=()), None
    asked = reference if reference.containers else _of_a_capital(reference, context)
    found = resolver.resolve(asked, context)
    if name.whole and found.longitude is not None:
        return found
    if name.whole and holder is not None:
        # What is said to be in a place is there, whatever else has its name.
        return replace(holder, method="parent", needs_review=True)
    if reference.kind in _CALLED:
        found = as_kind(found, _CALLED[reference.kind])
    if holder is not None:
        found = inside(found, holder)
    if not reference.containers or (found.status == "resolved" and found.method == "gazetteer"):
        found = as_named(found, reference.name, context.countries)
        return found if name.among else as_capital(found, context.home)
    free = resolver.resolve(replace(reference, containers=()), context)
    return free if free.status == "resolved" and free.method == "gazetteer" else found


def _of_a_capital(reference: PlaceReference, context: PlaceContext) -> PlaceReference:
    """Look for the name of a capital in its country, where the article speaks of that."""
    for code, share in context.countries.items():
        if _SPOKEN_OF <= share < _AT_HOME and (code, reference.name) in capitals():
            return replace(reference, containers=(code,))
    return reference


def _holder(name: _Name, names: Mapping[str, _Name]) -> Resolution | None:
    """Return what the container of a name was resolved to."""
    for whole in (whole.casefold() for whole in name.containers[:1]):
        holder = names.get(whole + _DIVISION) or names.get(whole)
        if holder is not None and holder.found.status == "resolved":
            return holder.found
    return None


def _names(text: str, kept: Sequence[Toponym]) -> tuple[dict[str, _Name], list[str]]:
    """Gather what is said of each name; where the words around it say that it is a division, that is a name apart."""
    names: dict[str, _Name] = {}
    keys = []
    for n, toponym in enumerate(kept):
        whole = is_division(text, kept, n)
        key = in_full(toponym).casefold() + (_DIVISION if whole else "")
        keys.append(key)
        name = names.setdefault(key, _Name(toponym, among=whole))
        name.starts.append(toponym.start)
        if not name.containers:
            name.containers = containers_of(text, kept, n)
        if not name.containers and (country := opened_by(text, kept, n)):
            name.containers = (country,)
        if not name.containers and (part_of := whole_of(text, kept, n)):
            name.containers = (part_of,)
            name.whole = part_of
        name.is_district = name.is_district or is_district(text, toponym)
        name.among = name.among or is_among_divisions(text, kept, n)
    return names, keys


def _reference(name: _Name) -> PlaceReference:
    toponym = name.toponym
    kind = toponym.kind if toponym.kind in SAID else "governorate" if name.among else ""
    if toponym.text.endswith(_COUNTIES) or name.is_district:
        kind = "county"
    return PlaceReference(
        name=in_full(toponym), start=toponym.start, end=toponym.end, kind=kind, containers=name.containers
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
