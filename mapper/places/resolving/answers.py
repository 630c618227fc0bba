"""What the weighed candidates of a name amount to: one answer, several, or none.

Candidates within 10 km of one another are one answer. It is `resolved` where the
answer is likely enough, `ambiguous` where a few answers share the likelihood,
`not_found` otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from mapper.geo import covering_circle, distance_m, rounded
from mapper.model import ONE_ANSWER_M, RADIUS_M, Candidate, Place, Precision, Resolution
from mapper.places.finding.known import WIDE
from mapper.places.names.ranking import Match
from mapper.places.resolving import relative
from mapper.places.resolving.thresholds import threshold

AMBIGUOUS: Final = 0.30
"""Least probability that any of the candidates is meant, for them to be shown."""

REVIEW: Final = 0.8
"""Answers less likely than this are marked for review."""

_NEARLY: Final = 0.25
"""Share of the best candidate's probability from which another is a near-equal."""

_TRACE: Final = 1e-4
SHOWN: Final = 10
_SHOWN_RESOLVED: Final = 5
_MATERIAL: Final = 0.03
"""Share of the best candidate's probability below which another is only a look-alike."""

_MATERIAL_IN_DOUBT: Final = 0.005
SETTLEMENTS: Final = frozenset({"city", "town", "village", "neighbourhood", "district"})
_TOWNS: Final = frozenset({"city", "town", "village"})
_SEATED: Final = {"governorate": 60_000.0, "district": 25_000.0}
"""How far from the middle of a division, metres, lies the town that it is named after."""

_ONLY_LIKE: Final = frozenset({"skeleton", "edit"})
_SAME_NAME: Final = frozenset({"exact", "folded"})
_SEVERAL: Final = 2
_COVERED_M: Final = 6_000.0
"""Radius of a circle that is an answer: with what a pin itself is wrong by (one in ten by 5.5 km) about 10 km."""

_DERIVED_SCORE: Final = 0.5


@dataclass(slots=True)
class Weighed:
    """A match with its probability."""

    match: Match
    probability: float

    @property
    def place(self) -> Place:
        """What was matched."""
        return self.match.place


def answer(
    weighed: Sequence[Weighed],
    *,
    contained: bool,
    kind: str = "",
    at_hand: AbstractSet[str] = frozenset(),
    in_arabic: bool = False,
) -> Resolution:
    """Decide what the weighed candidates amount to.

    Parameters
    ----------
    weighed : sequence of Weighed
        The likeliest first.
    contained : bool
        Whether something is known that contains the name.
    kind : str
        What the text calls it, if anything.
    at_hand : set of str
        Countries whose villages are known, from gazetteers that were imported.
    in_arabic : bool
        Whether the name is not in Latin letters.
    """
    if not weighed:
        return Resolution(status="not_found")
    likeliest, best = weighed[0], _meant(weighed, kind)
    weighed = [best, *(w for w in weighed if w is not best)]
    near_equal = [w for w in weighed if w.probability >= _NEARLY * best.probability]
    one = [w for w in weighed if w.probability > _TRACE and apart_m(w.place, best.place) <= ONE_ANSWER_M]
    sure = sum(w.probability for w in (*one, *(w for w in _of_one_name(weighed, best) if w not in one)))
    known = sum(w.probability for w in weighed)
    # Look-alikes of no weight are no candidates; those nearly as likely as the best all are.
    is_at_hand = best.place.country in at_hand
    least = threshold(best.place.country, contained=contained, in_arabic=in_arabic, is_at_hand=is_at_hand)
    enough, share = least.probability, least.share
    # Of a country without its villages, a town that is only like the name is mostly not the village that is meant.
    by_chance = best.match.how in _ONLY_LIKE and best.match.layer > 0 and not is_at_hand
    is_sure = sure >= enough and sure >= share * known and not by_chance
    group = [w.place for w in near_equal]
    if not is_sure and not by_chance and (middle := _middle(group)) is not None:
        # Where a circle that small covers all that may be meant, its middle is an answer as good as a point.
        around = sum(
            w.probability for w in weighed if w.probability > _TRACE and _away_m(w.place, middle) <= ONE_ANSWER_M
        )
        if around >= enough and around >= share * known:
            return _between(weighed, group, around)
    some = _MATERIAL if is_sure else _MATERIAL_IN_DOUBT
    material = [w for w in weighed if w.probability >= some * best.probability]
    most = max(_SHOWN_RESOLVED if is_sure else SHOWN, len(near_equal))
    shown = tuple(
        Candidate(place=w.place, score=round(w.probability, 4), reasons=w.match.reasons) for w in material[:most]
    )
    if is_sure:
        # Our own entries say where such a place lies better than others do, near-equal or not.
        alike = [w for w in one if (w.place.kind in WIDE) == (best.place.kind in WIDE)]
        level = one if best is likeliest else alike
        group = [w.place for w in alike if w.match.layer == 0] or [w.place for w in level if w in near_equal]
        method = "gazetteer" if best.match.how in {"exact", "folded"} else "variant"
        return _located(group, shown, method, sure)
    if known >= AMBIGUOUS:
        return _ambiguous(shown, best.probability)
    return Resolution(status="not_found", candidates=shown)


def _middle(places: Sequence[Place]) -> tuple[float, float] | None:
    """Return the middle of the circle around several places, if it is no larger than one answer may be."""
    if len(places) < _SEVERAL or any(apart_m(places[0], place) > 2 * _COVERED_M for place in places):
        return None
    longitude, latitude, cover = covering_circle([(place.longitude, place.latitude) for place in places])
    return (longitude, latitude) if cover <= _COVERED_M else None


def _away_m(place: Place, point: tuple[float, float]) -> float:
    return distance_m(place.longitude, place.latitude, *point)


def _between(weighed: Sequence[Weighed], group: Sequence[Place], score: float) -> Resolution:
    """Answer with the circle around the places that may be meant: none of them, but near all."""
    shown = tuple(Candidate(place=w.place, score=round(w.probability, 4), reasons=w.match.reasons) for w in weighed)
    method = "gazetteer" if weighed[0].match.how in _SAME_NAME else "variant"
    return replace(_located(group, shown[: max(SHOWN, len(group))], method, score), precision=Precision.NEAR)


def _meant(weighed: Sequence[Weighed], kind: str) -> Weighed:
    """Return the likeliest candidate; of a town and the division named after it, what the text says, else the likelier.

    A file may hold a town twice: its entries share what speaks for it.
    """
    best = weighed[0]
    if kind in _SEATED and best.place.kind not in _SEATED:
        return next((w for w in _of_one_name(weighed, best) if w.place.kind == kind), best)
    if kind not in _SEATED and best.place.kind in _SEATED:
        towns = _of_one_name(weighed, best)
        here = [w for w in towns if apart_m(w.place, towns[0].place) <= ONE_ANSWER_M]
        # "The city of Exampla" is no province.
        if here and (kind in _TOWNS or sum(w.probability for w in here) > best.probability):
            return here[0]
    return best


def _of_one_name(weighed: Sequence[Weighed], best: Weighed) -> list[Weighed]:
    """Return the divisions that are named after a town, or the towns that a division is named after.

    "Exampla" is the city or its governorate: which of the two is a matter of
    how closely it is meant, not of where.
    """
    if best.match.how not in _SAME_NAME:
        return []
    division = best.place.kind in _SEATED
    return [
        w
        for w in weighed
        if w.probability > _TRACE
        and w.match.how in _SAME_NAME
        and w.place.country == best.place.country
        and (w.place.kind in _SEATED) != division
        and apart_m(w.place, best.place) <= _SEATED[(best if division else w).place.kind]
    ]


def _ambiguous(candidates: tuple[Candidate, ...], score: float) -> Resolution:
    return Resolution(
        status="ambiguous",
        candidates=candidates,
        score=round(score, 4),
        needs_review=True,
        flags=("ambiguous-place",),
    )


def doubted(found: Resolution) -> Resolution:
    """Take an answer back, and show its candidates: the text says more than its name, and that speaks against it."""
    return _ambiguous(found.candidates, found.score)


def of_candidates(candidates: tuple[Candidate, ...], method: str) -> Resolution:
    """Decide what candidates amount to that come with scores of their own."""
    group = [c.place for c in candidates if c.score >= candidates[0].score * _NEARLY]
    if not _one_answer(group):
        return Resolution(status="ambiguous", candidates=candidates, method=method, needs_review=True)
    return _located(group, candidates, method, candidates[0].score)


def _one_answer(places: Sequence[Place]) -> bool:
    return all(apart_m(one, other) <= ONE_ANSWER_M for n, one in enumerate(places) for other in places[:n])


def apart_m(one: Place, other: Place) -> float:
    """Return how far apart two places are, metres."""
    return distance_m(one.longitude, one.latitude, other.longitude, other.latitude)


def _located(group: Sequence[Place], candidates: tuple[Candidate, ...], method: str, score: float) -> Resolution:
    """Give one answer: the place, or the circle that covers the near-equal ones."""
    first = group[0]
    longitude, latitude, cover = first.longitude, first.latitude, 0.0
    if len(group) > 1:
        longitude, latitude, cover = covering_circle([(place.longitude, place.latitude) for place in group])
    review = score < REVIEW or method == "geocoder" or len(group) > 1
    return Resolution(
        status="resolved",
        longitude=rounded(longitude),
        latitude=rounded(latitude),
        place_id=first.id,
        place_name=first.name,
        admin1=first.admin1,
        country=first.country,
        precision=relative.precision_of(first),
        uncertainty_m=round(cover + max(map(relative.radius_of, group))),
        method=method,
        score=round(score, 4),
        needs_review=review,
        candidates=candidates,
        flags=("ambiguous-place",) if len(group) > 1 else (),
    )


def of_shape(shape: relative.Derived, anchor: Place) -> Resolution:
    """Answer with a circle that words describe from a place."""
    is_whole = (shape.longitude, shape.latitude) == (anchor.longitude, anchor.latitude)
    parent = is_whole and shape.precision == relative.precision_of(anchor)
    return Resolution(
        status="resolved",
        longitude=rounded(shape.longitude),
        latitude=rounded(shape.latitude),
        place_id=anchor.id,
        place_name=anchor.name,
        admin1=anchor.admin1,
        country=anchor.country,
        precision=shape.precision,
        uncertainty_m=shape.radius_m,
        method="parent" if parent else "relative",
        score=_DERIVED_SCORE,
        needs_review=True,
        candidates=(Candidate(place=anchor, score=_DERIVED_SCORE, reasons=("what the text refers to",)),),
        flags=() if parent else ("derived-point",),
    )


def of_parent(place: Place) -> Resolution:
    """Answer with the container of a place, where nothing more is known: it may be anywhere in it, or just outside."""
    radius = max(relative.radius_of(place), RADIUS_M[Precision.PART_OF])
    shape = relative.Derived(place.longitude, place.latitude, radius, relative.precision_of(place))
    return replace(of_shape(shape, place), method="parent", flags=())


def inside(whole: Place | None, found: Resolution, side: relative.Derived | None = None) -> Resolution:
    """Fall back to the container of a place whose name is not known; of a doubtful one, to a settlement only.

    Parameters
    ----------
    whole : Place or None
        The container.
    found : Resolution
        What the name itself gave.
    side : Derived, optional
        The side of the container that the text speaks of.
    """
    if whole is None or (found.status == "ambiguous" and whole.kind not in SETTLEMENTS):
        return found if found.status != "resolved" else Resolution(status="not_found", candidates=found.candidates)
    answer = of_shape(side, whole) if side is not None else of_parent(whole)
    return replace(answer, candidates=found.candidates, flags=(*answer.flags, *found.flags))
