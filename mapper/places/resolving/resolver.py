"""Names in, positions out: or several positions, or none, but never a silent guess.

For a name, every place that the gazetteer has under it or under a spelling like
it is a candidate, however exact the first one is; `scoring` gives each its
probability in this text. Candidates within 10 km of one another are one answer.
It is `resolved` where the answer is likely enough, `ambiguous` where a few
answers share the likelihood, `not_found` otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.errors import LookupFailedError, ServiceRefusedError
from mapper.geo import covering_circle, distance_m, rounded
from mapper.model import (
    ONE_ANSWER_M,
    Candidate,
    Geocoder,
    Place,
    PlaceContext,
    PlaceReference,
    Resolution,
    Toponym,
)
from mapper.places.finding.cues import country_codes, country_name, spelled_out
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.gazetteer.world import COUNTY
from mapper.places.names.ranking import Match
from mapper.places.resolving import relative
from mapper.places.resolving.areas import Area, area_of
from mapper.places.resolving.context import gather
from mapper.places.resolving.scoring import Surroundings, energy, evidence, owners_of, probabilities, seats_of

RESOLVED: Final = 0.52
"""Least probability of an answer that is given as one."""

DISTINCT: Final = 0.82
"""Least share of the answer in what it and its rivals have: other places of that name weigh more than doubt."""

DISTINCT_ALONE: Final = 0.60
"""The same where nothing says what contains the name: its rivals then lie anywhere, and are mostly other places."""

AMBIGUOUS: Final = 0.30
"""Least probability that any of the candidates is meant, for them to be shown."""

REVIEW: Final = 0.8
"""Answers less likely than this are marked for review."""

_NEARLY: Final = 0.25
"""Share of the best candidate's probability from which another is a near-equal."""

_TRACE: Final = 1e-4
_SHOWN: Final = 10
_SHOWN_RESOLVED: Final = 5
_MATERIAL: Final = 0.03
"""Share of the best candidate's probability below which another is only a look-alike."""

_MATERIAL_IN_DOUBT: Final = 0.005

_POOL: Final = 60
_ABROAD: Final = 30
_WORTH_A_LOOK: Final = 0.3
_NAME_LIMIT: Final = 200
_REMEMBERED: Final = 50_000
_WITHOUT_DIVISION: Final = frozenset({"country", "governorate", "sea", "region"})
_AROUND_M: Final = 10_000.0
_NEIGHBOURS: Final = 10
_TOO_LARGE: Final = frozenset({"country", "sea"})
_SETTLEMENTS: Final = frozenset({"city", "town", "village", "neighbourhood", "district"})
_FAR_M: Final = 100_000.0
_HELD: Final = 0.05
_LEADING: Final = 0.15
_LEADERS: Final = 3
_DERIVED_SCORE: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A match with its probability."""

    match: Match
    probability: float

    @property
    def place(self) -> Place:
        return self.match.place


class Resolver:
    """A `PlaceResolver` over a gazetteer.

    Parameters
    ----------
    gazetteer : Gazetteer
        Its layers are all looked at.
    geocoder : Geocoder, optional
        Asked where the gazetteer has nothing.
    """

    def __init__(self, gazetteer: Gazetteer, geocoder: Geocoder | None = None) -> None:
        self._gazetteer = gazetteer
        self._geocoder = geocoder
        self._divisions: dict[str, str] = {}
        self._lookups: dict[tuple[str, tuple[str, ...]], list[Match]] = {}

    def context(self, toponyms: Sequence[Toponym]) -> PlaceContext:
        """Gather what the names of a whole article say about where it plays."""
        return gather(toponyms)

    def resolve(self, reference: PlaceReference, context: PlaceContext) -> Resolution:
        """Resolve one reference.

        Parameters
        ----------
        reference : PlaceReference
            What the text says.
        context : PlaceContext
            What is known around it.

        Returns
        -------
        Resolution
            With all candidates that may be meant, the likeliest first.
        """
        around = self._surroundings(reference, context)
        name = reference.name.strip()[:_NAME_LIMIT]
        if name:
            found = self._named(name, reference, around, context)
            whole = self._smallest_whole(reference, context) if reference.relation in {"at", "near"} else None
            if found.status == "resolved" and not _beyond(found, whole, around.areas):
                return found
            asked = self._geocoded(reference, context) if found.status == "not_found" else None
            if asked is not None:
                return asked
            if reference.relation in {"at", "near"} or not reference.anchors:
                return _inside(whole, found)
        derived = self._derived(reference, context)
        return derived if derived is not None else Resolution(status="not_found")

    def _matches(self, name: str, countries: Iterable[str]) -> list[Match]:
        """Look a name up, once per name and countries."""
        key = (name, tuple(sorted(countries)))
        found = self._lookups.get(key)
        if found is None and name in country_codes():
            found = self._lookups[key] = self._of_code(name)
        if found is None:
            if len(self._lookups) >= _REMEMBERED:
                self._lookups.clear()
            full = spelled_out(name)
            found = self._gazetteer.lookup(full, countries=key[1], limit=_POOL)
            if key[1]:
                # Look-alikes at home must not crowd out the name itself abroad.
                known = {match.place.id for match in found}
                found += [m for m in self._gazetteer.lookup(full, limit=_ABROAD) if m.place.id not in known]
            # "Jackson" is not short for "Jackson County".
            found = [match for match in found if match.how == "exact" or not match.place.id.startswith(COUNTY)]
            found = self._lookups[key] = [self._with_division(match) for match in found]
        return found

    def _of_code(self, code: str) -> list[Match]:
        """Look a country up by its code."""
        found = self._gazetteer.lookup(country_name(code), countries=(code,), limit=_POOL)
        return [match for match in found if match.place.kind == "country" and match.place.country == code]

    def _with_division(self, match: Match) -> Match:
        """Fill in the division of a place that has none, where all places around it agree."""
        place = match.place
        if place.admin1 or place.kind in _WITHOUT_DIVISION:
            return match
        if place.id not in self._divisions:
            if len(self._divisions) >= _REMEMBERED:
                self._divisions.clear()
            around = self._gazetteer.near(place.longitude, place.latitude, _AROUND_M, limit=_NEIGHBOURS)
            named = {other.admin1 for other in around if other.admin1 and other.country == place.country}
            self._divisions[place.id] = named.pop() if len(named) == 1 else ""
        division = self._divisions[place.id]
        return replace(match, place=replace(place, admin1=division)) if division else match

    def _surroundings(self, reference: PlaceReference, context: PlaceContext) -> Surroundings:
        """Look up the names around a name. A country's name is taken as the country, whatever else has it."""
        named = [self._area(name, context) for name in reference.containers if name.strip()]
        countries = frozenset(code for area in named for code in area.countries)
        near = [self._area(name, context, countries) for name in reference.near if name.strip()]
        anchors = [self._area(name, context, countries) for name in reference.anchors if name.strip()]
        return Surroundings(
            countries=countries,
            areas=tuple(area for area in named if area.divisions or area.points),
            near=tuple(near) + (tuple(anchors) if reference.relation != "direction" else ()),
            anchors=tuple((lon, lat) for area in anchors for lon, lat, _ in area.points),
        )

    def _area(self, name: str, context: PlaceContext, countries: Iterable[str] = ()) -> Area:
        if name in country_codes():
            return Area(name, frozenset({name}), frozenset(), ())
        prior = list(countries) or _leading(context)
        return area_of(name, self._matches(name[:_NAME_LIMIT], prior), prior)

    def _named(self, name: str, reference: PlaceReference, around: Surroundings, context: PlaceContext) -> Resolution:
        matches = self._matches(name, around.countries or _leading(context))
        if matches:
            least = max(match.similarity for match in matches) - _WORTH_A_LOOK
            matches = [match for match in matches if match.similarity >= least]
        owners = owners_of(matches) if context.home else frozenset()
        around = replace(around, seats=seats_of(matches), owners=owners)
        energies = [energy(evidence(match, reference, around, context)) for match in matches]
        weighed = [_Weighed(m, p) for m, p in zip(matches, probabilities(energies), strict=True)]
        weighed.sort(key=lambda w: (-w.probability, w.match.layer, w.place.id))
        return _answer(weighed, contained=bool(around.areas))

    def _derived(self, reference: PlaceReference, context: PlaceContext) -> Resolution | None:
        """Resolve what only its relation or its container describes."""
        wholes = [place for name in reference.anchors[:2] if (place := self._whole(name, reference, context))]
        if wholes and len(wholes) == len(reference.anchors[:2]):
            shape = _shape(reference, wholes, context)
            if shape is not None:
                return _of_shape(shape, wholes[0])
        for name in (*reference.anchors, *reference.near, *reference.containers):
            place = self._whole(name, reference, context)
            if place is not None:
                return _of_parent(place)
        return None

    def _smallest_whole(self, reference: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve the smallest container that is known, short of a country."""
        for name in (*reference.anchors, *reference.containers, *reference.near):
            place = self._whole(name, reference, context)
            if place is not None and place.kind not in _TOO_LARGE:
                return place
        return None

    def _whole(self, name: str, reference: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve the name that a relation refers to; None if it is unknown or doubtful."""
        inner = tuple(container for container in reference.containers if container != name)
        kind = reference.kind if not reference.name and reference.kind in {"governorate", "country"} else ""
        asked = PlaceReference(name=name, start=reference.start, end=reference.end, containers=inner, kind=kind)
        if reference.relation == "part_of" and reference.kind in {"village", "town"}:
            # "A village in D": of a city and a governorate called D, the governorate has villages.
            asked = replace(asked, kind="governorate")
        found = self._named(name.strip()[:_NAME_LIMIT], asked, self._surroundings(asked, context), context)
        if found.status != "resolved" or not found.candidates:
            return None
        place = found.candidates[0].place
        return replace(place, longitude=found.longitude or 0.0, latitude=found.latitude or 0.0)

    def _geocoded(self, reference: PlaceReference, context: PlaceContext) -> Resolution | None:
        """Ask the geocoder, if there is one: its answers always need review."""
        if self._geocoder is None:
            return None
        try:
            candidates = tuple(self._geocoder.lookup(reference, context))[:_SHOWN]
        except LookupFailedError:
            return Resolution(status="not_found", flags=("geocoder-failed",))
        except ServiceRefusedError:
            self._geocoder = None
            return Resolution(status="not_found", flags=("geocoder-refused",))
        if not candidates:
            return None
        group = [c.place for c in candidates if c.score >= candidates[0].score * _NEARLY]
        if not _one_answer(group):
            return Resolution(status="ambiguous", candidates=candidates, method="geocoder", needs_review=True)
        return _located(group, candidates, "geocoder", candidates[0].score)


def _beyond(found: Resolution, whole: Place | None, areas: Sequence[Area]) -> bool:
    """Say whether an answer lies nowhere near the places that are said to contain it.

    The name of a city is often that of its division: whatever the container may mean counts.
    """
    if whole is None or found.longitude is None or found.latitude is None:
        return False
    if any(area.holds(found.candidates[0].place) >= _HELD for area in areas):
        return False
    away = distance_m(found.longitude, found.latitude, whole.longitude, whole.latitude)
    return away > max(_FAR_M, 3 * relative.radius_of(whole))


def _inside(whole: Place | None, found: Resolution) -> Resolution:
    """Fall back to the container of a place whose name is not known; of a doubtful one, to a settlement only."""
    if whole is None or (found.status == "ambiguous" and whole.kind not in _SETTLEMENTS):
        return found if found.status != "resolved" else Resolution(status="not_found", candidates=found.candidates)
    return replace(_of_parent(whole), candidates=found.candidates, flags=found.flags)


def _leading(context: PlaceContext) -> list[str]:
    """Return the countries that an article speaks of most: names there are looked at first."""
    return [code for code, share in context.countries.items() if share >= _LEADING][:_LEADERS]


def _answer(weighed: Sequence[_Weighed], *, contained: bool) -> Resolution:
    """Decide what the weighed candidates amount to."""
    if not weighed:
        return Resolution(status="not_found")
    best = weighed[0]
    near_equal = [w for w in weighed if w.probability >= _NEARLY * best.probability]
    sure = sum(w.probability for w in weighed if w.probability > _TRACE and _apart(w.place, best.place) <= ONE_ANSWER_M)
    known = sum(w.probability for w in weighed)
    # Look-alikes of no weight are no candidates; those nearly as likely as the best all are.
    is_sure = sure >= RESOLVED and sure >= (DISTINCT if contained else DISTINCT_ALONE) * known
    least = _MATERIAL if is_sure else _MATERIAL_IN_DOUBT
    material = [w for w in weighed if w.probability >= least * best.probability]
    most = max(_SHOWN_RESOLVED if is_sure else _SHOWN, len(near_equal))
    shown = tuple(
        Candidate(place=w.place, score=round(w.probability, 4), reasons=w.match.reasons) for w in material[:most]
    )
    if is_sure:
        answer = [w for w in weighed if _apart(w.place, best.place) <= ONE_ANSWER_M and w.probability > _TRACE]
        # Our own entries say where such a place lies better than others do, near-equal or not.
        alike = [w for w in answer if (w.place.kind in _WITHOUT_DIVISION) == (best.place.kind in _WITHOUT_DIVISION)]
        group = [w.place for w in alike if w.match.layer == 0] or [w.place for w in answer if w in near_equal]
        method = "gazetteer" if best.match.how in {"exact", "folded"} else "variant"
        return _located(group, shown, method, sure)
    if known >= AMBIGUOUS:
        return Resolution(
            status="ambiguous",
            candidates=shown,
            score=round(best.probability, 4),
            needs_review=True,
            flags=("ambiguous-place",),
        )
    return Resolution(status="not_found", candidates=shown)


def _one_answer(places: Sequence[Place]) -> bool:
    return all(_apart(one, other) <= ONE_ANSWER_M for n, one in enumerate(places) for other in places[:n])


def _apart(one: Place, other: Place) -> float:
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


def _shape(reference: PlaceReference, wholes: Sequence[Place], context: PlaceContext) -> relative.Derived | None:
    first, bearing = wholes[0], reference.bearing
    if reference.relation == "between":
        return relative.between(first, wholes[1]) if len(wholes) > 1 else None
    shapes: dict[str, Callable[[], relative.Derived | None]] = {
        "direction": lambda: relative.along(first, reference.distance_m, bearing),
        "near": lambda: relative.near(first),
        "part_of": lambda: relative.part_of(first, bearing),
        "countryside": lambda: relative.countryside(first, bearing),
        "off_coast": lambda: relative.off_coast(first, context.nearby),
    }
    shape = shapes.get(reference.relation)
    return shape() if shape is not None else None


def _of_shape(shape: relative.Derived, anchor: Place) -> Resolution:
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


def _of_parent(place: Place) -> Resolution:
    shape = relative.Derived(place.longitude, place.latitude, relative.radius_of(place), relative.precision_of(place))
    return replace(_of_shape(shape, place), method="parent", flags=())
