"""Whether a segment tells of the place of an event, or of another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mapper.reading.events import is_violence
from mapper.reading.notes import Notes
from mapper.reading.places_written import PlaceMention

_OTHER_PLACE: Final = 1.5
_TURNS: Final = 0.5
_SAME_PLACE: Final = -1.5
_OPENING: Final = 8
"""So many words may stand before the place that opens a sentence: "On the same night, in the village of Exampla"."""
_TOWNS: Final = frozenset({"city", "town"})
_SMALLER: Final = frozenset({"district", "neighbourhood", "street"})


def place_weight(notes: Notes, places: Sequence[PlaceMention], *, counted: bool) -> float:
    """Weigh the places of a segment against those of an event: positive for another, negative for the same.

    Parameters
    ----------
    notes : Notes
        The segment.
    places : sequence of PlaceMention
        Where the event was told of.
    counted : bool
        It counts people already.
    """
    if any(within(p, q) for p in notes.named for q in places):
        return _SAME_PLACE
    own = [p for p in notes.named if is_settled(p) or p.reference.relation == "off_coast"]
    if own and any(map(is_settled, places)):
        # "In Exampla, a rocket wounds six.": a place that opens its sentence turns to what happened there.
        told = [t.first for t in notes.news] + [a.first for a in notes.acts]
        opens = own[0].first - notes.first <= _OPENING and own[0].first < min(told, default=0)
        return _OTHER_PLACE + _TURNS * (opens and (bool(notes.news) or counted))
    if own and notes.news and _beside_district(own, notes, places):
        return _OTHER_PLACE
    mine = [p for p in notes.named if p.located and p.reference.kind == "district"]
    known = {name for p in places for name in p.names}
    other = any(p.located and p.reference.kind == "district" for p in places)
    other = other or (bool(known) and any(len(p.names) > 1 and known.isdisjoint(p.names) for p in mine))
    return _OTHER_PLACE if mine and other and notes.news else 0.0


def _beside_district(own: Sequence[PlaceMention], notes: Notes, places: Sequence[PlaceMention]) -> bool:
    """Say whether a segment tells in full of a town, where the event before was told of a district or a road."""
    acts = any(is_violence(a) and a.verb for a in notes.acts)
    there = [p for p in places if p.located and p.names]
    small = bool(there) and all(p.reference.kind in _SMALLER for p in there)
    known = {name for p in there for name in (*p.names, *p.reference.containers)}
    return acts and small and known.isdisjoint(name for p in own for name in p.names)


def is_settled(place: PlaceMention) -> bool:
    """Say whether a place is a settlement, or lies near or about one.

    Parameters
    ----------
    place : PlaceMention
        As written.
    """
    about = place.reference.relation in {"near", "countryside", "direction"}
    bare = place.reference.relation == "at" and not place.reference.kind  # may be the town or what is named after it
    inside = place.reference.relation == "part_of" and not place.reference.bearing  # "the centre of Exampla"
    return place.located and (place.rank >= 5 or (place.rank == 4 and (about or bare or inside)))


def within(one: PlaceMention, other: PlaceMention) -> bool:
    """Say whether two expressions name one place, or one the place that contains the other.

    Parameters
    ----------
    one, other : PlaceMention
        Both with a name.
    """
    around = [p for p in (one, other) if p.reference.relation == "countryside"]
    if len(around) == 1 and any(p.reference.relation == "at" and p.reference.kind in _TOWNS for p in (one, other)):
        return False  # the city of X is not in the countryside of X
    return one.names[0] in other.names or other.names[0] in one.names
