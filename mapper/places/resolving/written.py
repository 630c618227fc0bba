"""Places as people write them in a table: "Tell Example village, south of Hama (or Example)".

A cell may hold a place and what contains it, other names for it, what it is
near, or a smaller thing inside it. It is taken apart into a `PlaceReference`,
other names to try, and larger places to fall back on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from mapper.model import PlaceReference, Relation
from mapper.places.finding.cues import country_codes, country_name, cues, spelled_out
from mapper.text import fold_characters

LIMIT: Final = 400
"""Characters of a cell that are read; a place name has fewer."""

_MARKS: Final = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\x00")
)
_BRACKETS: Final = re.compile(r"[(\[]([^()\[\]]{0,80})[)\]]")
_SEPARATORS: Final = re.compile(r"[,;\u060c\n]|\.\s|\s[-\u2013\u2014]{1,2}\s|:(?=\s|[^\d\s])")
_SPELLINGS: Final = re.compile(r"\s*/\s*")
_EITHER: Final = re.compile(r"\s+or\s+", re.IGNORECASE)
_POINTS: Final = (
    "north|south|east|west|northeast|northwest|southeast|southwest|north-east|north-west|south-east|south-west"
)
_BEARINGS: Final = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}
_BETWEEN: Final = re.compile(
    r"^(?:.{0,40}?\s)?between (?:the )?(?:villages of |towns of )?(.{1,60}?) and (.{1,60})$", re.IGNORECASE
)
_NEAR: Final = re.compile(
    r"^(.{0,80}?)\s*\b(?:near(?:by)?|close to|next to|around|(?:in the )?vicinity of|(?:on the )?outskirts of|outside|"
    r"محيط|بالقرب|قرب)\s+(?:the )?(.{2,80})$",
    re.IGNORECASE,
)
_DIRECTION: Final = re.compile(
    r"^(.{0,80}?)\s*(?:\b(\d{1,4}(?:\.\d+)?) ?(km|kms|kilomet(?:er|re)s?|miles?|mi)\s+(?:to the )?)?"
    rf"\b({_POINTS}) of\s+(?:the )?(.{{2,80}})$",
    re.IGNORECASE,
)
_COUNTRYSIDE: Final = re.compile(
    r"^(?:the )?(\w{4,12}ern )?(?:countryside|outskirts|rural areas?) of (?:the )?(.{2,80})$", re.IGNORECASE
)
_OFF: Final = re.compile(r"^(?:.{0,40}?\s)?off (?:the )?(?:(?:coast|shores?) of )?(?:the )?(.{2,80})$", re.IGNORECASE)
_INSIDE: Final = re.compile(r"^(.{2,80}?)\s+(?:in|of|at|في)\s+(?:the )?(.{2,80})$", re.IGNORECASE)
_SIDE: Final = re.compile(
    rf"^(?:(?:central|{_POINTS}|northern|southern|eastern|western)\s+)?(?:countryside of\s+)?", re.IGNORECASE
)
_KIND: Final = re.compile(
    r"\s{1,4}(villages?|hamlet|town|city cent(?:re|er)|city|district|area|areas|neighbou?rhood|countryside|suburb|"
    r"quarter|camp|sub-?district|governorate|province)$",
    re.IGNORECASE,
)
_KIND_FIRST: Final = re.compile(
    r"^(?:the )?(city cent(?:re|er) of|cent(?:re|er) of|villages? of|towns? of|city of|district of|"
    r"قرية|بلدة|مدينة|قريه|بلده|مدينه|منطقة|حي|مخيم)\s+",
    re.IGNORECASE,
)
_INNER: Final = re.compile(
    r"\b(?:mosque|school|hospital|street|road|square|market|house|home|cafe|building|buildings|junction|bridge|farm|farms|"
    r"station|crossing|unknown|multiple|location|locations|bank of|area behind|neighbou?rhood|camp for|refugee camp)\b",
    re.IGNORECASE,
)
_SITE_TAIL: Final = re.compile(
    r"\s{1,4}(?:(?:river |water )?crossing|junction|street|road|square|idp camp|refugee camp)$", re.IGNORECASE
)
_QUARTER: Final = re.compile(
    r"^(?:the\s)?(?!(?:an?|the|one|two|three|several|some|multiple|unknown|nearby)\b)"
    rf"(?!(?:residential|central|old|(?:{_POINTS})(?:ern)?)\s+(?:neighbou?rhood|quarter))"
    r"(?!.*\b(?:mosque|school|hospital|street|road|square|market|house|building|bridge|station)\b)"
    r".{2,60}\s(?:neighbou?rhood|quarter)\b",
    re.IGNORECASE,
)
_HOLDER: Final = re.compile(
    r"\w\s{1,4}(?:city|town|district|sub-?district|governorate|province|countryside)$", re.IGNORECASE
)
_PAIR: Final = re.compile(r"^(.{2,60}?)\s+(?:and|&)\s+(.{2,60})$", re.IGNORECASE)
_PLURAL: Final = re.compile(r"\s+(?:governorates|provinces|districts|regions|states|counties)$", re.IGNORECASE)
_KINDS: Final = {
    "village": "village",
    "villages": "village",
    "hamlet": "village",
    "town": "town",
    "city": "city",
    "city centre": "city",
    "city center": "city",
    "neighbourhood": "neighbourhood",
    "neighborhood": "neighbourhood",
    "suburb": "neighbourhood",
    "quarter": "neighbourhood",
    "district": "",
    "camp": "",
    "governorate": "governorate",
    "province": "governorate",
    "village of": "village",
    "villages of": "village",
    "town of": "town",
    "towns of": "town",
    "city of": "city",
    "قرية": "village",
    "قريه": "village",
    "بلدة": "town",
    "بلده": "town",
    "مدينة": "city",
    "مدينه": "city",
    "حي": "neighbourhood",
}


@dataclass(frozen=True, slots=True)
class Written:
    """A cell, taken apart.

    Parameters
    ----------
    reference : PlaceReference
        The place that it most likely means.
    others : tuple of str
        Other names that the cell has for it.
    either : tuple of str
        Other places that it may be instead.
    wholes : tuple of str
        Larger places in the same cell, smallest first: what is left when the name is unknown.
    """

    reference: PlaceReference
    others: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    wholes: tuple[str, ...] = ()


def read_written(name: str, context: str = "", country: str = "") -> Written:
    """Take a cell apart.

    Parameters
    ----------
    name : str
        The place as written.
    context : str
        What contains it, smallest first, with commas: "Aleppo, Syria".
    country : str
        ISO code, if known.

    Examples
    --------
    >>> cell = read_written("Upper Example village, south of Hama", "Hama, Syria")
    >>> cell.reference.name, cell.reference.kind, cell.reference.near, cell.reference.containers
    ('Upper Example', 'village', ('Hama',), ('Hama', 'Syria'))
    >>> read_written("Example / Old Example, Homs").others
    ('Old Example',)
    >>> read_written("12 km north of Hama").reference.distance_m
    12000.0
    """
    outer = [spelled_out(_abbreviated(part)) for part in _parts(context)]
    if country.strip():
        outer.append(country.strip())
    clean = fold_characters(name[:LIMIT]).translate(_MARKS)
    aside = [part.removeprefix("or ").strip() for part in _BRACKETS.findall(clean) if not _INNER.search(part)]
    parts = _parts(_BRACKETS.sub(" ", clean))
    if not parts:
        return Written(_reference("", outer))
    if len(parts) > 1 and _INNER.search(parts[-1]) and not _INNER.search(parts[0]):
        parts.reverse()  # "Hama, Example neighbourhood": the smaller one last
    # "Example neighbourhood (Hama)", "Example (Hama city)": what is aside contains it.
    holds = [part for part in aside if _is_quarter(parts[0]) or _HOLDER.search(part)]
    aside = [part for part in aside if part not in holds]
    parts[1:1] = holds
    named = [part for part in parts if _is_named(part)] or parts
    first, *larger = named
    first, *either = [part for part in _EITHER.split(first) if part.strip()]
    readings = [part for part in _SPELLINGS.split(first) if part.strip()]
    reference, wholes = _read_part(readings[0] if readings else first, outer)
    near: list[str] = list(reference.near)
    regions: set[str] = set()
    for part in larger:
        directed, beside = _DIRECTION.match(part), _NEAR.match(part)
        pair = _PAIR.match(part)
        if pair and not (directed or beside) and part.lower() not in _countries_with_and():
            of_many = _PLURAL.search(part) is not None
            peers = [_bare(_PLURAL.sub("", name))[0] for name in pair.groups()]
            (wholes if of_many else near).extend(peers)
        elif directed and directed.group(2) and reference.name and reference.relation == "at":
            # "Example, 12 km north of Hama": the way there, which a candidate is held against.
            reference = replace(_directed(directed, reference), name=reference.name, kind=reference.kind)
        elif relation := directed or beside:
            near.append(_bare(relation.group(relation.lastindex or 1))[0])
        else:
            wholes.append(_bare(_SIDE.sub("", part))[0])
            if _SIDE.sub("", part) != part:
                regions.add(wholes[-1])
    wholes = [whole for whole in dict.fromkeys(wholes) if whole and whole != reference.name]
    reference = replace(reference, near=tuple(near), containers=tuple(dict.fromkeys([*wholes, *outer])))
    others = tuple(dict.fromkeys(_bare(other)[0] for other in [*readings[1:], *aside] if other.strip()))
    if reference.name and reference.relation == "at" and " and " in first:
        others += tuple(name for name in reference.near if name not in others)
    # A village is not where the town is that it belongs to; a street or a quarter is.
    is_inner = reference.kind == "neighbourhood" or reference.relation != "at" or _INNER.search(first) is not None
    other_places = tuple(_bare(other)[0] for other in either)
    # "Eastern Hama" is the country around the city, not the city.
    fallback = tuple(whole for whole in wholes if whole not in regions) if is_inner else ()
    return Written(reference, others, other_places, fallback)


@cache
def _countries_with_and() -> frozenset[str]:
    """Return the names of countries that are no lists: "Bosnia and Herzegovina"."""
    return frozenset(name.lower() for name in map(country_name, country_codes()) if " and " in name)


def _is_quarter(part: str) -> bool:
    """Say whether a part names a quarter: "Example neighbourhood", not "a neighbourhood"."""
    return _QUARTER.match(part) is not None


def _is_named(part: str) -> bool:
    """Say whether a part is the name of a place, rather than of something inside one."""
    return not _INNER.search(part) or _is_quarter(part) or _COUNTRYSIDE.match(part) is not None


def _parts(text: str) -> list[str]:
    clean = fold_characters(text[:LIMIT]).translate(_MARKS)
    return [part for piece in _SEPARATORS.split(clean) if (part := " ".join(piece.split()))]


def _abbreviated(part: str) -> str:
    """Spell out "TX" in "Austin, TX"; elsewhere two capitals are no state."""
    return cues().divisions.get(part.rstrip("."), part)


def _reference(name: str, outer: list[str], relation: Relation = "at") -> PlaceReference:
    return PlaceReference(name=name, start=0, end=max(1, len(name)), relation=relation, containers=tuple(outer))


def _read_part(text: str, outer: list[str]) -> tuple[PlaceReference, list[str]]:
    """Read the part that names the place: its relation, its kind, and what it is said to be in."""
    blank = _reference("", outer)
    if described := _described(text, blank):
        return described, []
    if found := _NEAR.match(text):
        name, kind = _bare(found.group(1))
        anchor = _bare(found.group(2))[0]
        if not name or _INNER.search(found.group(1)) or name.lower() in _KINDS:
            return replace(blank, relation="near", anchors=(anchor,)), []
        return replace(blank, name=name, kind=kind, near=(anchor,)), []
    head, *second = re.split(r"\s+(?:and|&)\s+", text, maxsplit=1)
    near = tuple(_bare(other)[0] for other in second if not _INNER.search(other))
    wholes: list[str] = []
    bare = _KIND_FIRST.sub("", head)
    if found := _INSIDE.match(bare):
        head, wholes = found.group(1), [_bare(_SIDE.sub("", found.group(2)))[0]]
    name, kind = _bare(head)
    return replace(blank, name=name, kind=kind, near=near), wholes


def _described(text: str, blank: PlaceReference) -> PlaceReference | None:
    """Read a relation that stands for the whole place, or around its name; None where there is none."""
    if found := _BETWEEN.match(text):
        return replace(blank, relation="between", anchors=tuple(_bare(group)[0] for group in found.groups()))
    if found := _COUNTRYSIDE.match(text):
        bearing = _BEARINGS.get((found.group(1) or "").strip().lower().removesuffix("ern"))
        return replace(blank, relation="countryside", anchors=(_bare(found.group(2))[0],), bearing=bearing)
    if found := _OFF.match(text):
        return replace(blank, relation="off_coast", anchors=(_bare(found.group(1))[0],))
    if found := _DIRECTION.match(text):
        return _directed(found, blank)
    return None


def _directed(found: re.Match[str], blank: PlaceReference) -> PlaceReference:
    before, count, unit, point, anchor = found.groups()
    name, kind = _bare(before)
    metres = None
    if count:
        metres = float(count) * (1609.344 if unit.lower().startswith("mi") else 1000.0)
    bearing = _BEARINGS[point.lower().replace("-", "")]
    return replace(
        blank,
        name=name,
        kind=kind,
        relation="direction",
        distance_m=metres,
        bearing=bearing,
        anchors=(_bare(anchor)[0],),
    )


def _bare(text: str) -> tuple[str, str]:
    """Take off the words for what a place is; return the name and the kind."""
    name = " ".join(text.split()).strip(" .-'\"")
    first = _KIND_FIRST.match(name)
    kind = _KINDS.get(first.group(1).lower(), "") if first else ""
    name = _SITE_TAIL.sub("", _KIND_FIRST.sub("", name))
    found = _KIND.search(name)
    if found and found.start() > 1:
        kind, name = _KINDS.get(found.group(1).lower(), ""), name[: found.start()].removeprefix("the ")
    return name.strip(), kind
