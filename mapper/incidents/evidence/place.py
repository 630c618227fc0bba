"""Where: distance against what both circles allow, areas that hold one another, names that sound alike."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import Final

from mapper import geo
from mapper.incidents.evidence import Points
from mapper.incidents.sketch import Sketch
from mapper.model import Precision

_TOGETHER_M: Final = 1_500
_SLACK_M: Final = 3_000
_SETTLEMENTS: Final = frozenset({Precision.VILLAGE, Precision.TOWN, Precision.CITY, Precision.NEIGHBOURHOOD})
_LARGER: Final = 2
_SAME_NAME: Final = 1.8
_FITS: Final = 2.2
_LONG_KEY: Final = 5


def distance_m(left: Sketch, right: Sketch) -> float:
    """Return the metres between two located accounts."""
    if left.longitude == right.longitude and left.latitude == right.latitude:
        return 0.0
    return geo.distance_m(left.longitude, left.latitude, right.longitude, right.latitude)


def out_of_reach(left: Sketch, right: Sketch) -> bool:
    """Tell whether two places are farther apart than both circles, drawn generously, allow."""
    return (
        bool(left.radius_m and right.radius_m)
        and distance_m(left, right) > 2 * (left.radius_m + right.radius_m) + _SLACK_M
        and not _is_named_alike(left, right)
    )


def names_the_other(left: Sketch, right: Sketch) -> bool:
    """Tell whether the place of one is named in what the other says of its event, and is not just a namesake."""
    if set(left.parts).intersection(right.parts):
        return False
    return _names(left.said, right.parts) or _names(right.said, left.parts)


def may_be_one_place(left: Sketch, right: Sketch) -> bool:
    """Tell whether two places of one name, found far apart, may be one: a village has namesakes."""
    if not sound_alike(left.key, right.key):
        return False
    near = (
        geo.distance_m(*at, other.longitude, other.latitude)
        for one, other in ((left, right), (right, left))
        for at in one.others
        if other.radius_m
    )
    return min(near, default=float("inf")) <= left.radius_m + right.radius_m


def place(left: Sketch, right: Sketch) -> Points:
    """Weigh the places of two accounts."""
    alike = sound_alike(left.key, right.key)
    if not (left.radius_m and right.radius_m) or _is_named_alike(left, right):
        return _unplaced(left, right, alike=alike)
    weight, apart = min(left.weight, right.weight), distance_m(left, right)
    if apart <= _TOGETHER_M or (left.place_id and left.place_id == right.place_id):
        if (left.is_container or right.is_container) and left.key and right.key and not alike:
            return [(0.5 * weight, "in one place, under other names")]
        return [(weight, "the same place")]
    inner, outer = sorted((left, right), key=lambda one: one.radius_m)
    if outer.radius_m > _LARGER * inner.radius_m and not out_of_reach(left, right):
        return _within(inner, outer, apart, named=alike)
    return _beside(left, right, apart, alike=alike)


def _is_named_alike(left: Sketch, right: Sketch) -> bool:
    """Tell whether one lies where a name may be that was not found for sure, and was put at what contains it.

    The point of the container then says where to look, and not how far the two lie apart.
    """
    if left.is_container == right.is_container or not sound_alike(left.key, right.key):
        return False
    contained, found = (left, right) if left.is_container else (right, left)
    at = (found.longitude, found.latitude)
    return any(geo.distance_m(*at, *other) <= 2 * _TOGETHER_M for other in contained.others)


def _beside(left: Sketch, right: Sketch, apart: float, *, alike: bool) -> Points:
    """Weigh two places that are known as exactly as each other."""
    km, reach = f"{apart / 1000:.0f} km apart", left.radius_m + right.radius_m
    if out_of_reach(left, right):
        if may_be_one_place(left, right):
            return [(1.2, f"{km}, but the name fits both places")]
        return [(0.5, f"{km}, but the place of one is named by the other")]
    if not alike and _are_two_settlements(left, right):
        if names_the_other(left, right):
            return [(0.6, f"{km}, and the place of one is named by the other")]
        return [(-1.0 if apart <= reach else -1.8, f"two places {km}")]
    if apart > reach:
        return [(-1.5, km)]
    points: Points = [(min(left.weight, right.weight) * (1.0 - 0.7 * apart / reach), f"{km}, within reach")]
    return [*points, (0.8, "names that sound the same")] if alike else points


def _within(inner: Sketch, outer: Sketch, apart: float, *, named: bool) -> Points:
    """Weigh a place against an area: a district, a governorate, the surroundings of a town."""
    if outer.precision == Precision.GOVERNORATE and inner.division and outer.division:
        if inner.division != outer.division:
            return [(-1.5, "in another governorate")]
        return [(0.6, "within the same governorate")]
    if apart > inner.radius_m + outer.radius_m:
        return [(-1.5, f"{apart / 1000:.0f} km apart, outside the wider area")]
    points: Points = [(outer.weight * (1.0 - 0.4 * apart / (inner.radius_m + outer.radius_m)), "within the wider area")]
    return [*points, (0.8, "names that sound the same")] if named else points


def _are_two_settlements(left: Sketch, right: Sketch) -> bool:
    return (
        left.precision in _SETTLEMENTS
        and right.precision in _SETTLEMENTS
        and bool(left.place_id and right.place_id and left.key and right.key)
    )


def _unplaced(left: Sketch, right: Sketch, *, alike: bool) -> Points:
    near = [geo.distance_m(*a, *b) for a in _positions(left) for b in _positions(right)]
    fits = bool(near) and min(near) <= 2 * _TOGETHER_M
    if alike:
        return [(_FITS, "names that sound the same, and may be one place")] if fits else [(_SAME_NAME, "the same name")]
    if fits:
        return [(1.0, "one of the places it may mean")]
    if names_the_other(left, right):
        return [(1.2, "the place of one is named by the other")]
    return []


def _positions(one: Sketch) -> tuple[tuple[float, float], ...]:
    if one.radius_m and not (one.is_container and one.others):
        return ((one.longitude, one.latitude),)
    return one.others


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two names have the same consonants, or all but one of many.

    Examples
    --------
    >>> sound_alike("kfrnrn", "kfrnrn"), sound_alike("kfrnrn", "kfrnr"), sound_alike("hs", "hd")
    (True, True, False)
    """
    if one == other:
        return bool(one)
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _LONG_KEY or len(longer) - len(shorter) > 1:
        return False
    first = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    return shorter[first + (len(shorter) == len(longer)) :] == longer[first + 1 :]


def _names(said: array[int], parts: tuple[int, ...]) -> bool:
    return bool(parts) and all(_has(said, part) for part in parts)


def _has(ordered: array[int], number: int) -> bool:
    at = bisect_left(ordered, number)
    return at < len(ordered) and ordered[at] == number
