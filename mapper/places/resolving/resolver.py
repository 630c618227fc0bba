"""Names in, positions out: or several positions, or none, but never a silent guess.

For a name, every place that the gazetteer has under it or under a spelling like
it is a candidate, however exact the first one is; `scoring` gives each its
probability in this text. Candidates within 10 km of one another are one answer.
It is `resolved` where the answer is likely enough, `ambiguous` where a few
answers share the likelihood, `not_found` otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from mapper.errors import LookupFailedError, ServiceRefusedError
from mapper.geo import distance_m
from mapper.model import (
    Geocoder,
    Place,
    PlaceContext,
    PlaceReference,
    Resolution,
    Toponym,
)
from mapper.places.finding.cues import country_codes, demonyms
from mapper.places.gazetteer.layers import Gazetteer
from mapper.places.names.keys import plain_of
from mapper.places.names.ranking import Match
from mapper.places.resolving import answers, relative
from mapper.places.resolving.abroad import is_astray, strangeness
from mapper.places.resolving.areas import Area, area_of
from mapper.places.resolving.capitals import named_capital
from mapper.places.resolving.context import gather
from mapper.places.resolving.lookups import Lookups
from mapper.places.resolving.peers import districts_of, owners_of, seats_of
from mapper.places.resolving.quarters import CITIES, as_a_city, cities_before, is_bare_quarter, is_outside, is_quarter
from mapper.places.resolving.scoring import (
    Surroundings,
    contradicted,
    doubts,
    evidence,
    looked_closer,
)
from mapper.places.resolving.sides import Sides
from mapper.places.resolving.weights import energy, probabilities

_WORTH_A_LOOK: Final = 0.3
_NAME_LIMIT: Final = 200
_SIDED: Final = frozenset({"part_of", "countryside"})
_TOO_LARGE: Final = frozenset({"country", "sea"})
_FAR_M: Final = 100_000.0
_OUTSIDE_M: Final = 30_000.0
_THERE: Final = 0.5
_HELD: Final = 0.05
_LEADING: Final = 0.15
_LEADERS: Final = 3


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
        self._lookups = Lookups(gazetteer)
        self._sides = Sides(gazetteer)
        self._at_hand = gazetteer.at_hand
        self._geocoder = geocoder

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
        reference = named_capital(reference)
        if is_bare_quarter(reference) and (found := self._in_city(reference, context)) is not None:
            return found
        around = self._surroundings(reference, context)
        name = reference.name.strip()[:_NAME_LIMIT]
        if name:
            found = self._named(name, reference, around, context)
            if found.status == "resolved" and contradicted(found.candidates[0].place, reference, around):
                found = answers.doubted(found)
            if self._is_astray(found, name, around, context):
                found = answers.doubted(found)
            city = self._city_of(reference, context) if is_quarter(reference) else None
            is_elsewhere = is_outside(found, city)
            if found.status == "resolved" and not is_elsewhere and _held(found, around.areas):
                return found
            whole = city
            if whole is None and reference.relation in {"at", "near"}:
                whole = self._smallest_whole(reference, context)
            is_far = _beyond(found, whole, around.areas, reference) and not _held(found, around.near, _THERE)
            if found.status == "resolved" and not is_elsewhere and not is_far:
                return found
            asked = self._geocoded(reference, context) if found.status == "not_found" else None
            if asked is not None:
                return asked
            if reference.relation in {"at", "near"} or not reference.anchors:
                side = self._sides.of(whole, reference.bearing) if whole is not None else None
                return answers.inside(whole, found, side)
        derived = self._derived(reference, context)
        return derived if derived is not None else Resolution(status="not_found")

    def _in_city(self, reference: PlaceReference, context: PlaceContext) -> Resolution | None:
        """Resolve a quarter in the city named before it; None where it is known by itself, or no city was named.

        "The Exampla neighbourhood", told of Samplecity, is no far place of that name.
        """
        for name in cities_before(reference, context):
            city = self._whole(name, replace(reference, kind=""), context)
            if city is None or city.kind not in CITIES:
                continue
            inside = self.resolve(replace(reference, containers=(name,)), context)
            if inside.method == "gazetteer":
                return inside
            alone = self.resolve(replace(reference, containers=(city.country,)), context)
            if alone.status == "resolved":
                return alone if alone.method == "gazetteer" and alone.country == city.country else inside
            # A district may be one of the country's as well as of the city's.
            is_known = any(candidate.place.country == city.country for candidate in alone.candidates[:1])
            return alone if reference.kind == "district" and is_known else inside
        return None

    def _is_astray(self, found: Resolution, name: str, around: Surroundings, context: PlaceContext) -> bool:
        """Say whether an answer lies in a country that only its own name speaks of: see `abroad.is_astray`."""
        is_free = found.status == "resolved" and not (around.countries or around.areas or around.near)
        return is_free and found.country not in self._at_hand and is_astray(found, name, context)

    def _city_of(self, reference: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve what a quarter is said to be in, rather as a city than as the division named after it."""
        name, *outer = reference.containers
        asked = PlaceReference(
            name=name, start=reference.start, end=reference.end, containers=tuple(outer), kind="city"
        )
        city = self._settled(asked, context)
        return city if city is not None and city.kind in CITIES else None

    def _surroundings(self, reference: PlaceReference, context: PlaceContext) -> Surroundings:
        """Look up the names around a name. A country's name is taken as the country, whatever else has it."""
        named = [self._area(name, context) for name in reference.containers if name.strip()]
        if is_quarter(reference):
            named[:1] = [as_a_city(area) for area in named[:1]]
        countries = frozenset(code for area in named for code in area.countries)
        # A division says as well as its country where the names beside it lie.
        there = countries or frozenset(country for area in named for country, _ in area.divisions)
        near = [self._area(name, context, there) for name in reference.near if name.strip()]
        anchors = [self._area(name, context, there) for name in reference.anchors if name.strip()]
        return Surroundings(
            countries=countries,
            areas=tuple(area for area in named if area.divisions or area.points),
            near=tuple(near) + (tuple(anchors) if reference.relation != "direction" else ()),
            anchors=tuple((lon, lat) for area in anchors for lon, lat, _ in area.points),
        )

    def _area(self, name: str, context: PlaceContext, countries: Iterable[str] = ()) -> Area:
        if name in country_codes():
            return Area(name, frozenset({name}), frozenset(), ())
        people = demonyms().get(name)
        if people is not None:  # "Exampla, the Yemeni capital"
            return Area(name, frozenset({people.country}), frozenset(), ())
        prior = list(countries) or _leading(context)
        return area_of(name, self._lookups.matches(name[:_NAME_LIMIT], prior), prior)

    def evidence(
        self, reference: PlaceReference, context: PlaceContext
    ) -> tuple[list[Match], list[dict[str, float]], dict[str, float]]:
        """Gather what speaks for each candidate of a name, and for none of them: what `resolve` weighs.

        Returns
        -------
        (matches, evidence, doubts)
            Evidence for each match, and for "none of these", by the names of `weights.Weights`.
        """
        name = reference.name.strip()[:_NAME_LIMIT]
        return self._evidence(name, reference, self._surroundings(reference, context), context)

    def _evidence(
        self, name: str, reference: PlaceReference, around: Surroundings, context: PlaceContext
    ) -> tuple[list[Match], list[dict[str, float]], dict[str, float]]:
        matches = self._lookups.matches(name, around.countries or _leading(context))
        if matches:
            least = max(match.similarity for match in matches) - _WORTH_A_LOOK
            matches = [match for match in matches if match.similarity >= least]
        owners = owners_of(matches) if context.home else frozenset()
        around = replace(around, seats=seats_of(matches), owners=owners, districts=districts_of(matches))
        found = evidence(matches, reference, around, context)
        found = [
            each | strangeness(match, name, around.countries, around.areas, context, self._at_hand)
            for match, each in zip(matches, found, strict=True)
        ]
        doubt = doubts(name, matches, around.countries or _leading(context))
        return matches, looked_closer(matches, found, name, doubt), doubt

    def _named(self, name: str, reference: PlaceReference, around: Surroundings, context: PlaceContext) -> Resolution:
        matches, found, doubt = self._evidence(name, reference, around, context)
        chances = probabilities([energy(each) for each in found], energy(doubt))
        weighed = [answers.Weighed(m, p) for m, p in zip(matches, chances, strict=True)]
        weighed.sort(key=lambda w: (-w.probability, w.match.layer, w.place.id))
        return answers.answer(
            weighed,
            contained=bool(around.areas),
            kind=reference.kind,
            at_hand=self._at_hand,
            in_arabic=not plain_of(name).isascii(),
        )

    def _derived(self, reference: PlaceReference, context: PlaceContext) -> Resolution | None:
        """Resolve what only its relation or its container describes."""
        wholes = [place for name in reference.anchors[:2] if (place := self._whole(name, reference, context))]
        if wholes and len(wholes) == len(reference.anchors[:2]):
            side = self._sides.of(wholes[0], reference.bearing) if reference.relation in _SIDED else None
            shape = side or relative.described(reference, wholes, context.nearby)
            if shape is not None:
                return answers.of_shape(shape, wholes[0])
        if reference.relation == "between" and len(wholes) == 1:
            # Of two ends one is known: what lies between them is not far from it.
            return answers.of_shape(relative.near(wholes[0]), wholes[0])
        for name in (*reference.anchors, *reference.near, *reference.containers):
            place = self._whole(name, reference, context)
            if place is not None:
                return answers.of_parent(place)
        return None

    def _smallest_whole(self, reference: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve the smallest thing that is known to hold or to be near it, short of a country.

        An unknown quarter "near X", in a report of the province of Y, is about X.
        """
        for name in (*reference.anchors, *reference.near, *reference.containers):
            place = self._whole(name, reference, context)
            if place is not None and place.kind not in _TOO_LARGE:
                return place
        return None

    def _whole(self, name: str, reference: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve the name that a relation refers to; None if it is unknown or doubtful."""
        inner = tuple(container for container in reference.containers if container != name)
        inner_most = reference.containers[0] if reference.containers and not reference.near else ""
        kind = reference.kind if not reference.name and reference.kind in {"governorate", "country"} else ""
        asked = PlaceReference(name=name, start=reference.start, end=reference.end, containers=inner, kind=kind)
        is_side = reference.relation == "at" and reference.bearing is not None
        is_in = reference.relation == "part_of" or is_side or (reference.kind == "village" and name == inner_most)
        if reference.kind in {"village", "town"} and is_in:
            # "A village in D", "in southern D": of a city and a governorate called D, the governorate has villages.
            asked = replace(asked, kind="governorate")
        return self._settled(asked, context)

    def _settled(self, asked: PlaceReference, context: PlaceContext) -> Place | None:
        """Resolve a name to a place, and no further; None if it is unknown or doubtful."""
        name = asked.name.strip()[:_NAME_LIMIT]
        found = self._named(name, asked, self._surroundings(asked, context), context)
        if found.status != "resolved" or not found.candidates:
            return None
        place = found.candidates[0].place
        return replace(place, longitude=found.longitude or 0.0, latitude=found.latitude or 0.0)

    def _geocoded(self, reference: PlaceReference, context: PlaceContext) -> Resolution | None:
        """Ask the geocoder, if there is one: its answers always need review."""
        if self._geocoder is None:
            return None
        try:
            candidates = tuple(self._geocoder.lookup(reference, context))[: answers.SHOWN]
        except LookupFailedError:
            return Resolution(status="not_found", flags=("geocoder-failed",))
        except ServiceRefusedError:
            self._geocoder = None
            return Resolution(status="not_found", flags=("geocoder-refused",))
        if not candidates:
            return None
        return answers.of_candidates(candidates, "geocoder")


def _held(found: Resolution, areas: Sequence[Area], least: float = _HELD) -> bool:
    """Say whether an answer lies in one of the places that are said to contain it, or to be near it.

    The name of a city is often that of its division: whatever the container may mean counts.
    """
    return any(area.holds(found.candidates[0].place) >= least for area in areas)


def _beyond(found: Resolution, whole: Place | None, areas: Sequence[Area], reference: PlaceReference) -> bool:
    """Say whether an answer lies nowhere near the place that is said to contain it, or to be near it.

    What is "in Exampla" lies there, unless there is a province of Exampla too.
    """
    if whole is None or found.longitude is None or found.latitude is None:
        return False
    away = distance_m(found.longitude, found.latitude, whole.longitude, whole.latitude)
    is_near = bool(reference.near or reference.anchors)
    is_town = not is_near and bool(areas) and not areas[0].divisions and areas[0].holds(whole) >= _THERE
    return away > max(_OUTSIDE_M if is_town else _FAR_M, 3 * relative.radius_of(whole))


def _leading(context: PlaceContext) -> list[str]:
    """Return the countries that an article speaks of most: names there are looked at first."""
    return [code for code, share in context.countries.items() if share >= _LEADING][:_LEADERS]
