"""By whom, with what, on what: sources blame differently, and name weapons and sites in their own words."""

from __future__ import annotations

from typing import Final

from mapper.incidents.evidence import Points
from mapper.incidents.sketch import Sketch
from mapper.incidents.surroundings import Surroundings

_MEANS: Final = {
    "air strike": frozenset({"air"}),
    "drone strike": frozenset({"air"}),
    "barrel bombing": frozenset({"air"}),
    "raid": frozenset({"air", "hand"}),
    "bombing": frozenset({"air", "blast"}),
    "shelling": frozenset({"guns"}),
    "chemical attack": frozenset({"air", "guns", "gas"}),
    "shooting": frozenset({"hand"}),
    "massacre": frozenset({"hand", "air", "guns"}),
    "abduction": frozenset({"hand"}),
}
"""What an act may have been done with: "raid" and "bombing" are said of aircraft and of men on foot."""

_NEAR_MEANS: Final = frozenset({"air", "guns", "blast"})
"""A missile or an explosion is not seen well enough to be told apart from a shell or a bomb."""

_NO_NAME: Final = frozenset(
    {"armedmen", "gunmen", "militants", "soldiers", "fighters", "settlers", "insurgents", "rebels", "assailants"}
    | {"attackers", "bandits", "police", "army", "forces", "militiamen", "coalition", "militia", "troops"}
)
_BOTH: Final = frozenset({"home", "building", "camp", "shelter"})
_CARRIED_TO: Final = frozenset({"hospital"})
_EVERYWHERE: Final = {"home": 0.5, "building": 0.5, "vehicle": 0.6}
"""Sites that are worth less than their rarity: two attacks on homes are no coincidence."""


def doers(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    """Weigh who is said to have done it, and with what."""
    points: Points = []
    if shared := left.actors & right.actors:
        points.append((round(0.6 * max(map(around.rarity, shared)), 2), "the same doer"))
    elif left.actors - _NO_NAME and right.actors - _NO_NAME and not _part(left.actors, right.actors):
        points.append((-0.4, "other doers"))
    return [*points, *_means(left.event, right.event, around)]


def site(left: Sketch, right: Sketch, around: Surroundings) -> Points:
    """Weigh what was hit."""
    if not (left.site and right.site):
        return []
    shared = left.sites & right.sites
    told = shared - _CARRIED_TO if left.site != right.site else shared
    if told:
        worth = {one: around.rarity(one) * _EVERYWHERE.get(one, 1.0) for one in sorted(told)}
        best = max(worth, key=worth.__getitem__)
        return [(round(worth[best], 2), f"{'an' if best[0] in 'aeiou' else 'a'} {best} in both")]
    if shared or {left.site, right.site} <= _BOTH:
        return []
    return [(-0.6, f"{left.site} and {right.site}")]


def _means(left: str, right: str, around: Surroundings) -> Points:
    if not (left and right):
        return []
    if left == right:
        return [(round(0.4 * around.rarity(left), 2), "the same kind of attack")]
    ones, others = _MEANS.get(left, frozenset()), _MEANS.get(right, frozenset())
    if ones & others or not (ones and others):
        return []
    if ones & _NEAR_MEANS and others & _NEAR_MEANS:
        return [(-0.4, "another kind of attack")]
    return [(-1.2, "another kind of attack")]


def _part(ones: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether one name is a part of the other: "coalition", "US-led coalition"."""
    return any(one in other or other in one for one in ones for other in others)
