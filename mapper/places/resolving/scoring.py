"""The evidence for each candidate of a name, and for "none of these".

A name is weighed against its candidates as a reader would: how alike the names
are, whether the candidate lies where the text says, how well known it is.
`weights` says what each kind of evidence counts.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nlargest
from typing import Final

from rapidfuzz.fuzz import ratio

from mapper.geo import bearing_deg, distance_m
from mapper.model import Place, PlaceContext, PlaceReference
from mapper.places.names.keys import Keys, fold, plain_of
from mapper.places.names.ranking import Match, compared, prominence
from mapper.places.resolving.areas import Area
from mapper.places.resolving.peers import SETTLEMENTS, compared_with_peers, has_seat, is_seat
from mapper.places.resolving.renderings import rendered
from mapper.places.resolving.weights import energy

_ALIKE: Final[Mapping[str, frozenset[str]]] = {
    "village": frozenset({"village", "town"}),
    "town": frozenset({"town", "city", "village"}),
    "city": frozenset({"city", "town"}),
    "capital": frozenset({"city"}),
    "neighbourhood": frozenset({"neighbourhood"}),
    "camp": frozenset({"site", "neighbourhood", "village", "town"}),
    "district": frozenset({"district", "neighbourhood"}),
    "governorate": frozenset({"governorate"}),
    "region": frozenset({"region", "governorate", "district"}),
    "county": frozenset({"district", "governorate"}),
    "country": frozenset({"country"}),
    "sea": frozenset({"sea"}),
    "valley": frozenset({"region", "site"}),
    "street": frozenset(),
}
_REMEMBERED: Final = 1 << 12
_NEAR_M: Final = 30_000.0
"""Real uses of "near" reach this far."""

_ASTRAY_M: Final = 90_000.0
_IN_IT: Final = 0.9
_OFF: Final = 0.02
_COMPANY_M: Final = 50_000.0
_KEPT: Final = 0.8
_FAR_DEG: Final = 3.0
"""Company so far off (six times its reach) counts for nothing."""

_HAMLET: Final = 1_000
_PEOPLE: Final = {"country": 10_000_000, "governorate": 1_000_000, "region": 100_000, "sea": 1_000_000}
"""Where nobody counted."""

_LISTED: Final = "world:"
_LISTED_PEOPLE: Final = 300_000
"""Counties and the like that the world at hand lists by name: those that are known abroad."""

_ONLY_LIKE: Final = frozenset({"skeleton", "edit"})
_DIVISIONS: Final = frozenset({"governorate", "district"})
_WORTH_A_SECOND_LOOK: Final = 6.0
"""Energy below the best one's, or that of "none of these", by which a candidate is out of the question: e^-6 is 1 in
400."""

_SPELLINGS: Final = 4
_MOST_NAMES: Final = 10
"""Where nobody counted its people, the number of a place's names tells how much is written about it, up to here."""

_OTHER_SCRIPT: Final = 0.2
_SECTOR_SHARE: Final = 0.3
_SECTOR_LEAST_M: Final = 6_000.0
_SECTOR_DEG: Final = 40.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words around a name say, looked up.

    Parameters
    ----------
    countries : frozenset of str
        Codes of the countries that contain it.
    areas : tuple of Area
        Its other containers, smallest first.
    near : tuple of Area
        What it is near.
    anchors : tuple of (longitude, latitude)
        Where a distance and a bearing start.
    seats : mapping of (country, admin1) to float
        How similar the name is to that of a settlement in each division: the bare name then is the settlement's.
    owners : frozenset of str
        Countries where a large city, or which themselves, have the name as their own: a place elsewhere that has it
        as another name is hardly meant.
    districts : tuple of Place
        Those of the name.
    """

    countries: frozenset[str] = frozenset()
    areas: tuple[Area, ...] = ()
    near: tuple[Area, ...] = ()
    anchors: tuple[tuple[float, float], ...] = ()
    seats: Mapping[tuple[str, str], float] = field(default_factory=dict)
    owners: frozenset[str] = frozenset()
    districts: tuple[Place, ...] = ()


def _second_look(match: Match, name: str) -> dict[str, float]:
    """Compare all the names of a candidate with the one that was looked up.

    A place that is called so in one list only, by the name of its neighbour
    often, is less likely meant than one most of whose spellings agree.

    Returns
    -------
    dict
        ``support``: how similar its best names are on average. ``borrowed``: how
        much less similar the name is that it goes by, in the same script. And what `renderings` says.
    """
    place = match.place
    support, own, rendered = _alike(name, (place.name, *place.aliases))
    is_one_script = plain_of(name).isascii() and plain_of(place.name).isascii()
    return {"support": support, "borrowed": match.similarity - own if is_one_script else 0.0, **rendered}


# The places of a region are weighed for the same name in one article after the other.
@lru_cache(maxsize=_REMEMBERED)
def _alike(name: str, spellings: tuple[str, ...]) -> tuple[float, float, Mapping[str, float]]:
    """Say how similar the best spellings of a place are to a name on average, how similar the first one is, and more.

    Returns
    -------
    (support, own, rendered)
        The last is what `renderings.rendered` says of the likest spellings of each script.
    """
    asked = fold(name)
    keys = _keys_of(spellings)
    alike = [compared(asked, each)[1] for each in keys]
    best = nlargest(_SPELLINGS, alike)
    ordered = [keys[n] for n in sorted(range(len(keys)), key=lambda n: -alike[n])]
    return sum(best) / len(best), alike[0], rendered(asked, ordered)


# And for other names: folding is most of the work.
@lru_cache(maxsize=_REMEMBERED)
def _keys_of(spellings: tuple[str, ...]) -> list[Keys]:
    return [fold(each) for each in dict.fromkeys(spellings)]


def doubts(name: str, matches: Iterable[Match] = (), countries: Collection[str] = ()) -> dict[str, float]:
    """Gather the evidence for "none of these".

    Returns
    -------
    dict
        ``letters``: logarithm of the number of consonants of the name, plus one: long names seldom agree by chance.
        ``common``: logarithm of the number of places with these consonants in the countries, plus one.
    """
    same = sum(match.how != "edit" and (not countries or match.place.country in countries) for match in matches)
    return {"none": 1.0, "letters": math.log1p(len(fold(name).skeleton)), "common": math.log1p(same)}


def evidence(
    matches: Sequence[Match], reference: PlaceReference, around: Surroundings, context: PlaceContext
) -> list[dict[str, float]]:
    """Gather the evidence for each candidate at a first look, by the names of `Weights`."""
    return [_first_look(match, reference, around, context) for match in matches]


def looked_closer(
    matches: Sequence[Match], found: Sequence[Mapping[str, float]], name: str, doubt: Mapping[str, float]
) -> list[dict[str, float]]:
    """Compare all the names of the candidates that are in question, and add what that says to the evidence.

    Parameters
    ----------
    matches, found
        The candidates and their evidence so far.
    name : str
        As written.
    doubt : mapping
        The evidence for "none of these".
    """
    energies = [energy(each) for each in found]
    likely = max([energy(doubt), *energies]) - _WORTH_A_SECOND_LOOK
    closer = [dict(each) for each in found]
    asked = [n for n, value in enumerate(energies) if value >= likely]
    for n in asked:
        closer[n] |= _second_look(matches[n], name)
    peers = compared_with_peers([matches[n] for n in asked], [energy(closer[n]) for n in asked], fold(name))
    for n, each in zip(asked, peers, strict=True):
        closer[n] |= each
    return closer


def _first_look(
    match: Match, reference: PlaceReference, around: Surroundings, context: PlaceContext
) -> dict[str, float]:
    place = match.place
    return {
        **_likeness(match, reference.name, owners=around.owners),
        "support": match.similarity,
        **_standing(match, reference, around),
        **_containment(place, around, context),
        **_closeness(place, around, context),
        **_sector(place, reference, around),
    }


def _likeness(match: Match, name: str, *, owners: frozenset[str]) -> dict[str, float]:
    """Compare the names."""
    found = {"similarity": match.similarity}
    asked, has = fold(name), fold(match.name)
    if match.how != "folded":
        found[match.how] = 1.0
    if match.how in {"sound", "skeleton", "edit"}:
        # Names of few consonants sound like many others.
        found["brief"] = 1.0 / max(1, len(asked.skeleton))
    if match.how != "exact":
        is_one_script = asked.plain.isascii() == has.plain.isascii()
        if match.how == "folded" and len(asked.plain.split()) != len(has.plain.split()):
            # Whoever writes the article, or "village", does so as files do more often than not.
            found["wordy"] = 1.0
        found["spelling"] = 1.0 - ratio(asked.plain, has.plain) / 100 if is_one_script else _OTHER_SCRIPT
        found["sounding"] = 1.0 - ratio(asked.sound, has.sound) / 100
    if match.name != match.place.name and match.layer > 0:
        own = fold(match.place.name).plain
        if own.isascii() and own != asked.plain:
            found["alias"] = 1.0
            found["secondhand"] = float(bool(owners) and match.place.country not in owners)
    return found


def _standing(match: Match, reference: PlaceReference, around: Surroundings) -> dict[str, float]:
    """Say what kind of place it is, and how well known."""
    place = match.place
    found = {"prominence": prominence(place)}
    people = place.population or _PEOPLE.get(place.kind, 0)
    if not people and place.kind == "district" and place.id.startswith(_LISTED):
        people = _LISTED_PEOPLE
    if not people and place.kind in SETTLEMENTS and match.layer > 0:
        # The world at hand has seats of districts that nobody counted; a country's dump does not say which they are.
        found["known"] = float(match.in_several)
        found["obscure"] = math.log((1 + _MOST_NAMES) / (1 + min(_MOST_NAMES, len(place.aliases))))
    if people > _HAMLET and match.how in {"exact", "folded"}:
        # A famous name is seldom misspelt: what only sounds like one gains nothing by its fame.
        what = "size" if around.areas else "renown" if around.countries else "fame"
        found[what] = math.log10(people / _HAMLET)
    if place.kind in SETTLEMENTS:
        found["settlement"] = 1.0
        if is_seat(match, around.districts):
            found["seat"] = 1.0
    elif place.kind == "site":
        found["site"] = 1.0
    elif place.kind in _DIVISIONS and reference.kind == "" and has_seat(match, around.seats):
        found["area"] = 1.0
    if match.layer == 0 and "area" not in found:
        # An own entry says better where its place lies, not that a division is meant where its seat may be.
        found["own"] = 1.0
    if reference.kind and (alike := _ALIKE.get(reference.kind)) is not None:
        found["kind" if place.kind in alike else "other_kind"] = 1.0
        # "X city" is not the division of that name, and "X camp" no city whose name is only like X.
        is_another = place.kind not in alike and match.how in _ONLY_LIKE
        if is_another or (reference.kind in SETTLEMENTS and place.kind in _DIVISIONS):
            found["other_level"] = 1.0
    return found


def _containment(place: Place, around: Surroundings, context: PlaceContext) -> dict[str, float]:
    """Compare where it lies with what contains the name, else with where the article plays."""
    found: dict[str, float] = {}
    if around.countries:
        found["in_country" if place.country in around.countries else "out_of_country"] = 1.0
    elif context.countries:
        found["country"] = context.countries.get(place.country, 0.0)
    if around.areas:
        held = [area.holds(place) for area in around.areas]
        found["inside"], found["outside"] = max(held), 1.0 - max(held)
        found["apart"] = max(held) - min(held)
    elif context.admin1 and place.admin1 in context.admin1:
        found["division"] = 1.0 / (1 + context.admin1.index(place.admin1))
    if context.home and not around.areas:
        found["home"] = context.home.get((place.country, place.admin1), 0.0)
    return found


def _closeness(place: Place, around: Surroundings, context: PlaceContext) -> dict[str, float]:
    found: dict[str, float] = {}
    points = [(longitude, latitude) for area in around.near for longitude, latitude, _ in area.points]
    if points:
        away = min(distance_m(lon, lat, place.longitude, place.latitude) for lon, lat in points)
        found["near"] = math.exp(-away / _NEAR_M)
        found["far"] = 1.0 - found["near"]
    if context.nearby:
        alone = 1.0
        for lon, lat, weight in context.nearby:
            if abs(lat - place.latitude) > _FAR_DEG:
                continue
            away = distance_m(lon, lat, place.longitude, place.latitude)
            alone *= 1.0 - _KEPT * weight * math.exp(-away / _COMPANY_M)
        found["company"] = 1.0 - alone
    return found


def contradicted(place: Place, reference: PlaceReference, around: Surroundings) -> bool:
    """Say whether a place lies nowhere near where a distance, or a place that it is said to be near, puts it."""
    points = [(longitude, latitude) for area in around.near for longitude, latitude, _ in area.points]
    away = (distance_m(lon, lat, place.longitude, place.latitude) for lon, lat in points)
    # "North-east Exampla" may be said of the province: what lies in it is not far from it.
    if points and not any(area.holds(place) >= _IN_IT for area in around.near) and min(away) > _ASTRAY_M:
        return True
    return reference.distance_m is not None and _sector(place, reference, around).get("sector", 1.0) < _OFF


def _sector(place: Place, reference: PlaceReference, around: Surroundings) -> dict[str, float]:
    """Compare a distance and a bearing as told with those of a candidate."""
    if reference.relation != "direction" or not around.anchors:
        return {}
    best = 0.0
    for longitude, latitude in around.anchors:
        away = distance_m(longitude, latitude, place.longitude, place.latitude)
        fit = 1.0
        if reference.distance_m is not None:
            spread = max(_SECTOR_LEAST_M, _SECTOR_SHARE * reference.distance_m)
            fit *= math.exp(-(((away - reference.distance_m) / spread) ** 2))
        else:
            fit *= math.exp(-away / _NEAR_M)
        if reference.bearing is not None and away > 1_000:
            off = abs(
                (bearing_deg(longitude, latitude, place.longitude, place.latitude) - reference.bearing + 180) % 360
                - 180
            )
            fit *= math.exp(-((off / _SECTOR_DEG) ** 2))
        best = max(best, fit)
    return {"sector": best, "off_sector": 1.0 - best}
