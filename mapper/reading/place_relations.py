"""What the words about a name say of it: "40 km north of X", "near X", "a village in X", "X countryside"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from mapper.model import PlaceReference
from mapper.reading.page import Page
from mapper.reading.place_forms import is_suburb
from mapper.reading.place_names import NameAt
from mapper.reading.tolls.numbers import quantity_at

_AT_SEA: Final = frozenset(
    {"boat", "boats", "dinghy", "ferry", "fisherman", "fishermen", "fishing", "sailing", "sea", "ship", "vessel"}
)
"""Where one of these came before, "off X" is in the sea."""
_LONGEST_CUE: Final = 5
"""Words of "off the coast of" and the like."""


def distance_at(page: Page, at: int, end: int) -> tuple[float, int] | None:
    """Return metres, and the word after them, of a distance that begins at a word: "40 km"."""
    count = quantity_at(page, at, end)
    if count is None or count.exact <= 0 or count.last >= end:
        return None
    unit = page.mark("distance_unit", count.last)
    return (count.exact * float(unit.value), unit.last) if unit is not None else None


def relation_before(  # noqa: PLR0911 - a table of decisions, read from the top
    page: Page, chain: list[NameAt], head: int, reference: PlaceReference, first: int, sentence_first: int
) -> tuple[int, PlaceReference]:
    """Read what stands before a name: "near", "off the coast of", "eastern", "a village in"."""
    name = chain[head]
    at = first - 1
    if at < sentence_first or head != 0:
        return first, reference
    if page.low[at] == "the" and at > sentence_first:
        at -= 1
    cued = _cue_before(page, at, reference, name, sentence_first)
    if cued is not None:
        return cued
    described = _near_described(page, at, sentence_first)
    if described >= 0 and reference.relation == "at":
        return _moved(page, described, reference, "near", name)
    bearing_mark = page.mark("bearing", at)
    if (
        bearing_mark is not None
        and bearing_mark.last == at + 1
        and page.low[at] not in {"middle", "center", "centre", "heart"}
    ):
        bearing = float(bearing_mark.value) if bearing_mark.value != "-1" else None
        if page.capital(at) and page.capital(name.first) and name.known and name.kind == "governorate":
            return at, reference
        return _moved(page, at, reference, "part_of", name, bearing)
    if (
        page.low[at] == "of"
        and at > sentence_first
        and (direction := page.mark("bearing", at - 1))
        and direction.last == at
    ):
        return _direction(page, at - 1, reference, name, float(direction.value), sentence_first)
    away = at - 1 if page.low[at - 1 : at + 1] == ["out", "of"] else at  # "ten kilometres out of X"
    from_there = away < at or page.low[at] == "from"
    if from_there and away > sentence_first and page.mark("distance_unit", away - 1) is not None:
        return _direction(page, away, reference, name, -1, sentence_first)
    if page.low[at] == "in" and at > sentence_first + 1:
        kind = page.mark("place_kind", at - 1)
        if kind is not None and page.low[at - 2] in {"a", "an"}:
            start = page.starts[at - 2]
            return at - 2, replace(
                reference, name="", start=start, relation="part_of", kind=kind.value, anchors=(name.text,)
            )
    return first, reference


def _cue_before(
    page: Page, at: int, reference: PlaceReference, name: NameAt, sentence_first: int
) -> tuple[int, PlaceReference] | None:
    """Read "off the coast of", "near", "the outskirts of" right before a name."""
    if page.low[at] == "off" and not _AT_SEA.isdisjoint(page.low[sentence_first:at]):
        return _moved(page, at, reference, "off_coast", name)
    begin = max(sentence_first, at - _LONGEST_CUE + 1)
    if not (
        page.marked("sea", begin, at + 1) or page.marked("near", begin, at + 1) or page.marked("part_of", begin, at + 1)
    ):
        return None
    for start in range(begin, at + 1):
        sea = page.mark("sea", start)
        if sea is not None and sea.last == at + 1:
            return _moved(page, start, reference, "off_coast", name)
        near = page.mark("near", start)
        if near is not None and near.last == at + 1 and reference.relation == "at":
            return _moved(page, start, reference, "near", name)
        part = page.mark("part_of", start)
        if part is not None and part.last == at + 1 and not is_suburb(page, start, sentence_first):
            relation = "countryside" if part.value == "countryside" else "part_of"
            bearing_at = page.mark("bearing", start - 1) if start > sentence_first else None
            bearing = float(bearing_at.value) if bearing_at and bearing_at.value != "-1" else None
            return _moved(page, start - (bearing_at is not None), reference, relation, name, bearing)
    return None


def land_about(
    page: Page, name: NameAt, reference: PlaceReference, first: int, last: int, *, alone: bool
) -> tuple[int, int, PlaceReference]:
    """Read "the western X countryside", "X countryside": the land about X, not X."""
    after = page.mark("part_of", last) if alone and last < len(page.low) else None
    if after is None or after.value != "countryside" or reference.relation not in {"at", "part_of"}:
        return first, last, reference
    changed = replace(
        reference, name="", relation="countryside", anchors=(name.text,), kind="", end=page.ends[after.last - 1]
    )
    return first, after.last, changed


def _near_described(page: Page, at: int, sentence_first: int) -> int:
    """Return the "near" of "near the rebels' de facto capital city of X", or -1."""
    for back in range(at, max(sentence_first, at - 8) - 1, -1):
        near = page.mark("near", back)
        if near is not None and near.last == back + 1:
            return back if back < at else -1
        if page.mark("locative", back) or page.low[back] in {",", "of", "and"} or page.mark("harm", back):
            return -1
    return -1


def _moved(
    page: Page, first: int, reference: PlaceReference, relation: str, name: NameAt, bearing: float | None = None
) -> tuple[int, PlaceReference]:
    """Make a reference that has only a relation to a name."""
    changed = replace(
        reference,
        name="",
        start=page.starts[first],
        relation=relation,  # type: ignore[arg-type]
        anchors=(name.text,),
        bearing=bearing,
    )
    return first, changed


def _direction(
    page: Page, at: int, reference: PlaceReference, name: NameAt, bearing: float, sentence_first: int
) -> tuple[int, PlaceReference]:
    """Read "40 km north of X" and "north of X" before a name that stands alone."""
    for start in range(max(sentence_first, at - 8), at):
        measure = distance_at(page, start, at)
        if measure is not None:
            changed = replace(
                reference,
                name="",
                start=page.starts[start],
                relation="direction",
                anchors=(name.text,),
                bearing=bearing if bearing >= 0 else None,
                distance_m=measure[0],
            )
            return start, changed
    if bearing < 0:
        return at, replace(reference, start=page.starts[at])
    # Without a distance, "north of X" is the country about X, on that side.
    changed = replace(reference, name="", start=page.starts[at], relation="near", anchors=(name.text,), bearing=bearing)
    return at, changed
